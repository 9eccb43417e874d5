using MimeKit;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>The words of a mail server about a mail that it could not deliver (RFC 3464). Anybody may have written them.</summary>
internal sealed record DeliveryReport(Delivery Delivery, IReadOnlyList<string> Recipients)
{
    private const int DeepestNesting = 20, MostRecipients = 20;

    // Mail servers write the address of the envelope into one of them.
    private static readonly string[] OfEnvelope = ["X-Original-To", "Delivered-To", "Envelope-To", "To"];

    /// <summary>Null: this is no mail at all.</summary>
    public static DeliveryReport? Read(byte[] mail)
    {
        try
        {
            using var content = new MemoryStream(mail);
            var message = MimeMessage.Load(new ParserOptions { MaxMimeDepth = DeepestNesting }, content);
            return new(DeliveryOf(message), [.. message.Headers.Where(header =>
                OfEnvelope.Contains(header.Field, StringComparer.OrdinalIgnoreCase)).SelectMany(AddressesOf).Take(MostRecipients)]);
        }
        catch (Exception error) when (error is FormatException or ParseException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>One mail has one recipient, so one failure says all. A delay is none, and an absence notice has no status.</summary>
    private static Delivery DeliveryOf(MimeMessage message)
    {
        var actions = message.BodyParts.OfType<MessageDeliveryStatus>().SelectMany(status => status.StatusGroups)
            .Select(group => ActionOf(group["Action"])).ToArray();
        return actions.Contains("failed") ? Delivery.Failed
            : actions.Contains("delayed") ? Delivery.Delayed
            : actions.Any(action => action is "delivered" or "relayed" or "expanded") ? Delivery.Delivered
            : Delivery.Unknown;
    }

    /// <summary>"Failed (no such user)" is "failed".</summary>
    private static string ActionOf(string? value) =>
        new([.. (value ?? "").Trim().ToLowerInvariant().TakeWhile(char.IsAsciiLetter)]);

    private static IEnumerable<string> AddressesOf(Header header) => InternetAddressList.TryParse(header.Value, out var list)
        ? list.Mailboxes.Select(address => address.Address) : [];
}

/// <summary>The end of a mail, as the other side says.</summary>
internal enum Delivery
{
    Failed,

    /// <summary>It is tried again.</summary>
    Delayed,

    /// <summary>Delivered, or given to a server that reports nothing more.</summary>
    Delivered,

    /// <summary>The mail says nothing of a delivery: an absence notice, or words for people.</summary>
    Unknown,
}
