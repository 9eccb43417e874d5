using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Clustering;

/// <summary>Notices the hubs that are gone: their devices are lost until they connect to another one.</summary>
internal sealed class GoneHubs(IClusterMembershipService members, DeviceLines lines) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var now in members.MembershipUpdates.WithCancellation(stoppingToken))
        {
            lines.CutOff(hub => now.GetSiloStatus(SiloAddress.FromParsableString(hub)) is SiloStatus.Dead or SiloStatus.None);
        }
    }
}
