using Aufruf.Simulation.Hub;

namespace Aufruf.Simulation.People;

/// <summary>A browser: it sends a request, and sends it again with the same id until it is answered.</summary>
internal static class Browser
{
    public static async Task<T> AskAsync<T>(World world, Func<HubProcess, Task<T>> ask)
    {
        while (true)
        {
            await world.Scheduler.PauseAsync(world.Pause(0.002, 0.05));
            if (world.Cluster.Some() is { } hub && !world.Happens(Fault.RequestLost, 0.01))
            {
                try
                {
                    await hub.Awake;
                    var answer = ask(hub);
                    if (await Task.WhenAny(answer, hub.Gone) == answer && !world.Happens(Fault.ResponseLost, 0.02))
                    {
                        return await answer;
                    }
                }
                catch (Exception error) when (SimulatedReminders.IsExpected(error))
                {
                    // 503 and 500: sends the same request again.
                }
            }

            await world.Scheduler.PauseAsync(world.Pause(0.5, 4));
        }
    }
}
