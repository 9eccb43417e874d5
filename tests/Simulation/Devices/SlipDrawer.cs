using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Aufruf.Simulation.Clockwork;

namespace Aufruf.Simulation.Devices;

/// <summary>The paper printer of a device: slow, sometimes blocked, and sometimes nobody knows whether the slip came out.</summary>
internal sealed class SlipDrawer(World world, SimulatedDevice device)
{
    private readonly Turns _paper = new();

    public PrinterCondition Condition { get; set; } = PrinterCondition.Ready;

    public void Print(Effect.PrintSlip job)
    {
        var (run, begun) = (device.Run, world.Clock.Now);
        world.Scheduler.Start($"{device.Id}'s printer", () => _paper.TakeAsync(async () =>
        {
            var (outcome, reason) = run != device.Run ? (CommandOutcome.Failed, "off")
                : world.Clock.Now - begun >= job.ValidFor ? (CommandOutcome.Expired, null)
                : await FeedAsync(job, run);
            if (run == device.Run)
            {
                device.Do(core => core.PrintEnded(job.Command, outcome, reason));
            }

            return true;
        }));
    }

    private async Task<(CommandOutcome, string?)> FeedAsync(Effect.PrintSlip job, int run)
    {
        await world.Scheduler.PauseAsync(world.Pause(0.1, 0.9));
        if (run != device.Run || Condition is not PrinterCondition.Ready)
        {
            return (CommandOutcome.Failed, "printer-blocked");
        }

        var isUncertain = world.Happens(Fault.PrintUncertain, 0.03);
        if (!isUncertain || world.Chance.Hits(0.5))
        {
            world.Witness.Printed(device, job.Command, job.Slip);
        }

        // The paper is out, the printer has not confirmed it yet: the moment in which a power cut hurts.
        await world.Scheduler.PauseAsync(world.Pause(0.05, 0.6));
        return isUncertain ? (CommandOutcome.Uncertain, "link-lost") : (CommandOutcome.Done, null);
    }
}
