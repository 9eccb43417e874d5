using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Reports;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Reports;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Grains.Reports;

/// <summary>The promises of the projection, tested on real SQLite and on real PostgreSQL.</summary>
public abstract class ReportStoreContract : IAsyncLifetime
{
    private ReportStore? _store;

    private protected ReportStore Store => _store ?? throw new InvalidOperationException("The store is opened before each test.");

    private protected MemoryJournal Journal { get; } = new();

    private protected abstract Task<ReportStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private static readonly DateOnly[] Days = [.. PlausibleWeeks.WorkingDays(SmallOffice.Day, 4)];
    private static readonly Office PerClerk = SmallOffice.Office with { Reports = new(PerClerk: true) };

    private static ReportScope Scope(Office? office = null, DateTimeOffset? now = null) =>
        new(office ?? SmallOffice.Office, new(Days[^1], SmallOffice.Day), now ?? SmallOffice.Nine.AddHours(3));

    private static string Text(IEnumerable<DayFacts> days) => JsonSerializer.Serialize(days, DomainJson.Options);

    private async Task<string> ReadAsync(ReportScope? scope = null)
    {
        using var projection = new ReportProjection(Journal, Store);
        return Text(await projection.ReadAsync(scope ?? Scope(), Stop));
    }

    private async Task<string> RebuiltAsync(ReportScope? scope = null)
    {
        using var projection = new ReportProjection(Journal, Store);
        await projection.RebuildAsync(new Dictionary<string, Office> { [SmallOffice.Office.Key] = (scope ?? Scope()).Office },
            SmallOffice.Nine, (_, _) => { }, Stop);
        var days = new List<DayFacts>();
        await foreach (var day in Store.ReadAsync(SmallOffice.Office.Key, Days[^1], SmallOffice.Day, Stop))
        {
            days.Add(day);
        }

        return Text(days.Where(d => d.LastAt is not null));
    }

    private async Task<string> IncrementalAsync(ReportScope? scope = null) =>
        Text((JsonSerializer.Deserialize<DayFacts[]>(await ReadAsync(scope), DomainJson.Options) ?? []).Where(d => d.LastAt is not null));

    /// <summary>Today so far, entry by entry.</summary>
    private async Task<JournalHead> AppendAsync(JournalHead head, IEnumerable<PlausibleDay.Entry> entries)
    {
        foreach (var entry in entries)
        {
            head = await Journal.AppendAsync(SmallOffice.Key.Stream, head, entry.At,
                JsonSerializer.SerializeToUtf8Bytes(new { request = Guid.CreateVersion7(), events = entry.Events, refusal = entry.Refusal },
                    DomainJson.Options));
        }

        return head;
    }

    [Fact]
    public async Task Days_read_step_by_step_are_the_days_a_rebuild_reads_at_once()
    {
        await PlausibleWeeks.WriteAsync(Journal, SmallOffice.Office, Days, seed: 5);
        var today = PlausibleDay.Of(SmallOffice.Office, SmallOffice.Area, SmallOffice.Day, 5).Entries;
        var head = JournalHead.Start;
        foreach (var stretch in today.Chunk(120))
        {
            head = await AppendAsync(head, stretch);
            await ReadAsync();
        }

        var incremental = await IncrementalAsync();
        Assert.Equal(5, JsonSerializer.Deserialize<DayFacts[]>(incremental, DomainJson.Options)?.Length);
        Assert.Equal(incremental, await RebuiltAsync());
        Assert.Equal(incremental, await IncrementalAsync());
    }

    [Fact]
    public async Task A_day_that_is_over_is_not_read_again_and_today_only_when_something_has_happened()
    {
        await PlausibleWeeks.WriteAsync(Journal, SmallOffice.Office, Days, seed: 6);
        var today = PlausibleDay.Of(SmallOffice.Office, SmallOffice.Area, SmallOffice.Day, 6).Entries;
        var head = await AppendAsync(JournalHead.Start, today.Take(50));
        var before = await ReadAsync();
        Assert.Equal(before, await ReadAsync());
        var progress = await Store.ProgressAsync(SmallOffice.Office.Key, Days[^1], SmallOffice.Day, Stop);
        Assert.All(Days, day => Assert.True(progress[(SmallOffice.Key with { Day = day }).ToString()].Settled));
        Assert.Equal((50L, false), (progress[SmallOffice.Key.ToString()].Version, progress[SmallOffice.Key.ToString()].Settled));
        await AppendAsync(head, today.Skip(50).Take(50));
        Assert.NotEqual(before, await ReadAsync());
    }

    [Fact]
    public async Task A_report_under_a_clock_that_has_stepped_by_a_year_settles_no_day()
    {
        var today = PlausibleDay.Of(SmallOffice.Office, SmallOffice.Area, SmallOffice.Day, 6).Entries;
        var head = await AppendAsync(JournalHead.Start, today.Take(50));
        using (var projection = new ReportProjection(Journal, Store))
        {
            await projection.ReadAsync(Scope(now: SmallOffice.Nine.AddDays(365)), Stop, maySettle: false);
        }

        var progress = await Store.ProgressAsync(SmallOffice.Office.Key, Days[^1], SmallOffice.Day, Stop);
        Assert.DoesNotContain(progress.Values, day => day.Settled);
        await AppendAsync(head, today.Skip(50));
        Assert.Equal(await IncrementalAsync(), await RebuiltAsync());
    }

    [Fact]
    public async Task A_crash_in_the_middle_leaves_the_old_day_or_the_new_one()
    {
        var today = PlausibleDay.Of(SmallOffice.Office, SmallOffice.Area, SmallOffice.Day, 7).Entries;
        var head = await AppendAsync(JournalHead.Start, today.Take(60));
        var old = await ReadAsync();
        await AppendAsync(head, today.Skip(60));
        using (var broken = new ReportProjection(new HalfRead(Journal), Store))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => broken.ReadAsync(Scope(), Stop));
        }

        var kept = new List<DayFacts>();
        await foreach (var day in Store.ReadAsync(SmallOffice.Office.Key, Days[^1], SmallOffice.Day, Stop))
        {
            kept.Add(day);
        }

        Assert.Equal(old, Text(kept));
        Assert.Equal(await IncrementalAsync(), await RebuiltAsync());
    }

    [Fact]
    public async Task An_interrupted_rebuild_is_completed_by_the_next_report()
    {
        await PlausibleWeeks.WriteAsync(Journal, SmallOffice.Office, Days, seed: 8);
        var right = await IncrementalAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using (var projection = new ReportProjection(Journal, Store))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => projection.RebuildAsync(new Dictionary<string, Office>(), SmallOffice.Nine, (count, _) =>
            {
                if (count == 2)
                {
                    stop.Cancel();
                }
            }, stop.Token));
        }

        Assert.Equal(2, (await Store.ProgressAsync(SmallOffice.Office.Key, Days[^1], SmallOffice.Day, Stop)).Count);
        Assert.Equal(right, await IncrementalAsync());
        Assert.Equal(right, await RebuiltAsync());
    }

    [Fact]
    public async Task Data_about_clerks_that_the_authority_no_longer_wants_is_gone_with_the_next_report()
    {
        await PlausibleWeeks.WriteAsync(Journal, SmallOffice.Office, Days, seed: 9);
        Assert.Contains("clerk-1", await ReadAsync(Scope(PerClerk)), StringComparison.Ordinal);
        using (var projection = new ReportProjection(Journal, Store))
        {
            // Of today alone.
            await projection.ReadAsync(new(SmallOffice.Office, new(SmallOffice.Day, SmallOffice.Day), SmallOffice.Nine), Stop);
        }

        await foreach (var day in Store.ReadAsync(SmallOffice.Office.Key, Days[^1], SmallOffice.Day, Stop))
        {
            Assert.DoesNotContain("clerk-1", Text([day]), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("clerk-1", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_reader_does_not_put_an_older_day_over_a_newer_one()
    {
        var today = PlausibleDay.Of(SmallOffice.Office, SmallOffice.Area, SmallOffice.Day, 7).Entries;
        var (older, newer) = (DayFacts.Of(SmallOffice.Key, today.Take(10).SelectMany(e => e.Events)),
            DayFacts.Of(SmallOffice.Key, today.SelectMany(e => e.Events)));
        await Store.SaveAsync(newer, new(today.Count, true, "1"));
        await Store.SaveAsync(older, new(10, false, "1"));
        await foreach (var day in Store.ReadAsync(SmallOffice.Office.Key, SmallOffice.Day, SmallOffice.Day, Stop))
        {
            Assert.Equal(Text([newer]), Text([day]));
        }
    }

    [Fact]
    public async Task Offices_do_not_see_each_others_days()
    {
        await PlausibleWeeks.WriteAsync(Journal, SmallOffice.Office, Days, seed: 9);
        await ReadAsync();
        Assert.Empty(await Store.ProgressAsync("town.other", Days[^1], SmallOffice.Day, Stop));
        await Store.ForgetAsync("town.other", "another mark");
        Assert.NotEmpty(await Store.ProgressAsync(SmallOffice.Office.Key, Days[^1], SmallOffice.Day, Stop));
    }

    /// <summary>A journal whose disk fails after a few entries.</summary>
    private sealed class HalfRead(MemoryJournal whole) : Aufruf.Grains.IJournal
    {
        public async IAsyncEnumerable<JournalEntry> ReadAsync(
            string stream, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var entry in whole.ReadAsync(stream, after, cancellationToken))
            {
                yield return entry.Version > 80 ? throw new IOException("The disk failed.") : entry;
            }
        }

        public IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken) => whole.ReadAllAsync(cancellationToken);

        public IAsyncEnumerable<JournalEntry> ReadFromAsync(long position, string kind, CancellationToken cancellationToken) =>
            whole.ReadFromAsync(position, kind, cancellationToken);

        public IAsyncEnumerable<string> StreamsAsync(string kind, CancellationToken cancellationToken) =>
            whole.StreamsAsync(kind, cancellationToken);

        public Task<long> LastPositionAsync(CancellationToken cancellationToken) => whole.LastPositionAsync(cancellationToken);

        public Task NextEntry => whole.NextEntry;

        public async Task<long> LastVersionAsync(string stream) => await whole.LastVersionAsync(stream);

        public Task<JournalHead> AppendAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry) =>
            throw new NotSupportedException();
    }
}

public sealed class SqliteReportStoreTests : ReportStoreContract
{
    private readonly TempFolder _folder = new();

    private protected override Task<ReportStore> OpenAsync() => Task.FromResult(ReportStore.InSqlite(_folder.File("reports.db")));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

[Trait("Needs", "process")]
public sealed class PostgresReportStoreTests(Postgres postgres) : ReportStoreContract
{
    private Npgsql.NpgsqlDataSource? _database;

    private protected override async Task<ReportStore> OpenAsync()
    {
        _database = Npgsql.NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        return ReportStore.InPostgres(_database);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
