using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;
using Npgsql;

namespace Aufruf.Tests.Grains.Journal;

/// <summary>A server that is stopped in mid-load and comes back.</summary>
public class PostgresFailureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_stops_in_mid_load_loses_nothing_acknowledged_and_is_found_again()
    {
        await using var server = await Postgres.StartServerAsync();
        await using var database = NpgsqlDataSource.Create(await server.NewDatabaseAsync());
        await using var journal = new PostgresJournal(database);
        await journal.PrepareAsync();

        var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = Enumerable.Range(0, 16).Select(s => Task.Run(() => AppendUntilRefusedAsync(journal, $"s{s}", underWay), Stop)).ToArray();
        await underWay.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await server.CrashAsync();
        var acknowledged = await Task.WhenAll(load).WaitAsync(TimeSpan.FromSeconds(120), Stop);
        Assert.All(acknowledged, a => Assert.Matches("^PostgreSQL (cannot be reached|refused to write)", a.Refusal.Message));
        Assert.NotNull(journal.Trouble);
        await Assert.ThrowsAsync<JournalUnavailableException>(journal.ProbeAsync);
        Assert.Contains("The hub goes on by itself when it is back", journal.Trouble, StringComparison.Ordinal);

        await server.StartAsync();
        await journal.ProbeAsync();
        Assert.Null(journal.Trouble);
        foreach (var (stream, head, _) in acknowledged)
        {
            var found = JournalHead.Start;
            await foreach (var entry in journal.ReadAsync(stream, Stop))
            {
                found = new(entry.Version, entry.Hash);
            }

            // What was on its way may or may not have been written; what was acknowledged was.
            Assert.InRange(found.Version, head.Version, head.Version + 1);
            await journal.AppendAsync(stream, found, SmallOffice.Nine, "{}"u8.ToArray());
        }

        Assert.Null((await JournalAudit.VerifyAsync(journal, Stop)).Fault);
    }

    [Fact]
    public async Task A_database_that_comes_back_with_fewer_entries_gets_no_gap()
    {
        await using var server = await Postgres.StartServerAsync();
        var connection = await server.NewDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        await using var journal = new PostgresJournal(database);
        await journal.PrepareAsync();
        var one = await journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        var two = await journal.AppendAsync("s", one, SmallOffice.Nine, "{}"u8.ToArray());

        await server.CrashAsync();
        await server.StartAsync();
        await using (var backup = NpgsqlDataSource.Create(connection + ";Pooling=false"))
        await using (var older = backup.CreateCommand("DELETE FROM journal WHERE version = 2"))
        {
            await older.ExecuteNonQueryAsync(Stop);
        }

        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync("s", two, SmallOffice.Nine, "{}"u8.ToArray()));
        await Assert.ThrowsAsync<VersionConflictException>(() => journal.AppendAsync("s", two, SmallOffice.Nine, "{}"u8.ToArray()));
        await journal.AppendAsync("s", one, SmallOffice.Nine, "{}"u8.ToArray());
        Assert.Null((await JournalAudit.VerifyAsync(journal, Stop)).Fault);
    }

    private static async Task<(string Stream, JournalHead Head, JournalUnavailableException Refusal)> AppendUntilRefusedAsync(PostgresJournal journal, string stream, TaskCompletionSource underWay)
    {
        var head = JournalHead.Start;
        while (true)
        {
            try
            {
                head = await journal.AppendAsync(stream, head, SmallOffice.Nine, "{}"u8.ToArray());
                if (head.Version == 50)
                {
                    underWay.TrySetResult();
                }
            }
            catch (JournalUnavailableException refusal)
            {
                return (stream, head, refusal);
            }
        }
    }
}
