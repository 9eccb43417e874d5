using System.Text.Json;
using Aufruf.Domain.Outbox;

namespace Aufruf.Grains;

/// <summary>A mail before it is sealed, for one recipient.</summary>
/// <param name="To">Empty: there is no address.</param>
public sealed record PlainMail(string To, string Subject, string Text)
{
    /// <summary>The same words as <see cref="Text"/>; null: text alone.</summary>
    public string? Html { get; init; }

    /// <summary>A picture of the HTML, which names it as "cid:code".</summary>
    public byte[]? CodePicture { get; init; }

    /// <summary>For the recipient's calendar.</summary>
    public CalendarPart? Calendar { get; init; }
}

/// <param name="Method">"REQUEST" or "CANCEL": what a calendar does with it.</param>
/// <param name="Content">A file as in RFC 5545.</param>
public sealed record CalendarPart(string Method, string Content);

/// <summary>Seals a mail before it reaches the domain, and opens it for the attempt to send it.</summary>
public sealed class SealedMail(Vault vault)
{
    /// <summary>The command that queues a mail. Send it with the request id of its message.</summary>
    /// <param name="addressee">The recipient's part in the cause, such as "citizen".</param>
    /// <param name="keptUntil">When it can no longer be opened; null: the usual time after it has expired.</param>
    public async Task<OutboxCommand.Enqueue> SealAsync(Cause cause, string addressee, PlainMail mail, DateTimeOffset expiresAt,
        DateTimeOffset? keptUntil = null)
    {
        var id = MessageId.Of(cause, addressee, MessageKind.Mail);
        var until = keptUntil ?? expiresAt + Outbox.KeptAfterExpiry;
        return new(id, MessageKind.Mail, cause,
            mail.To.Length == 0 ? "" : await vault.SealAsync(SubjectOf(id), until, Place(id, "recipient"), mail.To),
            await vault.SealAsync(SubjectOf(id), until, Place(id, "content"), JsonSerializer.Serialize(mail with { To = "" })),
            expiresAt, keptUntil);
    }

    /// <summary>Null: its key is gone.</summary>
    public async Task<PlainMail?> OpenAsync(Message message) =>
        await vault.OpenAsync(SubjectOf(message.Id), Place(message.Id, "recipient"), message.Recipient) is { } to
        && await vault.OpenAsync(SubjectOf(message.Id), Place(message.Id, "content"), message.Content) is { } content
        && JsonSerializer.Deserialize<PlainMail>(content) is { } mail ? mail with { To = to } : null;

    private static Subject SubjectOf(MessageId id) => new("message", id.Value);

    private static string Place(MessageId id, string part) => $"{id}/{part}";
}
