using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using MimeKit;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>The address that a mail comes back to, one for each message: "returns+ID-AND-PROOF@town.example".</summary>
/// <remarks>Without the setting Hub:Mail:Returns there is none, and mails come back to the sender.</remarks>
internal sealed class ReturnAddresses(MailOptions options, AppointmentSecrets secrets)
{
    private const int IdLength = 32;

    /// <summary>Of an id and its proof in an address. RFC 5321, 4.5.3.1.1: a local part has at most 64 characters.</summary>
    public const int MarkLength = 48, LongestName = 64 - 1 - MarkLength;

    /// <summary>Null: it comes back to the sender.</summary>
    public MailboxAddress? Of(MessageId message)
    {
        if (options.Returns.Length == 0)
        {
            return null;
        }

        var (name, host) = Parts(options.Returns);
        return new("", $"{name}+{message.Value}{secrets.ReturnOf(message)}@{host}");
    }

    /// <summary>The message of an address that this hub has made; null: of none. Letters may have become large on the way.</summary>
    public MessageId? Read(string address)
    {
        if (options.Returns.Length == 0 || address.Length > 320 || !address.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        var ((name, host), (ownName, ownHost)) = (Parts(address.ToLowerInvariant()), Parts(options.Returns.ToLowerInvariant()));
        if (host != ownHost || name.Length != ownName.Length + 1 + MarkLength || !name.StartsWith($"{ownName}+", StringComparison.Ordinal)
            || !name[(ownName.Length + 1)..].All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var mark = name[(ownName.Length + 1)..];
        var id = new MessageId(mark[..IdLength]);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(mark[IdLength..]),
            Encoding.ASCII.GetBytes(secrets.ReturnOf(id))) ? id : null;
    }

    private static (string Name, string Host) Parts(string address)
    {
        var at = address.LastIndexOf('@');
        return (address[..at], address[(at + 1)..]);
    }
}
