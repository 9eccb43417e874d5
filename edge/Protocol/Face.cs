namespace Aufruf.Edge.Protocol;

/// <summary>The content of one counter's sign and lamp: a state, republished whole.</summary>
/// <param name="Rev">Grows with every change at this counter, over days too. A device ignores an older one.</param>
/// <param name="Counter">The counter's label, such as "3".</param>
/// <param name="Number">The ticket called to or served at the counter, such as "A042"; null when there is none.</param>
/// <param name="Calls">How often that ticket was called; 0 when there is none. Each call flashes on the sign.</param>
/// <param name="Waiting">How many tickets wait that this counter may call.</param>
/// <param name="At">When the hub made this face.</param>
public sealed record Face(int V, long Rev, string Counter, FaceState State, string? Number, int Calls, int Waiting, DateTimeOffset At);

public enum FaceState { Closed, Idle, Called, Serving }

/// <summary>The hub's time, each 10 s.</summary>
public sealed record TimeBeacon(int V, DateTimeOffset At);
