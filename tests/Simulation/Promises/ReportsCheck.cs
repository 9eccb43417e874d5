using Aufruf.Domain.Offices;
using Aufruf.Grains.Reports;
using Aufruf.Grains.Subscriptions;
using Aufruf.Simulation.Hub;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Simulation.Promises;

/// <summary>The rows of the reports, however they came about, equal those of a rebuild from the whole journal.</summary>
internal static class ReportsCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task HoldAsync(World world)
    {
        var journal = new SimulatedJournal(world);
        var (served, end) = (world.Rows.Open(journal), world.Disk.LastPosition);
        for (var until = world.Clock.Now + Patience; await PositionAsync(served) < end && world.Clock.Now < until;)
        {
            await world.Scheduler.PauseAsync(TimeSpan.FromSeconds(1));
        }

        var reached = await PositionAsync(served);
        world.Promise(reached == end, () => $"The reports know the entries up to {reached}, and the journal ends at {end}.");

        using var fresh = new RowsDatabase(world);
        var rebuilt = fresh.Open(journal);
        await new ReportProjection(rebuilt, journal, () => world.Clerks, OneHub.Only, world.Clock, NullLogger<ReportProjection>.Instance)
        {
            Workers = world.Workers,
        }.RebuildAsync(_ => { }, CancellationToken.None);
        var (rows, expected) = (await RowsAsync(world, served), await RowsAsync(world, rebuilt));
        world.Promise(rows.Count == expected.Count, () => $"The reports have {rows.Count} days, and after a rebuild {expected.Count}.");
        foreach (var (row, other) in rows.Zip(expected))
        {
            world.Promise(row == other, () => $"The reports say {row}. After a rebuild they say {other}.");
        }
    }

    private static async Task<long> PositionAsync(ReportStore store) => (await store.FindAsync(CancellationToken.None))?.Position ?? 0;

    private static async Task<List<string>> RowsAsync(World world, ReportStore store)
    {
        var (rows, today) = (new List<string>(), world.Office.Day(world.Clock.Now));
        await foreach (var day in store.ReadAsync(world.Office.Key, today.AddDays(-2), today.AddDays(2), CancellationToken.None))
        {
            rows.Add(ReportRow.Write(day));
        }

        return rows;
    }
}
