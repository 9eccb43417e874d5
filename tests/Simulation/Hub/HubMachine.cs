using Aufruf.Contracts;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Running;
using Aufruf.Simulation.Clockwork;

namespace Aufruf.Simulation.Hub;

/// <summary>A computer that a hub runs on: starts it again whenever it has ended, as systemd does.</summary>
internal sealed class HubMachine(World world, string name)
{
    /// <summary>The files that the next run of the hub reads, beside the journal.</summary>
    public SimulatedSnapshots<Queue> Snapshots { get; } = new(world);

    public SimulatedSnapshots<Wheel> WheelSnapshots { get; } = new(world);

    /// <summary>The clock that the wheels read. It steps; queues have the right time.</summary>
    public SteppingClock Clock { get; } = new(world.Clock);

    /// <summary>The marks that the watch of that clock keeps.</summary>
    public IMachineTime ClockTime { get; } = new SimulatedMachineTime(world);

    /// <summary>The time since the machine's boot. It boots hours before the day.</summary>
    public IMachineTime Time { get; } = new SimulatedMachineTime(world);

    public string Name => name;

    /// <summary>The run that is on; null while there is none.</summary>
    public HubProcess? Now { get; private set; }

    public void Start() => world.Scheduler.Start($"The machine of {name}", StartAsync);

    /// <summary>Only the run that is meant: it may have ended already.</summary>
    public void Crash(HubProcess? process)
    {
        if (process is null || process != Now)
        {
            return;
        }

        Now = null;
        process.Dispose();
        world.Network.HubDied(process);
        world.Log($"{name}: dead");
        Start();
    }

    private async Task StartAsync()
    {
        while (true)
        {
            await world.Scheduler.PauseAsync(world.Pause(0.5, 8));
            var process = new HubProcess(world, this);
            try
            {
                await process.StartAsync();
                Now = process;
                world.Log($"{name}: up");
                return;
            }
            catch (JournalUnavailableException)
            {
                process.Dispose();
                world.Log($"{name}: did not start, the journal does not answer");
            }
        }
    }
}

/// <summary>A machine whose clock is never corrected.</summary>
internal sealed class SimulatedMachineTime(World world) : IMachineTime
{
    public string Boot => "simulated";

    public TimeSpan Uptime => ClockWatch.Probation + TimeSpan.FromTicks(world.Clock.GetTimestamp());

    public bool IsSynchronised => false;

    public ClockMark? Mark { get; set; } = new("simulated", ClockWatch.Probation, world.Clock.Now, TimeSpan.Zero, null);
}
