using System.Net.Sockets;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>One connection to the mail server, for one message.</summary>
internal sealed class SmtpLink : IMailLink
{
    // MailKit has a limit of its own for each step; ours for the whole ends first.
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(30);

    private readonly MailOptions _options;
    private readonly ReturnAddresses? _returns;
    private readonly SmtpClient _client;

    // A server inside the house's network often reaches no list of revoked certificates.
    private SmtpLink(MailOptions options, ReturnAddresses? returns) => (_options, _returns, _client) = (options, returns, new()
    {
        CheckCertificateRevocation = false,
        Timeout = (int)(options.Timeout + Spare).TotalMilliseconds,
    });

    /// <summary>Connects and signs in.</summary>
    /// <exception cref="MailServerException">The server takes no mail of ours now.</exception>
    public static async Task<SmtpLink> OpenAsync(MailOptions options, ReturnAddresses? returns, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Timeout);
        var link = new SmtpLink(options, returns);
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

    /// <summary>Sends the message. Words of the server are not kept, because they often repeat the recipient.</summary>
    /// <returns>Problem null: it was sent. Trouble: why the server would take no other mail either.</returns>
    public async Task<(MessageProblem? Problem, int? Status, string? Trouble)> SendAsync(MessageId id, PlainMail mail, DateTimeOffset now)
    {
        var content = new ContentSent();
        using var patience = new CancellationTokenSource(_options.Timeout);
        try
        {
            var message = MimeBody.MessageOf(_options, id, mail, now);
            await _client.SendAsync(message, _returns?.Of(id) ?? message.From.Mailboxes.First(), message.To.Mailboxes, patience.Token,
                content);
            return (null, null, null);
        }
        // The sender is the same for all mail. Its size is declared together with the sender, and is the message's own.
        catch (SmtpCommandException error) when (error is
        {
            ErrorCode: SmtpErrorCode.SenderNotAccepted,
            StatusCode: not SmtpStatusCode.ExceededStorageAllocation,
        })
        {
            return (MessageProblem.RefusedForNow, (int)error.StatusCode,
                $"It does not accept the sender (code {(int)error.StatusCode}): check Hub:Mail:"
                + (_options.Returns.Length > 0 ? "Returns." : "From."));
        }
        catch (SmtpCommandException error)
        {
            return ((int)error.StatusCode >= 500 ? MessageProblem.Refused : MessageProblem.RefusedForNow, (int)error.StatusCode, null);
        }
        catch (ServiceNotAuthenticatedException)
        {
            return (MessageProblem.RefusedForNow, (int)SmtpStatusCode.AuthenticationRequired,
                "It asks for a sign-in: set Hub:Mail:User and Hub:Mail:Password.");
        }
        catch (Exception error) when (error is ParseException or NotSupportedException)
        {
            return (MessageProblem.Refused, null, null); // No address, or one with letters that this server cannot carry.
        }
        catch (Exception error) // Whatever it was, an attempt without a report would count as uncertain.
        {
            return (content.HasBegun ? MessageProblem.NoAnswer : MessageProblem.ConnectionLost, null,
                $"It ended the connection or fell silent while it got a mail ({error.GetType().Name}).");
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
        catch (Exception error) when (error is IOException or SocketException or ProtocolException or OperationCanceledException
            or TimeoutException or InvalidOperationException)
        {
        }
    }

    public void Dispose() => _client.Dispose();

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
