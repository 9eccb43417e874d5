using MimeKit;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>The mail server that takes the hub's mail. Without a host, messages wait.</summary>
public sealed class MailOptions
{
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary>Empty: the server asks for no sign-in.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The sender, such as "Stadt Alsdorf &lt;termine@alsdorf.de&gt;".</summary>
    public string From { get; set; } = "";

    /// <summary>Where answers go, such as "buergerservice@alsdorf.de". Empty: nobody reads them, and the mails say so.</summary>
    public string ReplyTo { get; set; } = "";

    /// <summary>Where reports of barriers go, such as "barrierefrei@alsdorf.de". Empty: the pages have no form for them.</summary>
    public string Barriers { get; set; } = "";

    /// <summary>Where mails come back, such as "returns@alsdorf.de": each from an address of its own. Empty: to the sender.</summary>
    public string Returns { get; set; } = "";

    public MailTls Tls { get; set; } = MailTls.StartTls;

    /// <summary>For the connection, and again for the message. RFC 5321 suggests minutes: a filter may read the whole mail.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>For a demo: mails stay in the hub's memory and are shown to this machine at /demo/mails.</summary>
    public bool Capture { get; set; }

    /// <summary>Mails go somewhere.</summary>
    public bool IsSet => Host.Length > 0 || Capture;

    /// <summary>The bare address that answers reach; null: there is none.</summary>
    internal string? Replies => MailboxAddress.TryParse(ReplyTo.Length > 0 ? ReplyTo : From, out var address) ? address.Address : null;

    internal IEnumerable<string> Wrong()
    {
        if (!IsSet)
        {
            yield break;
        }

        if (Capture && Host.Length > 0)
        {
            yield return "Hub:Mail:Capture keeps mails for a demo, and Hub:Mail:Host sends them: set one of the two.";
        }

        if (!MailboxAddress.TryParse(From, out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
        {
            yield return "Hub:Mail:From must be the sender's address, such as termine@alsdorf.de.";
        }

        if (ReplyTo.Length > 0 && !MailboxAddress.TryParse(ReplyTo, out _))
        {
            yield return "Hub:Mail:ReplyTo must be a mail address, such as buergerservice@alsdorf.de, or empty.";
        }

        if (Barriers.Length > 0 && (!MailboxAddress.TryParse(Barriers, out var barriers)
            || !barriers.Address.Contains('@', StringComparison.Ordinal)))
        {
            yield return "Hub:Mail:Barriers must be a mail address, such as barrierefrei@alsdorf.de, or empty.";
        }

        if (Returns.Length > 0 && (!MailboxAddress.TryParse(Returns, out var returns) || returns.Address != Returns
            || returns.Address.IndexOf('@', StringComparison.Ordinal) is < 1 or > ReturnAddresses.LongestName
            || Returns.Contains('+', StringComparison.Ordinal) || !Returns.All(char.IsAscii)))
        {
            yield return "Hub:Mail:Returns must be an address such as returns@alsdorf.de, with at most "
                + $"{ReturnAddresses.LongestName} characters before the @ and without a plus sign, or empty.";
        }

        if (Port is < 1 or > 65535)
        {
            yield return "Hub:Mail:Port must be a port from 1 to 65535.";
        }

        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(10))
        {
            yield return "Hub:Mail:Timeout must be between 1 second and 10 minutes.";
        }

        if (Tls is MailTls.None && Password.Length > 0 && Host is not ("localhost" or "127.0.0.1" or "::1"))
        {
            yield return "Hub:Mail:Password would cross the network in clear text: set Hub:Mail:Tls to StartTls or Direct.";
        }
    }
}

public enum MailTls
{
    StartTls,

    /// <summary>From the first byte, usually on port 465.</summary>
    Direct,

    /// <summary>For a server on this machine, or in a network of its own.</summary>
    None,
}
