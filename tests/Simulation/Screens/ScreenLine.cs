using Aufruf.Hub.Push;
using Aufruf.Simulation.Hub;

namespace Aufruf.Simulation.Screens;

/// <summary>One live connection of a screen: in order while it lasts. It may end at any moment, and messages in transit are lost.</summary>
internal class ScreenLine(World world, HubProcess hub)
{
    private DateTimeOffset _next;

    public HubProcess Hub { get; } = hub;

    public bool IsOpen { get; private set; } = true;

    /// <summary>The hub's side of the connection; set when it is open.</summary>
    public ConnectedScreen? Screen { get; set; }

    /// <summary>As LiveHub: the screen no longer watches its area.</summary>
    public void Close()
    {
        if (IsOpen)
        {
            IsOpen = false;
            if (Screen is { } screen)
            {
                Hub.Areas.Of(screen.Area).Remove(screen);
            }
        }
    }

    /// <summary>As LiveHub: the next message is a whole picture.</summary>
    public void AskForSnapshot() => world.Scheduler.Start("A screen's request", async () =>
    {
        await world.Scheduler.PauseAsync(world.Pause(0.001, 0.05));
        if (IsOpen && Hub.IsUp)
        {
            Screen?.Refresh();
        }
    });

    protected async Task SendAsync(Action arrive)
    {
        await Hub.Awake;
        world.Tally.Messages++;
        if (world.Happens(Fault.ScreenGap, 0.002))
        {
            return; // A proxy dropped it without an error.
        }

        var at = world.Clock.Now + world.Pause(0.0005, 0.04);
        at = _next = at < _next ? _next : at;
        world.Scheduler.At(at, () =>
        {
            if (IsOpen && Hub.IsUp)
            {
                arrive();
            }
        });

        // Writing to the transport takes time, and meanwhile the queue changes.
        await world.Scheduler.PauseAsync(world.Pause(0, 0.01));
        if (world.Happens(Fault.ScreenError, 0.001))
        {
            throw new IOException(ListeningLog.OnPurpose);
        }
    }
}

/// <summary>Opens a screen's connection again and again, all day long.</summary>
internal static class ScreenLife
{
    public static async Task LiveAsync(World world, Func<HubProcess, ScreenLine> open)
    {
        while (true)
        {
            await world.Scheduler.PauseAsync(world.Pause(0.1, 3));
            if (world.Cluster.Some() is not { } hub)
            {
                continue;
            }

            if (!hub.Areas.IsCurrent)
            {
                continue; // As LiveHub: the screen tries another hub.
            }

            var line = open(hub);
            hub.Areas.Of(line.Screen!.Area).Add(line.Screen);
            var end = world.Clock.Now + world.Pause(20, 600);
            while (hub.IsUp && (world.IsHealed || world.Clock.Now < end))
            {
                await world.Scheduler.PauseAsync(world.Pause(1, 10));
            }

            if (hub.IsUp)
            {
                world.Tally.Add(Fault.ScreenCut);
            }

            line.Close();
        }
    }
}
