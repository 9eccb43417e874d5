using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The part of a device that survives a power cut. Each call is durable when it returns, wholly or not at all.</summary>
/// <exception cref="OutboxUnwritableException">The disk is full or broken; nothing was changed.</exception>
public interface IOutboxStore
{
    OutboxContents Read();

    /// <summary>Keeps an event, whose sequence number is the highest so far.</summary>
    void Add(DeviceEvent happened);

    /// <summary>Forgets one event; the highest sequence number stays known.</summary>
    void Forget(long seq);

    /// <summary>Keeps how far a command has come; the oldest beyond <see cref="CommandLedger.Capacity"/> may be forgotten.</summary>
    void Put(CommandRecord command);

    /// <summary>Keeps the last face.</summary>
    void Put(Face face);
}

/// <param name="LastSeq">The highest sequence number ever used; 0 for none.</param>
/// <param name="Waiting">Events that the hub has not settled.</param>
/// <param name="Commands">Known commands, oldest first.</param>
public sealed record OutboxContents(
    long LastSeq, IReadOnlyList<DeviceEvent> Waiting, IReadOnlyList<CommandRecord> Commands, Face? Face);

/// <summary>How far a command has come.</summary>
/// <param name="Outcome">Null while it is being executed; null after a restart means that it may or may not be printed.</param>
/// <param name="Delivered">True when the broker has taken the result.</param>
public sealed record CommandRecord(Guid Id, DateTimeOffset At, CommandOutcome? Outcome, string? Reason, bool Delivered);

/// <summary>The disk refused. The press is refused too, and the lamp shows it.</summary>
public sealed class OutboxUnwritableException : IOException
{
    public OutboxUnwritableException() { }
    public OutboxUnwritableException(string message) : base(message) { }
    public OutboxUnwritableException(string message, Exception inner) : base(message, inner) { }
}
