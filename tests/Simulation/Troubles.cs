using System.Data.Common;
using Aufruf.Edge.Protocol;
using Aufruf.Grains.Reports;
using Aufruf.Grains.Subscriptions;
using Aufruf.Simulation.Devices;
using Aufruf.Simulation.Hub;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Simulation;

/// <summary>All day long something breaks, for a while. At closing time everything is mended.</summary>
internal sealed class Troubles(World world)
{
    private readonly List<Action> _repairs = [];

    // A wheel waits for an hour after a step, so most days have none.
    private readonly bool _hasHubClockSteps = world.Chance.Hits(0.125) || world.Sabotage is Sabotage.DeadlinesTrustAnyClock;

    public async Task HappenAsync()
    {
        (int Weight, Action Trouble)[] kinds =
        [
            (6, DeviceCrash), (4, PowerCut), (3, DeviceDiskFull), (3, ClockStep), (5, Partition), (2, PrinterBlocked), (3, HubCrash),
            (3, JournalDown), (2, JournalSlow), (2, SecondActivation), (1, Deactivation), (2, HubFrozen),
            (2, Rebuild), (1, ClerksSwitched), (_hasHubClockSteps ? 4 : 0, HubClockStep),
        ];
        var row = kinds.SelectMany(kind => Enumerable.Repeat(kind.Trouble, kind.Weight)).ToArray();
        while (true)
        {
            await world.Scheduler.PauseAsync(world.Pause(5, 75));
            if (world.IsClosed)
            {
                return;
            }

            world.Chance.Of(row)();
        }
    }

    public void MendAll()
    {
        world.IsHealed = true;
        foreach (var repair in _repairs)
        {
            repair();
        }
    }

    private SimulatedDevice SomeDevice => world.Chance.Of(world.Devices);

    private void DeviceCrash()
    {
        world.Tally.Add(Fault.DeviceCrash);
        SomeDevice.Crash();
    }

    private void PowerCut() => SomeDevice.Disk.IsArmed = true;

    private void DeviceDiskFull() => For(Fault.DeviceDiskFull, SomeDevice, (device, on) => device.Disk.IsFull = on, 5, 60);

    private void ClockStep()
    {
        world.Tally.Add(Fault.ClockStep);
        SomeDevice.StepClock();
    }

    /// <summary>One cable, or a whole floor.</summary>
    private void Partition()
    {
        var isFloor = world.Chance.Hits(0.3);
        foreach (var device in isFloor ? [.. world.Devices.Where(_ => world.Chance.Hits(0.6))] : (SimulatedDevice[])[SomeDevice])
        {
            For(Fault.Partition, device, CutOff, 1, 60);
        }
    }

    private void CutOff(SimulatedDevice device, bool on)
    {
        device.IsCutOff = on;
        if (on && world.Network.Of(device) is { } connection)
        {
            world.Network.Doom(connection);
        }
    }

    private void PrinterBlocked() => For(Fault.PrinterBlocked, world.Chance.Of([.. world.Devices.Where(d => d.IsPrinter)]),
        (printer, on) => printer.PrinterIs(on ? PrinterCondition.PaperOut : PrinterCondition.Ready), 5, 90);

    private void HubCrash()
    {
        if (world.Cluster.Some() is { } hub)
        {
            world.Tally.Add(Fault.HubCrash);
            if (world.Chance.Hits(0.5))
            {
                hub.DieInWrite();
            }
            else
            {
                world.Cluster.Crash(hub);
            }
        }
    }

    /// <summary>Some seconds, or so long that another hub takes its queues.</summary>
    private void HubFrozen()
    {
        if (world.Cluster.Some() is { } hub)
        {
            world.Tally.Add(Fault.HubFrozen);
            world.Scheduler.Start("A frozen hub", () =>
                world.Cluster.FreezeAsync(hub, world.Chance.Hits(0.5) ? world.Pause(0.2, 2.5) : world.Pause(4, 45)));
        }
    }

    private void JournalDown() => For(Fault.JournalDown, world.Disk, (disk, on) => disk.IsDown = on, 0.5, 30);

    private void JournalSlow() => For(Fault.JournalSlow, world.Disk, (disk, on) => disk.IsSlow = on, 5, 40);

    private void SecondActivation()
    {
        if (world.Cluster.Some() is { } hub)
        {
            For(Fault.SecondActivation, hub, (process, on) => process.IsSplit = on, 5, 90);
        }
    }

    private void Deactivation()
    {
        world.Tally.Add(Fault.Deactivation);
        world.Cluster.Some()?.Deactivate();
    }

    /// <summary>The clock of a hub's machine, as its wheels see it: minutes or days, forwards or backwards.</summary>
    private void HubClockStep()
    {
        var off = world.Pause(60, world.Chance.Hits(0.5) ? 1800 : 5 * 86400) * (world.Chance.Hits(0.7) ? 1 : -1);
        For(Fault.HubClockStep, world.Chance.Of(world.Cluster.Machines), (machine, on) => machine.Clock.Off = on ? off : default, 1, 120);
    }

    /// <summary>An operator fills the reports' rows anew, beside the hubs. Sometimes it is stopped.</summary>
    private void Rebuild()
    {
        world.Tally.Add(Fault.Rebuild);
        world.Scheduler.Start("A rebuild", async () =>
        {
            using var stop = new CancellationTokenSource(world.Pause(0.01, 0.4), world.Clock);
            var journal = new SimulatedJournal(world);
            var projection = new ReportProjection(world.Rows.Open(journal), journal, () => world.Clerks, OneHub.Only,
                world.Clock, NullLogger<ReportProjection>.Instance)
            {
                Workers = world.Workers,
            };
            try
            {
                await projection.RebuildAsync(_ => { }, stop.Token);
                world.Log($"rebuild: done");
            }
            catch (Exception error) when (error is DbException or SupersededException or OperationCanceledException)
            {
                world.Log($"rebuild: {error.GetType().Name}");
            }
        });
    }

    /// <summary>The office switches the figures of single clerks on or off.</summary>
    private void ClerksSwitched()
    {
        world.Tally.Add(Fault.ClerksSwitched);
        world.Clerks = new Dictionary<string, bool> { [world.Office.Key] = !world.Clerks[world.Office.Key] };
    }

    private void For<T>(Fault fault, T what, Action<T, bool> set, double leastSeconds, double mostSeconds)
    {
        world.Tally.Add(fault);
        world.Log($"trouble: {fault} {(what as SimulatedDevice)?.Id}");
        set(what, true);
        _repairs.Add(() => set(what, false));
        world.Scheduler.Start(fault.ToString(), async () =>
        {
            await world.Scheduler.PauseAsync(world.Pause(leastSeconds, mostSeconds));
            set(what, false);
        });
    }
}
