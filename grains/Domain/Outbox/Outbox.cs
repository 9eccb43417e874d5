using static Aufruf.Domain.Outbox.OutboxCommand;
using static Aufruf.Domain.Outbox.OutboxEvent;

namespace Aufruf.Domain.Outbox;

/// <summary>The messages of one authority that have not left yet, or may not have.</summary>
/// <remarks>A sent or dismissed message leaves it, and a sent one that comes back stands in it again. Its id stays known as a request,
/// so it is not queued again.</remarks>
public sealed record Outbox(ImmutableDictionary<MessageId, Message> Messages) : IAggregate<Outbox, OutboxCommand, OutboxEvent>
{
    public static int Schema => 3;

    /// <summary>Beyond it, mail has not left for days: a clerk is refused instead of believed.</summary>
    public const int MostMessages = 10_000;

    /// <summary>Of the sealed content, in characters: a quarter of a million of text.</summary>
    public const int LongestContent = 350_000;

    /// <summary>For staff, to send it again.</summary>
    public static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(14);

    /// <summary>How long a message that is sent again is tried at least.</summary>
    private static readonly TimeSpan LeastAgain = TimeSpan.FromHours(1);

    /// <summary>The pauses between attempts; the last one repeats until the message expires.</summary>
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    public static Outbox Empty { get; } = new(ImmutableDictionary<MessageId, Message>.Empty);

    public static string StreamOf(string authority) => $"{StreamKind}/{authority}";

    public const string StreamKind = "outbox";

    public Decision<OutboxEvent> Decide(OutboxCommand command, DateTimeOffset now) => command switch
    {
        Enqueue c => Messages.ContainsKey(c.Message) ? new Decision<OutboxEvent>([])
            : c.ExpiresAt <= now ? Refusal.MessageExpired
            : c.Content.Length > LongestContent ? Refusal.MessageTooLong
            : Messages.Count >= MostMessages ? Refusal.OutboxFull
            : Queued(c, now),
        BeginSending c => Find(c.Message) is { State: MessageState.Waiting } m && m.DueAt <= now && now < m.ExpiresAt
            && c.Attempt == m.Attempt + 1 ? new SendingBegun(m.Id, c.Attempt, c.AnswerBy, now) : Refusal.MessageNotDue,
        Report c => Find(c.Message) is { State: MessageState.Sending or MessageState.Uncertain } m && c.Attempt == m.Attempt
            ? Reported(m, c, now) : Refusal.MessageNotSending,
        Return c => c.KeptUntil <= now || Find(c.Message) is { Problem: MessageProblem.Returned } ? new Decision<OutboxEvent>([])
            : Messages.Count >= MostMessages ? Refusal.OutboxFull
            : new MessageReturned(c.Message, c.Kind, c.Cause, c.CreatedAt, c.KeptUntil, now),
        Lapse c => Find(c.Message) is { } m && m.LapsesAt <= now ? Lapsed(m, now) : new Decision<OutboxEvent>([]),
        SendAgain c => Find(c.Message) is not { } m ? Refusal.UnknownMessage : !m.IsStuck ? Refusal.MessageNotStuck
            : m.KeptUntil <= now ? Refusal.MessageContentGone
            : m.Problem is MessageProblem.NoAddress ? Refusal.MessageHasNoAddress
            : m.Problem is MessageProblem.Returned ? Refusal.MessageCameBack
            : new MessageQueuedAgain(m.Id, c.Clerk,
                Earlier(now + Later(m.KeptUntil - KeptAfterExpiry - m.CreatedAt, LeastAgain), m.KeptUntil), now),
        Dismiss c => Find(c.Message) is not { } m ? Refusal.UnknownMessage : !m.IsStuck ? Refusal.MessageNotStuck
            : new MessageDismissed(m.Id, c.Clerk, now),
        _ => throw new UnreachableException(),
    };

    public Outbox Apply(OutboxEvent happened) => happened switch
    {
        MessageQueued e => new(Messages.Add(e.Message, new(e.Message, e.Kind, e.Cause, e.Recipient, e.Content, e.At, e.ExpiresAt,
            e.KeptUntil, MessageState.Waiting, e.At))),
        SendingBegun e => With(Messages[e.Message] with { State = MessageState.Sending, Attempt = e.Attempt, DueAt = e.AnswerBy }),
        SendingPostponed e => With(Messages[e.Message] with
        {
            State = MessageState.Waiting,
            Tries = Messages[e.Message].Tries + 1,
            DueAt = e.NextAt,
            Problem = e.Problem,
            Status = e.Status,
        }),
        MessageFailed e => With(Messages[e.Message] with { State = MessageState.Failed, Problem = e.Problem, Status = e.Status }),
        SendingUncertain e => With(Messages[e.Message] with
        {
            State = MessageState.Uncertain,
            Problem = MessageProblem.NoAnswer,
            Status = null,
        }),
        MessageReturned e => With(new(e.Message, e.Kind, e.Cause, "", "", e.CreatedAt, e.At, e.KeptUntil, MessageState.Failed, e.At,
            Problem: MessageProblem.Returned)),
        MessageQueuedAgain e => With(Messages[e.Message] with
        {
            State = MessageState.Waiting,
            Tries = 0,
            DueAt = e.At,
            ExpiresAt = e.ExpiresAt,
            Problem = null,
            Status = null,
        }),
        MessageSent or MessageDismissed => new(Messages.Remove(happened.Message)),
        _ => throw new UnreachableException(),
    };

    /// <summary>Each repeat has a new seal and a later end. Its id tells what it is about.</summary>
    public static OutboxCommand Compared(OutboxCommand command) =>
        command is Enqueue c ? c with { Recipient = "", Content = "", ExpiresAt = default, KeptUntil = null } : command;

    public Message? Find(MessageId id) => Messages.GetValueOrDefault(id);

    private static Decision<OutboxEvent> Queued(Enqueue c, DateTimeOffset now)
    {
        var queued = new MessageQueued(c.Message, c.Kind, c.Cause, c.Recipient, c.Content, c.ExpiresAt,
            c.KeptUntil ?? c.ExpiresAt + KeptAfterExpiry, now);
        return c.Recipient.Length > 0 ? queued
            : (OutboxEvent[])[queued, new MessageFailed(c.Message, MessageProblem.NoAddress, null, now)];
    }

    /// <summary>A report that comes late is believed: it knows more than the clock.</summary>
    private static Decision<OutboxEvent> Reported(Message message, Report report, DateTimeOffset now) => report.Problem switch
    {
        null => new MessageSent(message.Id, now),
        MessageProblem.NoAnswer when message.State is MessageState.Uncertain => new Decision<OutboxEvent>([]),
        MessageProblem.NoAnswer => new SendingUncertain(message.Id, now),
        MessageProblem.RefusedForNow or MessageProblem.ConnectionLost =>
            now + Pauses[Math.Min(message.Tries, Pauses.Length - 1)] is var next && (next < message.ExpiresAt || !report.MayExpire)
                ? new SendingPostponed(message.Id, report.Problem.Value, report.Status, next, now)
                : new MessageFailed(message.Id, report.Problem.Value, report.Status, now),
        _ => new MessageFailed(message.Id, report.Problem.Value, report.Status, now),
    };

    private static Decision<OutboxEvent> Lapsed(Message message, DateTimeOffset now) => message.State switch
    {
        MessageState.Waiting => new MessageFailed(message.Id, MessageProblem.Expired, null, now),
        MessageState.Sending => new SendingUncertain(message.Id, now),
        _ => new MessageDismissed(message.Id, null, now),
    };

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private Outbox With(Message message) => new(Messages.SetItem(message.Id, message));
}

public static class OutboxRefusals
{
    extension(Refusal)
    {
        public static Refusal OutboxFull => new("outbox-full",
            "Es warten schon zu viele Nachrichten auf den Versand.", "Too many messages wait to be sent already.");

        public static Refusal MessageExpired => new("message-expired",
            "Diese Nachricht kommt zu spät.", "This message comes too late.", RefusalKind.Outdated);

        public static Refusal MessageTooLong => new("message-too-long", "Diese Nachricht ist zu lang.", "This message is too long.");

        public static Refusal MessageNotDue => new("message-not-due",
            "Diese Nachricht ist jetzt nicht an der Reihe.", "This message is not due now.");

        public static Refusal MessageNotSending => new("message-not-sending",
            "Dieser Versuch ist schon abgeschlossen.", "This attempt is over already.", RefusalKind.Outdated);

        public static Refusal UnknownMessage => new("unknown-message",
            "Diese Nachricht steht nicht mehr im Postausgang.", "This message is not in the outbox any more.", RefusalKind.NotFound);

        public static Refusal MessageNotStuck => new("message-not-stuck",
            "Diese Nachricht wird gerade versendet.", "This message is on its way already.");

        public static Refusal MessageHasNoAddress => new("message-has-no-address",
            "Zu dieser Nachricht gibt es keine Mailadresse. Bitte rufen Sie an oder schreiben Sie.",
            "There is no mail address for this message. Please call or write.");

        public static Refusal MessageCameBack => new("message-came-back",
            "Diese Mail kam zurück: Die Adresse nimmt sie nicht an. Bitte rufen Sie an oder schreiben Sie.",
            "This mail came back: the address does not take it. Please call or write.");

        public static Refusal MessageContentGone => new("message-content-gone",
            "Der Inhalt dieser Nachricht ist schon gelöscht.", "The content of this message is deleted already.");
    }
}
