using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;
using Npgsql;

namespace Aufruf.Tests.Grains.Journal;

public sealed class PostgresJournalTests(Postgres postgres) : JournalContract
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
    public async Task Of_two_hubs_that_append_to_one_stream_one_is_told_that_it_lost()
    {
        await using var other = new PostgresJournal(_database!);
        var head = await Journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        await Assert.ThrowsAsync<VersionConflictException>(() => other.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray()));
        await other.AppendAsync("s", head, SmallOffice.Nine, "{}"u8.ToArray());
    }
}
