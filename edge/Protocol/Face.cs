namespace Aufruf.Edge.Protocol;

/// <summary>What the sign and the lamps of one counter show: state, republished whole, never a command.</summary>
/// <param name="Rev">Grows with every change at this counter, over days too; a device ignores an older one.</param>
/// <param name="Counter">The counter's label, such as "3".</param>
/// <param name="State">What is going on at the counter.</param>
/// <param name="Number">The ticket called to or served at the counter, such as "A042"; null when there is none.</param>
/// <param name="Waiting">How many wait whom this counter may call.</param>
/// <param name="At">When the hub made this face.</param>
public sealed record Face(int V, long Rev, string Counter, FaceState State, string? Number, int Waiting, DateTimeOffset At);

public enum FaceState { Closed, Idle, Called, Serving }

/// <summary>The hub's time, each 10 s.</summary>
public sealed record TimeBeacon(int V, DateTimeOffset At);

/// <summary>The last calls of a waiting area, newest first, for boards that fall back to MQTT.</summary>
public sealed record BoardCalls(int V, string Area, long Version, DateTimeOffset At, IReadOnlyList<BoardCall> Calls);

public sealed record BoardCall(string Number, string Counter, DateTimeOffset At);
