using Aufruf.Grains.Journal;
using Aufruf.Grains.Reports;
using Aufruf.Grains.Subscriptions;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Grains.Reports;

/// <summary>The promises of the reports' projection, tested on real SQLite and on real PostgreSQL.</summary>
public abstract class ReportProjectionContract : ReportRoom
{
    /// <summary>Generated days of two areas: followed in pieces, over restarts and over a rebuild beside them.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Days_followed_in_pieces_and_over_restarts_are_the_days_a_rebuild_reads_at_once(int seed)
    {
        var chance = new Random(seed);
        await PlausibleWeeks.WriteAsync(Journal, Floors, Days, seed);
        var pieces = new[] { Today(seed, 0).Chunk(70).ToArray(), [.. Today(seed, 1).Chunk(30)] };
        var (heads, next) = (new[] { JournalHead.Start, JournalHead.Start }, new int[2]);
        var follow = Follow();
        while (next[0] < pieces[0].Length || next[1] < pieces[1].Length)
        {
            var area = next[0] == pieces[0].Length || (next[1] < pieces[1].Length && chance.Next(3) == 0) ? 1 : 0;
            heads[area] = await AppendAsync(heads[area], pieces[area][next[area]++], area);
            switch (chance.Next(4))
            {
                case 0:
                    await follow.DisposeAsync();
                    follow = Follow();
                    break;
                case 1:
                    Assert.Equal(Read(), await ReadAsync(follow.Projection));
                    break;
                case 2:
                    await Projection().RebuildAsync(_ => { }, Stop);
                    break;
            }
        }

        Assert.Equal(Read(), await ReadAsync(follow.Projection));
        await follow.DisposeAsync();
        Assert.Equal(Read(), await RowsAsync());
        Assert.Equal(Read(), await RebuiltAsync());
        Assert.Empty(Log.Lines);
    }

    [Fact]
    public async Task A_day_goes_on_after_a_restart_and_no_other_stream_is_read()
    {
        await PlausibleWeeks.WriteAsync(Journal, Floors, Days, seed: 6);
        var head = await AppendAsync(JournalHead.Start, Today(6).Take(50));
        await using (var first = Follow())
        {
            await ReadAsync(first.Projection);
        }

        await AppendAsync(head, Today(6).Skip(50).Take(50));
        var counted = new CountedJournal(Journal);
        await using var again = Follow(counted);
        Assert.Equal(Read(), await ReadAsync(again.Projection));
        Assert.Equal([StreamOf(0)], counted.Read);
        Assert.Equal(50, counted.Followed);
    }

    [Fact]
    public async Task Without_a_hub_that_follows_a_report_says_up_to_when_it_is_complete()
    {
        var head = await AppendAsync(JournalHead.Start, Today(7).Take(60));
        await using (var follow = Follow())
        {
            await ReadAsync(follow.Projection);
        }

        var old = await RowsAsync();
        await AppendAsync(head, Today(7).Skip(60));
        var (days, until) = await Projection().ReadAsync(Scope(), Stop, TimeSpan.Zero);
        Assert.Equal(old, Text(days));
        Assert.InRange(Today(7)[59].At - until!.Value, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_disk_that_fails_in_the_middle_leaves_the_old_day_and_the_hub_goes_on_with_it()
    {
        var head = await AppendAsync(JournalHead.Start, Today(7).Take(60));
        await using (var first = Follow())
        {
            await ReadAsync(first.Projection);
        }

        var old = await RowsAsync();
        await AppendAsync(head, Today(7).Skip(60));
        await using (var broken = Follow(new CountedJournal(Journal) { FailsAfter = 20 }))
        {
            await UntilAsync(() => Task.FromResult(broken.Projection.Subscription.Trouble is not null));
        }

        Assert.Equal(old, await RowsAsync());
        await using var whole = Follow();
        Assert.Equal(Read(), await ReadAsync(whole.Projection));
    }

    [Fact]
    public async Task A_rebuild_that_is_interrupted_leaves_the_rows_before_and_the_next_one_is_whole()
    {
        await PlausibleWeeks.WriteAsync(Journal, Floors, Days, seed: 8);
        await using var follow = Follow();
        var right = await ReadAsync(follow.Projection);
        var broken = Projection(new CountedJournal(Journal) { FailsAfter = 200 });
        await Assert.ThrowsAnyAsync<IOException>(() => broken.RebuildAsync(_ => { }, Stop));
        Assert.Equal(0, await Store.RebuiltAsync(TimeProvider.System.GetUtcNow(), Stop));
        Assert.Null(await Store.RebuiltAsync(TimeProvider.System.GetUtcNow().AddMinutes(2), Stop));
        Assert.Equal(right, await RowsAsync());
        Assert.Equal(right, await RebuiltAsync());
        Assert.Null(await Store.RebuiltAsync(TimeProvider.System.GetUtcNow(), Stop));
    }

    [Fact]
    public async Task While_rows_are_rebuilt_the_old_ones_are_served_and_kept_up_to_date()
    {
        await PlausibleWeeks.WriteAsync(Journal, Floors, Days, seed: 8);
        await using var follow = Follow();
        await ReadAsync(follow.Projection);
        var held = new CountedJournal(Journal) { HoldsAfter = 200 };
        var rebuild = Projection(held).RebuildAsync(_ => { }, Stop);
        await held.IsHeld;
        var head = await AppendAsync(JournalHead.Start, Today(8).Take(50));
        Assert.Equal(Read(), await ReadAsync(follow.Projection));
        Assert.Contains("0 % is done", Assert.Single(await follow.Projection.TroublesAsync(TimeSpan.Zero, Stop)).Sentence,
            StringComparison.Ordinal);

        held.GoOn();
        await rebuild;
        await AppendAsync(head, Today(8).Skip(50));
        Assert.Equal(Read(), await ReadAsync(follow.Projection));
        Assert.Empty(await follow.Projection.TroublesAsync(TimeSpan.Zero, Stop));
        Assert.Empty(Log.Lines);
    }

    [Fact]
    public async Task Clerks_that_the_authority_no_longer_wants_are_gone_at_once_and_wanted_again_they_are_read_again()
    {
        await PlausibleWeeks.WriteAsync(Journal, Floors, Days, seed: 9);
        Clerks[Floors.Key] = true;
        await using (var follow = Follow())
        {
            Assert.Equal(Read(perClerk: true), await ReadAsync(follow.Projection, perClerk: true));
            Assert.Contains("clerk-1", await RowsAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain("clerk-1", await ReadAsync(follow.Projection), StringComparison.Ordinal);
        }

        Clerks[Floors.Key] = false;
        Assert.True(await Projection().ObeyAsync(Clerks, Stop));
        Assert.Equal(Read(), await RowsAsync());

        Clerks[Floors.Key] = true;
        Assert.False(await Projection().ObeyAsync(Clerks, Stop)); // Of several hubs, the one that follows the journal reads them.
        await using var again = Follow();
        await ReadAsync(again.Projection);
        await UntilAsync(async () => await RowsAsync() == Read(perClerk: true));
        Clerks.Clear(); // The office is gone.
        await UntilAsync(async () => await RowsAsync() == Read());
    }

    [Fact]
    public async Task A_hub_that_was_replaced_while_it_was_frozen_saves_nothing_any_more()
    {
        var head = await AppendAsync(JournalHead.Start, Today(7).Take(10));
        ISubscriber frozen = Projection();
        Assert.Equal(0, await frozen.BeginAsync(Stop));
        await frozen.TakeAsync(Journal.Of(StreamOf(0))[0], Stop);
        await AppendAsync(head, Today(7).Skip(10));
        await using (var other = Follow())
        {
            await ReadAsync(other.Projection);
        }

        await Assert.ThrowsAsync<SupersededException>(() => frozen.KeepAsync(1, Stop));
        Assert.Equal(Read(), await RowsAsync());
    }

    [Fact]
    public async Task A_day_counts_up_to_an_entry_that_cannot_be_read_and_the_others_are_whole()
    {
        await PlausibleWeeks.WriteAsync(Journal, Floors, Days, seed: 9);
        var head = await AppendAsync(JournalHead.Start, Today(9).Take(30));
        var right = Read();
        await using var follow = Follow();
        head = await Journal.AppendAsync(StreamOf(0), head, SmallOffice.Nine, "{}"u8.ToArray());
        await AppendAsync(head, Today(9).Skip(30));
        Assert.Equal(right, await ReadAsync(follow.Projection));
        await follow.DisposeAsync();
        Assert.Equal(right, await RebuiltAsync());
    }

    [Fact]
    public async Task After_an_older_journal_was_put_back_the_rows_are_its_own()
    {
        await PlausibleWeeks.WriteAsync(Journal, Floors, Days, seed: 9);
        await using (var follow = Follow())
        {
            await ReadAsync(follow.Projection);
        }

        var older = new MemoryJournal();
        await PlausibleWeeks.WriteAsync(older, Floors, Days.Take(1), seed: 9);
        await using var again = Follow(older);
        var (days, _) = await again.Projection.ReadAsync(Scope(), Stop, TimeSpan.FromSeconds(20));
        Assert.All(days, day => Assert.Equal(Days[0], day.Queue.Day));
        Assert.NotEmpty(days);
    }

    [Fact]
    public async Task Offices_do_not_see_each_others_days()
    {
        await PlausibleWeeks.WriteAsync(Journal, Floors, Days, seed: 9);
        await using var follow = Follow();
        await ReadAsync(follow.Projection);
        var other = Scope() with { Office = Floors with { Id = "other" } };
        Assert.Empty((await follow.Projection.ReadAsync(other, Stop)).Days);
    }
}

public sealed class SqliteReportProjectionTests : ReportProjectionContract
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
public sealed class PostgresReportProjectionTests(Postgres postgres) : ReportProjectionContract
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
