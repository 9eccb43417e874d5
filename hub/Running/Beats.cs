using System.Text.Json;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Running;

/// <summary>Tells every screen each 5 s, and every device each 10 s, that the hub lives and what time it is.</summary>
internal sealed class Beats(LiveAreas areas, IOfficeFinder offices, IDeviceLink link, TimeProvider clock, ILogger<Beats> log) : BackgroundService
{
    private static readonly TimeSpan ScreenBeat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(60);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>The beats without the host, whose services begin on another thread: a simulator has only one.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ScreenBeat, clock);
        for (var beat = 0; await timer.WaitForNextTickAsync(stoppingToken); beat++)
        {
            foreach (var area in areas.All)
            {
                var heartbeat = new Heartbeat(clock.GetUtcNow(), area.Now?.Queue.Key, area.Now?.Version ?? 0, ScreenTools.Build);
                foreach (var screen in area.Connected)
                {
                    _ = BeatAsync(screen, heartbeat); // A slow phone must not hold up a board.
                }
            }

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
            HubLog.ScreenNotReached(log, screen.Area, error.Message);
        }

        if (screen is BoardScreen board && board.SilentFor > SilentAfter)
        {
            HubLog.BoardSilent(log, board.Board, board.SilentFor.TotalSeconds);
        }
    }

    private async Task BeaconAsync()
    {
        foreach (var office in offices.All)
        {
            var topic = Topics.Time(office.Key);
            try
            {
                await link.PublishAsync(topic, JsonSerializer.SerializeToUtf8Bytes(new TimeBeacon(1, clock.GetUtcNow()), ProtocolJson.Default.TimeBeacon), retain: false);
            }
            catch (Exception error)
            {
                HubLog.NotPublished(log, topic, error.Message);
            }
        }
    }
}
