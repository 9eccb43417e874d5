using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;
using Npgsql;

namespace Aufruf.Tests.Grains.Journal;

[Trait("Needs", "process")]
public sealed class PostgresJournalTests(Postgres postgres) : FollowedJournalContract
{
    private NpgsqlDataSource? _database;

    private protected override async Task<GroupCommitJournal> OpenAsync()
    {
        _database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        var journal = new PostgresJournal(_database);
        await journal.PrepareAsync();
        return journal;
    }

    private protected override async Task TamperAsync(string sql)
    {
        await using var command = _database!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Hubs_that_start_together_create_the_tables_once()
    {
        await using var empty = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        var hubs = Enumerable.Range(0, 8).Select(_ => new PostgresJournal(empty)).ToArray();
        await Task.WhenAll(hubs.Select(hub => hub.PrepareAsync()));
        foreach (var hub in hubs)
        {
            await hub.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_follower_skips_nothing_when_a_hub_takes_its_position_first_and_commits_last()
    {
        await using var slow = await _database!.OpenConnectionAsync(Stop);
        await using var commit = await slow.BeginTransactionAsync(Stop);
        await using (var insert = new NpgsqlCommand($"{PostgresJournal.CommitInTurn}; "
            + "INSERT INTO journal(stream, version, at, entry, hash) VALUES ('queue/slow', 1, 0, '{}', '')", slow))
        {
            await insert.ExecuteNonQueryAsync(Stop);
        }

        var quick = Journal.AppendAsync("queue/quick", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        await using var watcher = await _database.OpenConnectionAsync(Stop);
        await using (var waits = new NpgsqlCommand(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 4159", watcher))
        {
            while (await waits.ExecuteScalarAsync(Stop) is 0L)
            {
                await Task.Delay(10, Stop);
            }
        }

        Assert.Empty(await Journal.ReadFromAsync(0, "queue", Stop).ToListAsync(Stop));
        await commit.CommitAsync(Stop);
        await quick;
        Assert.Equal(["queue/slow", "queue/quick"],
            await Journal.ReadFromAsync(0, "queue", Stop).Select(e => e.Stream).ToListAsync(Stop));
    }

    [Fact]
    public async Task An_entry_of_another_hub_wakes_the_follower()
    {
        await using var other = new PostgresJournal(_database!);
        var (head, next) = (JournalHead.Start, Journal.NextEntry);
        await next.WaitAsync(Stop); // It has begun to listen.
        for (var n = 1; n <= 3; n++)
        {
            next = Journal.NextEntry;
            head = await other.AppendAsync("s", head, SmallOffice.Nine, "{}"u8.ToArray());
            await next.WaitAsync(Stop);
        }
    }

    [Fact]
    public async Task A_lost_connection_for_notices_is_said_once_and_the_next_entry_of_another_hub_wakes_the_follower()
    {
        var log = new ListLogger<PostgresJournal>();
        await using var follower = new PostgresJournal(_database!, log: log);
        await using var other = new PostgresJournal(_database!);
        await follower.NextEntry.WaitAsync(Stop); // It has begun to listen.
        var next = follower.NextEntry;
        await TamperAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' "
            + "AND datname = current_database()");
        await next.WaitAsync(Stop); // It asks by itself.
        await follower.NextEntry.WaitAsync(Stop); // It listens again.
        next = follower.NextEntry;
        await other.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        await next.WaitAsync(Stop);
        Assert.StartsWith("What other hubs write is looked for each second", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_hubs_that_append_to_one_stream_one_is_told_that_it_lost()
    {
        await using var other = new PostgresJournal(_database!);
        var head = await Journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        await Assert.ThrowsAsync<VersionConflictException>(
            () => other.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray()));
        await other.AppendAsync("s", head, SmallOffice.Nine, "{}"u8.ToArray());
    }
}
