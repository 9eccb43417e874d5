using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>What survives a power cut. Each method is durable when it returns; a crash at any point leaves either all or nothing of one call.</summary>
/// <exception cref="OutboxUnwritableException">The disk is full or broken; nothing was changed.</exception>
public interface IOutboxStore
{
    /// <summary>Everything that was durable when the last run ended.</summary>
    OutboxContents Read();

    /// <summary>Keeps an event, whose sequence number is the highest ever given out.</summary>
    void Add(DeviceEvent happened);

    /// <summary>Forgets one event; the highest number ever given out stays known.</summary>
    void Forget(long seq);

    /// <summary>Keeps how far a command has come; the oldest beyond <see cref="OutboxLimits.Commands"/> may be forgotten.</summary>
    void Put(CommandRecord command);

    /// <summary>Keeps the last face.</summary>
    void Put(Face face);
}

/// <summary>The outbox as read at the start.</summary>
/// <param name="LastSeq">Highest sequence number ever given out; 0 for none.</param>
/// <param name="Waiting">Events the hub has not settled, by sequence number.</param>
/// <param name="Commands">Known commands, oldest first.</param>
public sealed record OutboxContents(
    long LastSeq, IReadOnlyList<DeviceEvent> Waiting, IReadOnlyList<CommandRecord> Commands, Face? Face)
{
    public static OutboxContents Empty { get; } = new(0, [], [], null);
}

/// <summary>How far a command has come. Started without an outcome after a restart means: nobody knows whether it was printed.</summary>
/// <param name="Outcome">Null while it is being executed.</param>
/// <param name="Delivered">True when the broker has taken the result.</param>
public sealed record CommandRecord(Guid Id, DateTimeOffset At, CommandOutcome? Outcome, string? Reason, bool Delivered);

/// <summary>The disk refused. The press is refused too, visibly.</summary>
public sealed class OutboxUnwritableException : IOException
{
    public OutboxUnwritableException() { }
    public OutboxUnwritableException(string message) : base(message) { }
    public OutboxUnwritableException(string message, Exception inner) : base(message, inner) { }
}
