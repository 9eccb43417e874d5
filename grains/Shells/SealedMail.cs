using System.Text.Json;
using Aufruf.Domain.Outbox;

namespace Aufruf.Grains;

/// <summary>A mail in plain text, for one recipient.</summary>
public sealed record PlainMail(string To, string Subject, string Text);

/// <summary>Seals a mail before it reaches the domain, and opens it for the attempt to send it.</summary>
public sealed class SealedMail(Vault vault)
{
    /// <summary>The command that queues a mail. Send it with the request id of its message.</summary>
    /// <param name="addressee">The recipient's part in the cause, such as "citizen".</param>
    public async Task<OutboxCommand.Enqueue> SealAsync(Cause cause, string addressee, PlainMail mail, DateTimeOffset expiresAt)
    {
        var id = MessageId.Of(cause, addressee, MessageKind.Mail);
        var until = expiresAt + Outbox.KeptAfterExpiry;
        return new(id, MessageKind.Mail, cause, await vault.SealAsync(SubjectOf(id), until, Place(id, "recipient"), mail.To),
            await vault.SealAsync(SubjectOf(id), until, Place(id, "content"), JsonSerializer.Serialize(mail with { To = "" })), expiresAt);
    }

    /// <summary>Null: its key is gone.</summary>
    public async Task<PlainMail?> OpenAsync(Message message) =>
        await vault.OpenAsync(SubjectOf(message.Id), Place(message.Id, "recipient"), message.Recipient) is { } to
        && await vault.OpenAsync(SubjectOf(message.Id), Place(message.Id, "content"), message.Content) is { } content
        && JsonSerializer.Deserialize<PlainMail>(content) is { } mail ? mail with { To = to } : null;

    private static Subject SubjectOf(MessageId id) => new("message", id.Value);

    private static string Place(MessageId id, string part) => $"{id}/{part}";
}
