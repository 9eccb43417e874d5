using Aufruf.Edge.Protocol;
using Aufruf.Simulation.Devices;

namespace Aufruf.Simulation.People;

/// <summary>A clerk with a box: looks at the sign, presses, sometimes twice, sometimes the wrong button, sometimes on a sign that is no longer true.</summary>
internal static class BoxClerk
{
    public static async Task WorkAsync(World world, SimulatedDevice box)
    {
        while (true)
        {
            await world.Scheduler.PauseAsync(world.Pause(3, 90));
            if (world.IsClosed)
            {
                return;
            }

            if (world.IsNearMidnight)
            {
                continue;
            }

            var button = world.Chance.Hits(0.06) ? world.Chance.Of(Buttons.All) : Choose(world, box.Core?.Face?.State);
            box.Press(button);
            if (button == Buttons.Next && world.Chance.Hits(0.08))
            {
                await world.Scheduler.PauseAsync(world.Pause(1, 5)); // Nobody comes: the next one, please.
                box.Press(button);
            }

            if (world.Happens(Fault.ImpatientPress, 0.08))
            {
                await world.Scheduler.PauseAsync(world.Pause(0.05, 1.5));
                box.Press(button);
            }
        }
    }

    private static string Choose(World world, FaceState? sees) => (sees, world.Chance.Below(20)) switch
    {
        (FaceState.Called, < 13) => Buttons.Arrived,
        (FaceState.Called, < 15) => Buttons.Recall,
        (FaceState.Called, < 18) => Buttons.Missed,
        (FaceState.Serving, < 12) => Buttons.Finish,
        _ => Buttons.Next,
    };
}
