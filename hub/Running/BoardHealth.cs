using Aufruf.Hub.Push;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Degraded while a configured board is silent: the hub works, but citizens do not see all calls.</summary>
internal sealed class BoardHealth(LiveAreas areas) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(areas.Boards.Silent.Select(board => new Trouble(
            $"Board {board.Name} does not answer: {board.Why}. Look at its screen, its network and its token.", board.Since)));
}
