using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Unhealthy while the journal cannot be written. It tries again each second.</summary>
internal sealed class JournalHealth(GroupCommitJournal journal, TimeProvider clock, ILogger<JournalHealth> log) : BackgroundService,
    IHealthCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(journal.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? brokenSince = null;
        while (true)
        {
            if (journal.Trouble is { } trouble)
            {
                brokenSince ??= clock.GetTimestamp();
                HubLog.JournalBroken(log, trouble);
                await ProbeAsync();
            }
            else if (brokenSince is { } since)
            {
                brokenSince = null;
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
