using System.Security.Cryptography;
using System.Text;

namespace Aufruf.Domain.Outbox;

/// <summary>Something that leaves the house for one recipient. Recipient and content are sealed: the domain never sees them.</summary>
/// <param name="Attempt">Grows with each attempt, also after staff sent it again: a late report belongs to one attempt.</param>
/// <param name="Tries">Attempts since it was queued, or queued again. They decide the pause before the next one.</param>
/// <param name="DueAt">Waiting: the next attempt. Sending: without an answer until then it is uncertain.</param>
/// <param name="KeptUntil">Its content is gone afterwards.</param>
/// <param name="Status">The mail server's code, such as 450; null: there was none.</param>
public sealed record Message(MessageId Id, MessageKind Kind, Cause Cause, string Recipient, string Content, DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt, DateTimeOffset KeptUntil, MessageState State, DateTimeOffset DueAt, int Attempt = 0, int Tries = 0,
    MessageProblem? Problem = null, int? Status = null)
{
    /// <summary>Staff decide what becomes of it.</summary>
    public bool IsStuck => State is MessageState.Failed or MessageState.Uncertain;

    /// <summary>Another attempt may help.</summary>
    public bool MayGoAgain => IsStuck && Problem is not (MessageProblem.NoAddress or MessageProblem.Returned);

    /// <summary>When its state ends by itself.</summary>
    public DateTimeOffset LapsesAt => State switch
    {
        MessageState.Waiting => ExpiresAt,
        MessageState.Sending => DueAt,
        _ => KeptUntil,
    };
}

/// <summary>Follows from the cause, the addressee and the kind, so the same message is never queued twice.</summary>
[JsonConverter(typeof(TextIdJson<MessageId>))]
public readonly record struct MessageId(string Value) : ITextId<MessageId>
{
    /// <param name="addressee">The recipient's part in the cause, such as "citizen". A hash of an address could be guessed back.</param>
    public static MessageId Of(Cause cause, string addressee, MessageKind kind)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{cause.Stream}\n{cause.Version}\n{addressee}\n{kind}");
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]);
    }

    public static MessageId Of(string value) => new(value);

    /// <summary>The request that queues it: a repeat is known, also years later.</summary>
    public RequestId Request => new(Guid.ParseExact(Value, "N"));

    public override string ToString() => Value;
}

/// <summary>The journal's entry that a message follows from.</summary>
public sealed record Cause(string Stream, long Version);

[JsonConverter(typeof(KebabEnum<MessageKind>))]
public enum MessageKind { Mail }

[JsonConverter(typeof(KebabEnum<MessageState>))]
public enum MessageState { Waiting, Sending, Failed, Uncertain }

/// <summary>Why a message was not sent, or may not have been.</summary>
[JsonConverter(typeof(KebabEnum<MessageProblem>))]
public enum MessageProblem
{
    /// <summary>The other side asks for a later attempt.</summary>
    RefusedForNow,
    /// <summary>The connection ended before the content was sent.</summary>
    ConnectionLost,
    /// <summary>The other side never takes it.</summary>
    Refused,
    /// <summary>The content was sent, and no answer came: it may have arrived.</summary>
    NoAnswer,
    /// <summary>It could not be sent in time.</summary>
    Expired,
    /// <summary>The key of its content is gone.</summary>
    ContentLost,
    /// <summary>There is no address: the recipient can be reached in another way only.</summary>
    NoAddress,
    /// <summary>It was sent, and another mail server gave it back.</summary>
    Returned,
}
