using Aufruf.Hub.Push;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Degraded while a configured board or kiosk is silent: the hub works, but citizens do not see all calls.</summary>
internal sealed class BoardHealth(LiveAreas areas) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(areas.Boards.Silent.Select(board => Of("Board", board))
            .Concat(areas.Screens.Kiosks.Silent.Select(kiosk => Of("Kiosk", kiosk))));

    private static Trouble Of(string kind, SilentScreens silent) =>
        new($"{kind} {silent.Name} does not answer: {silent.Why}. Look at its screen, its network and its token.", silent.Since);
}
