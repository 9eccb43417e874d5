namespace Aufruf.Domain.Outbox;

/// <summary>Facts about messages, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(MessageQueued), "message-queued")]
[JsonDerivedType(typeof(SendingBegun), "sending-begun")]
[JsonDerivedType(typeof(SendingPostponed), "sending-postponed")]
[JsonDerivedType(typeof(MessageSent), "message-sent")]
[JsonDerivedType(typeof(MessageFailed), "message-failed")]
[JsonDerivedType(typeof(SendingUncertain), "sending-uncertain")]
[JsonDerivedType(typeof(MessageReturned), "message-returned")]
[JsonDerivedType(typeof(MessageQueuedAgain), "message-queued-again")]
[JsonDerivedType(typeof(MessageDismissed), "message-dismissed")]
public abstract record OutboxEvent(MessageId Message, DateTimeOffset At)
{
    public sealed record MessageQueued(MessageId Message, MessageKind Kind, Cause Cause, string Recipient, string Content,
        DateTimeOffset ExpiresAt, DateTimeOffset KeptUntil, DateTimeOffset At) : OutboxEvent(Message, At);

    public sealed record SendingBegun(MessageId Message, int Attempt, DateTimeOffset AnswerBy, DateTimeOffset At)
        : OutboxEvent(Message, At);

    public sealed record SendingPostponed(MessageId Message, MessageProblem Problem, int? Status, DateTimeOffset NextAt, DateTimeOffset At)
        : OutboxEvent(Message, At);

    public sealed record MessageSent(MessageId Message, DateTimeOffset At) : OutboxEvent(Message, At);

    public sealed record MessageFailed(MessageId Message, MessageProblem Problem, int? Status, DateTimeOffset At)
        : OutboxEvent(Message, At);

    public sealed record SendingUncertain(MessageId Message, DateTimeOffset At) : OutboxEvent(Message, At);

    /// <summary>The recipient cannot be reached by it. Staff decide, until its content would be gone.</summary>
    public sealed record MessageReturned(MessageId Message, MessageKind Kind, Cause Cause, DateTimeOffset CreatedAt,
        DateTimeOffset KeptUntil, DateTimeOffset At) : OutboxEvent(Message, At);

    public sealed record MessageQueuedAgain(MessageId Message, ClerkId Clerk, DateTimeOffset ExpiresAt, DateTimeOffset At)
        : OutboxEvent(Message, At);

    /// <param name="Clerk">Null: its content is gone, and no clerk has decided.</param>
    public sealed record MessageDismissed(MessageId Message, ClerkId? Clerk, DateTimeOffset At) : OutboxEvent(Message, At);
}
