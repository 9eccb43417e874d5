using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Push;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Unhealthy while the journal cannot be written: it tries again each second. Degraded while a queue cannot be read.</summary>
internal sealed class JournalHealth(GroupCommitJournal journal, LiveAreas areas, TimeProvider clock, ILogger<JournalHealth> log)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A disk that turned read-only is noticed before the first press of the day.
    private static readonly TimeSpan ProbeEach = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _brokenAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        journal.Trouble is { } trouble
            ? HealthAnswers.Of([new($"The journal cannot be written, nothing is acknowledged: {trouble}", _brokenAt ?? clock.GetUtcNow())],
                HealthStatus.Unhealthy)
            : HealthAnswers.Of(areas.Unreadable.Troubles);

    /// <summary>Ready means that the journal was written once.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ProbeAsync();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? brokenSince = null;
        var probedAt = clock.GetTimestamp();
        while (true)
        {
            if (clock.GetElapsedTime(probedAt) >= ProbeEach)
            {
                probedAt = clock.GetTimestamp();
                await ProbeAsync();
            }

            if (journal.Trouble is { } trouble)
            {
                brokenSince ??= clock.GetTimestamp();
                _brokenAt ??= clock.GetUtcNow();
                HubLog.JournalBroken(log, trouble);
                await ProbeAsync();
            }
            else if (brokenSince is { } since)
            {
                brokenSince = null;
                _brokenAt = null;
                HubLog.JournalHealed(log, clock.GetElapsedTime(since).TotalSeconds);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task ProbeAsync()
    {
        try
        {
            await journal.ProbeAsync();
        }
        catch (JournalUnavailableException)
        {
            // The next round logs the reason, which stands in Trouble.
        }
    }
}
