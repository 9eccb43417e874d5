using System.Globalization;
using Aufruf.Domain.Offices;
using Aufruf.Simulation.People;
using Aufruf.Simulation.Promises;
using Aufruf.Simulation.Screens;

namespace Aufruf.Simulation;

/// <summary>The result of a simulated day.</summary>
/// <param name="Broken">The first promise that was not kept; null when all were.</param>
/// <param name="Hash">Over everything that happened: the same seed gives the same.</param>
/// <param name="Recent">The last things that happened.</param>
internal sealed record DayReport(ulong Seed, string? Broken, string Hash, Tally Tally, IReadOnlyList<string> Recent);

/// <summary>One day in one town hall, from one seed: people and troubles, then closing time, then the reckoning.</summary>
internal static class Day
{
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(15);

    // A wheel does not believe a clock for so long after a step.
    private static readonly TimeSpan AfterStep = Aufruf.Hub.Running.ClockWatch.Probation;

    public static DayReport Run(ulong seed, Sabotage sabotage = Sabotage.None, TextWriter? verbose = null)
    {
        using var world = new World(seed, sabotage, verbose);
        var end = world.Clock.Now + world.Pause(35 * 60, 70 * 60);
        BoardModel[] boards = [
            .. world.Office.Areas.Select(a => new BoardModel(world, $"{world.Office.Key}.{a.Boards[0].Id}", $"{world.Office.Key}.{a.Id}"))];
        DeskModel[] desks = [.. world.Office.Areas.SelectMany(a => a.Counters.Where(_ => world.Chance.Hits(0.35))
            .Select(c => new DeskModel(world, $"{world.Office.Key}.{a.Id}", c.Id)))];
        var troubles = new Troubles(world);
        Open(world, boards, desks, troubles);

        bool IsBroken() => world.Broken is not null;
        world.Scheduler.Run(IsBroken, end);
        world.IsClosed = true;
        troubles.MendAll();
        var isQuiet = world.Scheduler.Run(() => IsBroken() || IsQuiet(world),
            world.Clock.Now + Settling + (world.Tally[Fault.HubClockStep] > 0 ? AfterStep : default));
        if (!isQuiet)
        {
            world.Break(
                $"Long after the faults, {world.Witness.OpenRequests} requests and {world.DueList.Open} deadlines are open. {string.Join(
                ", ",
                world.Devices.Where(d => d.Core is not { Depth: 0 })
                    .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Id} keeps {d.Core?.Depth}")))}.");
        }

        // Screens, signs and slips get their last message after the last entry.
        world.Scheduler.Run(IsBroken, world.Clock.Now + TimeSpan.FromSeconds(100));
        var isReckoned = false;
        world.Scheduler.Start("The reckoning", async () =>
        {
            await Reckoning.HoldAsync(world, boards, desks);
            isReckoned = true;
        });
        world.Scheduler.Run(() => isReckoned || IsBroken(), world.Clock.Now + Settling);
        world.Tally.Steps = world.Scheduler.Steps;
        return new DayReport(seed, world.Broken, world.Hash, world.Tally, [.. world.Recent]);
    }

    private static void Open(World world, BoardModel[] boards, DeskModel[] desks, Troubles troubles)
    {
        foreach (var machine in world.Cluster.Machines)
        {
            machine.Start();
        }

        foreach (var device in world.Devices)
        {
            device.Boot();
            if (!device.IsPrinter)
            {
                world.Scheduler.Start($"The clerk at {device.Id}", () => BoxClerk.WorkAsync(world, device));
            }
        }

        foreach (var board in boards)
        {
            world.Scheduler.Start("A board", board.LiveAsync);
        }

        foreach (var desk in desks)
        {
            world.Scheduler.Start("A desk", desk.LiveAsync);
            world.Scheduler.Start("A clerk at a desk", () => DeskClerk.WorkAsync(world, desk));
        }

        world.Scheduler.Start("The citizens", () => Citizens.ComeAsync(world));
        world.Scheduler.Start("The citizens with appointments", () => Appointments.ComeAsync(world));
        world.Scheduler.Start("The troubles", troubles.HappenAsync);
    }

    private static bool IsQuiet(World world) =>
        world.Witness.OpenRequests == 0 && world.DueList.Open == 0
            && world.Truth.Last.All(v => v.Queue.Tickets.Values.All(t => !t.IsUnderway))
            && world.Devices.All(d => d.Core is { Depth: 0, IsConnected: true });

    /// <summary>Today's queue of an area, by the office's own clock.</summary>
    internal static Domain.Queues.QueueKey QueueOf(World world, string area) =>
        world.Office.QueueOf(world.Office.Areas.First(a => $"{world.Office.Key}.{a.Id}" == area), world.Clock.Now);
}
