using System.Net.Sockets;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>One connection to the mail server, for one message.</summary>
internal sealed class SmtpLink : IDisposable
{
    private readonly MailOptions _options;

    // A server inside the house's network often reaches no list of revoked certificates.
    private readonly SmtpClient _client = new() { CheckCertificateRevocation = false };

    private SmtpLink(MailOptions options) => _options = options;

    /// <summary>Connects and signs in.</summary>
    /// <exception cref="MailServerException">The server takes no mail of ours now.</exception>
    public static async Task<SmtpLink> OpenAsync(MailOptions options, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Timeout);
        var link = new SmtpLink(options);
        try
        {
            await link._client.ConnectAsync(options.Host, options.Port, options.Tls switch
            {
                MailTls.Direct => SecureSocketOptions.SslOnConnect,
                MailTls.StartTls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            }, patience.Token);
            if (options.User.Length > 0)
            {
                await link._client.AuthenticateAsync(options.User, options.Password, patience.Token);
            }

            return link;
        }
        catch (Exception error)
        {
            link.Dispose();
            if (error is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            throw new MailServerException(error switch
            {
                AuthenticationException => "It refuses the sign-in: check Hub:Mail:User and Hub:Mail:Password.",
                SslHandshakeException => "Its certificate is not valid for this name, or it speaks no TLS here: check Hub:Mail:Tls.",
                OperationCanceledException => $"It did not answer within {options.Timeout.TotalSeconds:0} s.",
                SocketException => "It cannot be reached: check Hub:Mail:Host, Hub:Mail:Port and the network.",
                NotSupportedException => "It does not offer STARTTLS, or no sign-in: check Hub:Mail:Tls and Hub:Mail:User.",
                _ => $"It ended the connection ({error.GetType().Name}).",
            }, error);
        }
    }

    /// <summary>Sends the message; null: it was sent. Words of the server are not kept, because they often repeat the recipient.</summary>
    public async Task<(MessageProblem? Problem, int? Status)> SendAsync(MessageId id, PlainMail mail, DateTimeOffset now)
    {
        var content = new ContentSent();
        using var patience = new CancellationTokenSource(_options.Timeout);
        try
        {
            await _client.SendAsync(MimeOf(id, mail, now), patience.Token, content);
            return (null, null);
        }
        catch (SmtpCommandException error)
        {
            return ((int)error.StatusCode >= 500 ? MessageProblem.Refused : MessageProblem.RefusedForNow, (int)error.StatusCode);
        }
        catch (ServiceNotAuthenticatedException)
        {
            return (MessageProblem.RefusedForNow, (int)SmtpStatusCode.AuthenticationRequired);
        }
        catch (Exception error) when (error is ParseException or NotSupportedException)
        {
            return (MessageProblem.Refused, null); // No address, or one with letters that this server cannot carry.
        }
        catch (Exception error) when (error is IOException or SocketException or ProtocolException or ServiceNotConnectedException
            or OperationCanceledException)
        {
            return (content.HasBegun ? MessageProblem.NoAnswer : MessageProblem.ConnectionLost, null);
        }
    }

    /// <summary>The mail is delivered or not by now, so a failing farewell changes nothing.</summary>
    public async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await _client.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception error) when (error is IOException or SocketException or ProtocolException or OperationCanceledException)
        {
        }
    }

    public void Dispose() => _client.Dispose();

    private MimeMessage MimeOf(MessageId id, PlainMail mail, DateTimeOffset now)
    {
        var from = MailboxAddress.Parse(_options.From);
        var message = new MimeMessage([from], [MailboxAddress.Parse(mail.To)],
            new string([.. mail.Subject.Select(c => char.IsControl(c) ? ' ' : c)]), new TextPart("plain") { Text = mail.Text })
        {
            Date = now,
            MessageId = $"{id}@{from.Domain}", // The same for each attempt, so the other side may notice a second one.
        };
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: absence notices are not sent back.
        return message;
    }

    /// <summary>MailKit reports the first byte of the content before it sends the last one.</summary>
    private sealed class ContentSent : ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred) => HasBegun = true;

        public void Report(long bytesTransferred, long totalSize) => HasBegun = true;
    }
}

/// <summary>The mail server takes no mail of ours now. The message tells the operator why.</summary>
public sealed class MailServerException(string message, Exception inner) : Exception(message, inner);
