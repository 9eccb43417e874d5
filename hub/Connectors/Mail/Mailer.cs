using Aufruf.Contracts;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>Reaches an outbox: a grain in the hub, the shell without Orleans in the command "mail".</summary>
internal delegate Task<Answer<OutboxEvent>> OutboxCall(RequestId request, OutboxCommand command);

/// <summary>Does what is due for a message: sends it, or ends its time.</summary>
/// <param name="returns">Where mails come back; null: to the sender.</param>
/// <param name="captured">Takes the mails of the demo; null: the mail server does.</param>
internal sealed class Mailer(SealedMail sealedMail, MailOptions options, TimeProvider clock, ILogger log,
    ReturnAddresses? returns = null, CapturedMails? captured = null)
{
    // For the report, after the time of the attempt is over.
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan JournalPause = TimeSpan.FromSeconds(1);

    /// <summary>How long the mail server is left alone after it took no connection or no mail. The last pause repeats.</summary>
    private static readonly TimeSpan[] Rests = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    private int _refusals;
    private long _refusedAt;

    /// <summary>Null while the mail server takes mail, as far as known.</summary>
    public Trouble? Trouble { get; private set; }

    private bool IsResting => Trouble is not null && clock.GetElapsedTime(_refusedAt) < Rests[Math.Min(_refusals, Rests.Length) - 1];

    /// <param name="mayLapse">The clock is believed.</param>
    public async Task WorkAsync(OutboxCall outbox, Message message, bool mayLapse, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (message.LapsesAt <= now)
        {
            if (mayLapse)
            {
                Say(message, (await outbox(NewRequest(), new OutboxCommand.Lapse(message.Id))).Events);
            }
        }
        else if (options.IsSet && message.State is MessageState.Waiting && message.DueAt <= now && !IsResting)
        {
            await SendAsync(outbox, message, mayLapse, cancellationToken);
        }
    }

    private async Task SendAsync(OutboxCall outbox, Message message, bool mayLapse, CancellationToken cancellationToken)
    {
        var mail = await sealedMail.OpenAsync(message);
        if (await ConnectAsync(cancellationToken) is not { } link)
        {
            return;
        }

        using (link)
        {
            var (attempt, answerBy) = (message.Attempt + 1, clock.GetUtcNow() + options.Timeout + Spare);
            // Another worker may have begun, or staff decided: then it is refused.
            var begun = await UntilKnownAsync(outbox, new OutboxCommand.BeginSending(message.Id, attempt, answerBy), cancellationToken);
            if (begun.Events.Count > 0)
            {
                var (problem, status) = mail is null ? (MessageProblem.ContentLost, null)
                    : clock.GetUtcNow() + options.Timeout > answerBy ? (MessageProblem.ConnectionLost, null) // This hub was frozen.
                    : await TransmitAsync(link, message.Id, mail);
                Say(message, (await UntilKnownAsync(outbox, new OutboxCommand.Report(message.Id, attempt, problem, status, mayLapse),
                    cancellationToken)).Events);
            }

            await link.CloseAsync();
        }
    }

    private async Task<IMailLink?> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return captured is not null ? captured.Open() : await SmtpLink.OpenAsync(options, returns, cancellationToken);
        }
        catch (MailServerException error)
        {
            Rest(error.Message);
            return null;
        }
    }

    private async Task<(MessageProblem? Problem, int? Status)> TransmitAsync(IMailLink link, MessageId id, PlainMail mail)
    {
        var (problem, status, trouble) = await link.SendAsync(id, mail, clock.GetUtcNow());
        if (trouble is null)
        {
            (Trouble, _refusals) = (null, 0);
        }
        else
        {
            Rest(trouble);
        }

        return (problem, status);
    }

    private void Rest(string reason)
    {
        (_refusals, _refusedAt) = (_refusals + 1, clock.GetTimestamp());
        Trouble = new($"The mail server {options.Host}:{options.Port} takes no mail. {reason}", Trouble?.Since ?? clock.GetUtcNow());
        if (_refusals == 1)
        {
            HubLog.MailServerRefuses(log, Trouble.Sentence);
        }
    }

    /// <summary>The same request is repeated while the journal is away, or another hub is faster. Its first answer counts.</summary>
    /// <remarks>A hub that fails takes its answer with it.</remarks>
    private async Task<Answer<OutboxEvent>> UntilKnownAsync(OutboxCall outbox, OutboxCommand command, CancellationToken cancellationToken)
    {
        for (var request = NewRequest(); ;)
        {
            try
            {
                return await outbox(request, command);
            }
            catch (Exception error) when (error is (JournalUnavailableException and not UnreadableStreamException)
                or VersionConflictException or TimeoutException or OrleansException)
            {
                await Task.Delay(JournalPause, clock, cancellationToken);
            }
        }
    }

    private void Say(Message message, IReadOnlyList<OutboxEvent> happened)
    {
        foreach (var outcome in happened)
        {
            switch (outcome)
            {
                case OutboxEvent.MessageFailed e:
                    HubLog.MessageFailed(log, message.Id.Value, message.Cause.Stream, $"{e.Problem} {e.Status}".TrimEnd());
                    break;
                case OutboxEvent.SendingUncertain:
                    HubLog.MessageUncertain(log, message.Id.Value, message.Cause.Stream);
                    break;
            }
        }
    }

    private static RequestId NewRequest() => new(Guid.CreateVersion7());
}
