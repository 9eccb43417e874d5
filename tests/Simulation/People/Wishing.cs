using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Aufruf.Simulation.Hub;

namespace Aufruf.Simulation.People;

/// <summary>What a browser does: asks, and asks again with the same request id until it is answered.</summary>
internal static class Wishing
{
    public static async Task<T> AskAsync<T>(World world, Func<HubProcess, Task<T>> ask)
    {
        while (true)
        {
            await world.Scheduler.PauseAsync(world.Pause(0.002, 0.05));
            if (world.Machine.Now is { } hub && !world.Happens(Fault.RequestLost, 0.01))
            {
                try
                {
                    var answer = ask(hub);
                    if (await Task.WhenAny(answer, hub.Gone) == answer && !world.Happens(Fault.ResponseLost, 0.02))
                    {
                        return await answer;
                    }
                }
                catch (Exception error) when (error is JournalUnavailableException or VersionConflictException)
                {
                    // 503 and 500: the same wish once more.
                }
            }

            await world.Scheduler.PauseAsync(world.Pause(0.5, 4));
        }
    }
}
