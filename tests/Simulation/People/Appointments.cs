using System.Globalization;
using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Aufruf.Simulation.Promises;

namespace Aufruf.Simulation.People;

/// <summary>Citizens for whom something happens at a time: they have a deadline set, and some of them cancel it.</summary>
internal static class Appointments
{
    public static async Task ComeAsync(World world)
    {
        for (var number = 1; ; number++)
        {
            await world.Scheduler.PauseAsync(world.Pause(1, 90));
            if (world.IsClosed)
            {
                return;
            }

            // Some are due already, and some on the day before. Several are due at nearly one time.
            var due = world.Clock.Now + world.Pause(-60, 7 * 60) - TimeSpan.FromDays(world.Chance.Hits(0.1) ? 1 : 0);
            for (var friend = world.Chance.Hits(0.3) ? 4 : 1; friend > 0; friend--)
            {
                var about = string.Create(CultureInfo.InvariantCulture, $"citizen-{number}.{friend}");
                var deadline = new Deadline(DueList.Kind, about, due + world.Pause(0, 1));
                world.Scheduler.Start("A citizen with an appointment", () => HaveAsync(world, deadline));
            }
        }
    }

    private static async Task HaveAsync(World world, Deadline deadline)
    {
        var (authority, set, cancel) = (world.Office.Authority.Id, new RequestId(world.Chance.NewGuid()),
            new RequestId(world.Chance.NewGuid()));
        world.DueList.Wanted(deadline);
        await Browser.AskAsync(world, hub => DoneAsync(hub.Deadlines.Office.SetAsync(authority, set, deadline)));
        var isCancelled = world.Chance.Hits(0.3);
        world.DueList.Acknowledged(deadline, isUnderway: isCancelled);
        if (isCancelled)
        {
            await world.Scheduler.PauseAsync(world.Pause(0, 5 * 60));
            await Browser.AskAsync(world, hub => DoneAsync(hub.Deadlines.Office.CancelAsync(authority, cancel, deadline)));
            world.DueList.Acknowledged(deadline, isUnderway: false);
        }
    }

    private static async Task<bool> DoneAsync(Task work)
    {
        await work;
        return true;
    }
}
