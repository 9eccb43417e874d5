using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains.Forecasts;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Forecasting;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>The experience of forecasts outlives a restart, and no old stream is read for it.</summary>
public sealed class AreaMemoryTests(Postgres postgres) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MemoryJournal _journal = new();

    private static readonly Setting Hall = new(SmallOffice.Office, SmallOffice.Area);
    private static readonly DateOnly[] Days = [.. PlausibleWeeks.WorkingDays(SmallOffice.Day, 8).Order()];

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private LearnedDaysStore Kept(string name = "kept") => LearnedDaysStore.InSqlite(_folder.File($"{name}.db"));

    private static string Text(AreaMemory memory) =>
        JsonSerializer.Serialize(memory.Experience.UpTo(SmallOffice.Day), DomainJson.Options);

    private async Task<string> ReadWholeAsync(DateOnly today)
    {
        var memory = await AreaMemory.FindAsync(Hall, _journal, Kept(Guid.NewGuid().ToString("N")), today, Stop);
        await memory.CatchUpAsync(today, Stop);
        return Text(memory);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Days_learned_over_restarts_are_the_days_learned_at_once(int seed)
    {
        var (chance, kept) = (new Random(seed), Kept());
        AreaMemory? memory = null;
        foreach (var day in Days)
        {
            var (key, entries) = PlausibleDay.Of(SmallOffice.Office, SmallOffice.Area, day, seed);
            // Some days end only on the next morning, when the hub is on again.
            var lateEnd = chance.Next(4) == 0 ? 1 : 0;
            var head = JournalHead.Start;
            foreach (var piece in entries.SkipLast(lateEnd).Chunk(90))
            {
                head = await AppendAsync(key, head, piece);
                memory = memory is null || chance.Next(3) == 0 ? await AreaMemory.FindAsync(Hall, _journal, kept, day, Stop) : memory;
                await memory.CatchUpAsync(day, Stop);
            }

            await AppendAsync(key, head, entries.TakeLast(lateEnd));
            if (lateEnd == 1)
            {
                memory = null;
            }
        }

        memory = await AreaMemory.FindAsync(Hall, _journal, kept, SmallOffice.Day, Stop);
        await memory.CatchUpAsync(SmallOffice.Day, Stop);
        Assert.Equal(await ReadWholeAsync(SmallOffice.Day), Text(memory));
    }

    [Fact, Trait("Needs", "process")]
    public async Task A_restart_reads_only_the_days_that_have_not_ended()
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        await PlausibleWeeks.WriteAsync(_journal, SmallOffice.Office, Days, seed: 4);
        await AppendAsync(SmallOffice.Key, JournalHead.Start,
            PlausibleDay.Of(SmallOffice.Office, SmallOffice.Area, SmallOffice.Day, 4, new(11, 0)).Entries);
        foreach (var kept in new[] { Kept(), LearnedDaysStore.InPostgres(database) })
        {
            var first = await AreaMemory.FindAsync(Hall, _journal, kept, SmallOffice.Day, Stop);
            await first.CatchUpAsync(SmallOffice.Day, Stop);
            var counted = new CountedJournal(_journal);
            var again = await AreaMemory.FindAsync(Hall, counted, kept, SmallOffice.Day, Stop);
            await again.CatchUpAsync(SmallOffice.Day, Stop);
            Assert.Equal(Text(first), Text(again));
            Assert.DoesNotContain(counted.Read, stream => Days.Any(day => stream == (SmallOffice.Key with { Day = day }).Stream));
        }
    }

    [Fact]
    public async Task A_clock_that_showed_another_year_leaves_nothing_that_lasts()
    {
        await PlausibleWeeks.WriteAsync(_journal, SmallOffice.Office, Days, seed: 5);
        var (kept, next) = (Kept(), SmallOffice.Day.AddYears(1));
        var memory = await AreaMemory.FindAsync(Hall, _journal, kept, SmallOffice.Day, Stop);
        await memory.CatchUpAsync(SmallOffice.Day, Stop);
        await memory.CatchUpAsync(next, Stop);
        Assert.True(memory.IsBeyond(SmallOffice.Day));
        await AppendAsync(SmallOffice.Key, JournalHead.Start,
            PlausibleDay.Of(SmallOffice.Office, SmallOffice.Area, SmallOffice.Day, 5).Entries);
        memory = await AreaMemory.FindAsync(Hall, _journal, kept, SmallOffice.Day, Stop);
        await memory.CatchUpAsync(SmallOffice.Day, Stop);
        Assert.Equal(await ReadWholeAsync(SmallOffice.Day), Text(memory));
    }

    private async Task<JournalHead> AppendAsync(QueueKey key, JournalHead head, IEnumerable<PlausibleDay.Entry> entries)
    {
        foreach (var entry in entries)
        {
            head = await _journal.AppendAsync(key.Stream, head, entry.At,
                JsonSerializer.SerializeToUtf8Bytes(new { request = Guid.CreateVersion7(), events = entry.Events, refusal = entry.Refusal },
                    DomainJson.Options));
        }

        return head;
    }
}
