namespace Aufruf.Domain.Outbox;

[JsonDerivedType(typeof(Enqueue), "enqueue")]
[JsonDerivedType(typeof(BeginSending), "begin-sending")]
[JsonDerivedType(typeof(Report), "report")]
[JsonDerivedType(typeof(Lapse), "lapse")]
[JsonDerivedType(typeof(Return), "return")]
[JsonDerivedType(typeof(SendAgain), "send-again")]
[JsonDerivedType(typeof(Dismiss), "dismiss")]
public abstract record OutboxCommand
{
    private OutboxCommand() { }

    /// <param name="Recipient">Sealed; empty: there is no address, and staff decide.</param>
    /// <param name="Content">Sealed.</param>
    /// <param name="KeptUntil">When its content is destroyed; null: the usual time after it has expired.</param>
    public sealed record Enqueue(MessageId Message, MessageKind Kind, Cause Cause, string Recipient, string Content,
        DateTimeOffset ExpiresAt, DateTimeOffset? KeptUntil = null) : OutboxCommand;

    /// <summary>The other side is about to get it. Of several workers one gets the event.</summary>
    /// <param name="AnswerBy">Without a report until then, it is uncertain.</param>
    public sealed record BeginSending(MessageId Message, int Attempt, DateTimeOffset AnswerBy) : OutboxCommand;

    /// <param name="Problem">Null: it was sent.</param>
    /// <param name="MayExpire">False: the clock is not believed, so the message's time is not over either.</param>
    public sealed record Report(MessageId Message, int Attempt, MessageProblem? Problem, int? Status, bool MayExpire = true)
        : OutboxCommand;

    /// <summary>A time is over: its life, the wait for an answer, or the life of its content.</summary>
    public sealed record Lapse(MessageId Message) : OutboxCommand;

    /// <summary>A mail that was sent has come back. The outbox has forgotten it, so its beginning comes with it.</summary>
    public sealed record Return(MessageId Message, MessageKind Kind, Cause Cause, DateTimeOffset CreatedAt, DateTimeOffset KeptUntil)
        : OutboxCommand;

    /// <summary>Staff want another attempt.</summary>
    public sealed record SendAgain(MessageId Message, ClerkId Clerk) : OutboxCommand;

    /// <summary>It was dealt with in another way.</summary>
    /// <param name="Clerk">Null: its addressee has another address now.</param>
    public sealed record Dismiss(MessageId Message, ClerkId? Clerk) : OutboxCommand;
}
