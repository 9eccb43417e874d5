using Aufruf.Hub.Gateway;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Runs what follows from entries: transfers between areas. Degraded while one of them waits.</summary>
internal sealed class Processes(Transferring transfers) : BackgroundService, IHealthCheck
{
    // A short fault heals before anybody could act on it.
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(10);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(transfers.StuckFor(Bearable).Select(work => new Trouble(
            $"A transfer out of {work.Stream} waits and is tried again. {work.Reason}", work.Since)));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => transfers.RunAsync(stoppingToken);
}
