using Aufruf.Hub.Push;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Degraded while a configured board is silent: the hub works, but citizens do not see all calls.</summary>
internal sealed class BoardHealth(LiveAreas areas) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(areas.Boards.Silent is { Count: > 0 } silent
            ? HealthCheckResult.Degraded($"Without an answer: {string.Join(", ", silent)}") : HealthCheckResult.Healthy());
}
