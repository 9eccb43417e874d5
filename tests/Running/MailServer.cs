using System.Buffers;
using MimeKit;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Aufruf.Tests.Running;

/// <summary>A true SMTP server on a port of this machine. A test says what it does with sender, recipient and content.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<MimeMessage> _arrived = [];
    private readonly List<string> _senders = [];
    private readonly Task _runs;

    public MailServer()
    {
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMailboxFilter)new Addresses(this));
        services.Add((IMessageStore)new Contents(this));
        _runs = new SmtpServer.SmtpServer(new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint => endpoint
            .Endpoint(new(System.Net.IPAddress.Loopback, Port))).Build(), services).StartAsync(_stop.Token);
    }

    public int Port { get; } = Ports.Next();

    /// <summary>The next senders; then all are accepted.</summary>
    public Queue<Reaction> AtSender { get; } = new();

    /// <summary>The next recipients; then all are accepted.</summary>
    public Queue<Reaction> AtRecipient { get; } = new();

    /// <summary>After the whole content was received; it counts as arrived even so.</summary>
    public Queue<Reaction> AtContent { get; } = new();

    public IReadOnlyList<MimeMessage> Arrived
    {
        get
        {
            lock (_gate)
            {
                return [.. _arrived];
            }
        }
    }

    /// <summary>Of the envelopes of those that arrived: where each comes back to.</summary>
    public IReadOnlyList<string> Senders
    {
        get
        {
            lock (_gate)
            {
                return [.. _senders];
            }
        }
    }

    public static Reaction Answer(int code) =>
        (_, _) => Task.FromResult<SmtpResponse?>(new((SmtpReplyCode)code, "no <anna@example.org>"));

    /// <summary>Closes the connection without a word.</summary>
    public static Reaction Drop => (session, _) =>
    {
        session.Pipe.Input.CancelPendingRead();
        ((IDisposable)session.Pipe).Dispose();
        throw new IOException("dropped");
    };

    public static Reaction Silence => async (_, stop) =>
    {
        await Task.Delay(Timeout.Infinite, stop);
        return null;
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _runs.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>Null: the usual answer.</summary>
    internal delegate Task<SmtpResponse?> Reaction(ISessionContext session, CancellationToken stop);

    private async Task<SmtpResponse?> ReactAsync(Queue<Reaction> reactions, ISessionContext session, CancellationToken stop)
    {
        Reaction? next;
        lock (_gate)
        {
            reactions.TryDequeue(out next);
        }

        return next is null ? null : await next(session, stop);
    }

    private sealed class Addresses(MailServer server) : MailboxFilter
    {
        public override async Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size,
            CancellationToken cancellationToken)
        {
            return await server.ReactAsync(server.AtSender, context, cancellationToken) is { } answer
                ? throw new SmtpResponseException(answer) : true;
        }

        public override async Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from,
            CancellationToken cancellationToken)
        {
            return await server.ReactAsync(server.AtRecipient, context, cancellationToken) is { } answer
                ? throw new SmtpResponseException(answer) : true;
        }
    }

    private sealed class Contents(MailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var content = new MemoryStream(buffer.ToArray());
            var message = await MimeMessage.LoadAsync(content, cancellationToken);
            lock (server._gate)
            {
                server._arrived.Add(message);
                server._senders.Add(transaction.From.AsAddress());
            }

            return await server.ReactAsync(server.AtContent, context, cancellationToken) ?? SmtpResponse.Ok;
        }
    }
}
