using Aufruf.Hub.Gateway;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Runs what follows from entries: transfers between areas. Degraded while one of them waits.</summary>
internal sealed class Processes(Transferring transfers) : BackgroundService, IHealthCheck
{
    // A short fault heals before anybody could act on it.
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(10);

    private const int MostNamed = 5;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(transfers.StuckFor(Bearable) is { Count: > 0 } stuck
            ? HealthCheckResult.Degraded($"{stuck.Count} transfers wait and are tried again. " + string.Join(' ', stuck.Take(MostNamed)
                .Select(work => $"{work.Stream} since {work.Since:O}: {work.Reason}")))
            : HealthCheckResult.Healthy());

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => transfers.RunAsync(stoppingToken);
}
