using System.Collections.Concurrent;
using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>Sends the messages of all outboxes. Degraded while messages wait for a mail server, and while an outbox fails.</summary>
/// <remarks>It looks at each outbox every second, because the command "mail" and other hubs write to the same journal.</remarks>
internal sealed class MailWorker(Outboxes outboxes, OfficeDirectory offices, IJournal journal, IGrainFactory grains,
    Announcements<Outbox, OutboxEvent> announcements, Mailer mailer,
    MailOptions options, ClockWatch watch, TimeProvider clock, ILogger<MailWorker> log) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>By authority.</summary>
    private readonly ConcurrentDictionary<string, Trouble> _failing = new();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var waiting = outboxes.All.Where(message => message.State is MessageState.Waiting).ToArray();
        IEnumerable<Trouble> ofServer = waiting.Length == 0 ? []
            : !options.IsSet ? [new($"There is no mail server, and {waiting.Length} messages wait. Set Hub:Mail:Host and Hub:Mail:From.",
                waiting.Min(message => message.CreatedAt))]
            : mailer.Trouble is { } trouble ? [trouble with { Sentence = $"{trouble.Sentence} {waiting.Length} messages wait." }]
            : [];
        return HealthAnswers.Of(ofServer.Concat(_failing.Values));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var change = outboxes.NextChange;
            foreach (var authority in offices.All.Select(office => office.Authority.Id).Distinct().ToArray())
            {
                await TryAsync(authority, stoppingToken);
            }

            await Task.WhenAny(change, Task.Delay(Pause, clock, stoppingToken));
        }
    }

    /// <summary>A fault of one outbox stops neither the others nor the hub.</summary>
    /// <remarks>An unknown fault may name a recipient, so only its type is logged.</remarks>
    private async Task TryAsync(string authority, CancellationToken stoppingToken)
    {
        try
        {
            await WorkAsync(Outbox.StreamOf(authority), stoppingToken);
            _failing.TryRemove(authority, out _);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            var reason = error is JournalUnavailableException or DbException ? error.Message : error.GetType().Name;
            var sentence = $"The outbox of {authority} fails and is tried again each second: {reason}";
            if (_failing.TryAdd(authority, new(sentence, clock.GetUtcNow())))
            {
                HubLog.OutboxFails(log, sentence);
            }
        }
    }

    private async Task WorkAsync(string stream, CancellationToken stoppingToken)
    {
        var outbox = grains.GetGrain<IOutboxGrain>(stream);
        if (await journal.LastVersionAsync(stream) != outboxes.Of(stream).Version)
        {
            await announcements.CatchUpAsync(stream, stoppingToken);
            if (outboxes.WhyUnreadable(stream) is { } why)
            {
                throw new UnreadableStreamException(why);
            }
        }

        foreach (var message in outboxes.Of(stream).Known.Messages.Values.OrderBy(message => message.DueAt))
        {
            stoppingToken.ThrowIfCancellationRequested();
            await mailer.WorkAsync(outbox.Handle, message, mayLapse: watch.Step is null, stoppingToken);
        }
    }
}
