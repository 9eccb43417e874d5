using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Running;

/// <summary>Sends a heartbeat to every screen each 5 s, and the time to every device each 10 s.</summary>
internal sealed class Beats(LiveAreas areas, OfficeDirectory offices, IDeviceLink link, TimeProvider clock, LimitedLog screens,
    ILogger<Beats> log) : BackgroundService
{
    private static readonly TimeSpan ScreenBeat = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>The beats without the host: a simulator has one thread only.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ScreenBeat, clock);
        for (var beat = 0; await timer.WaitForNextTickAsync(stoppingToken); beat++)
        {
            foreach (var area in areas.IsCurrent ? areas.All : [])
            {
                var heartbeat = new Heartbeat(clock.GetUtcNow(), area.Now?.Queue.Key, area.Now?.Version ?? 0, ScreenTools.Build);
                foreach (var screen in area.Connected)
                {
                    _ = BeatAsync(screen, heartbeat); // A slow phone does not delay a board.
                }
            }

            areas.Screens.Look([.. offices.All], log);
            if (beat % 2 == 0)
            {
                await BeaconAsync();
            }
        }
    }

    private async Task BeatAsync(ConnectedScreen screen, Heartbeat heartbeat)
    {
        try
        {
            await screen.BeatAsync(heartbeat);
        }
        catch (Exception error)
        {
            screens.Write(to => HubLog.ScreenNotReached(to, screen.Area, error.Message), screen.Area);
        }
    }

    private async Task BeaconAsync()
    {
        foreach (var office in offices.All)
        {
            var topic = Topics.Time(office.Key);
            try
            {
                await link.PublishAsync(topic, new TimeBeacon(1, clock.GetUtcNow()), ProtocolJson.Default.TimeBeacon);
            }
            catch (Exception error)
            {
                HubLog.NotPublished(log, topic, error.Message);
            }
        }
    }
}
