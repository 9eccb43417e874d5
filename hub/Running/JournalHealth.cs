using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Unready while the journal cannot be written; tries again each second until it can.</summary>
internal sealed class JournalHealth(GroupCommitJournal journal, TimeProvider clock, ILogger<JournalHealth> log) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _broke = new(0, 1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(journal.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        journal.Broke += () =>
        {
            if (_broke.CurrentCount == 0)
            {
                _broke.Release();
            }
        };
        while (true)
        {
            await _broke.WaitAsync(stoppingToken);
            var since = clock.GetTimestamp();
            while (journal.Trouble is { } trouble)
            {
                HubLog.JournalBroken(log, trouble);
                await Task.Delay(Pause, clock, stoppingToken);
                try
                {
                    await journal.ProbeAsync();
                }
                catch (JournalUnavailableException)
                {
                    // Its sentence stands in Trouble and is logged by the next round.
                }
            }

            HubLog.JournalHealed(log, clock.GetElapsedTime(since).TotalSeconds);
        }
    }
}
