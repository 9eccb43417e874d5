using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Aufruf.Tests.Grains.Journal;

public sealed class SqliteJournalTests : FollowedJournalContract
{
    private readonly TempFolder _folder = new();

    private string Database => _folder.File("aufruf.db");

    private protected override Task<GroupCommitJournal> OpenAsync() => Task.FromResult<GroupCommitJournal>(new SqliteJournal(Database));

    private protected override async Task TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_commit_reaches_the_disk_before_anybody_hears_of_it()
    {
        await Journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        Assert.True(new FileInfo(Database + "-wal") is { Exists: true, Length: > 0 }, "The journal is not in WAL mode.");
    }

    [Theory, InlineData("case/1", true), InlineData("queue/1", false)]
    public async Task Old_requests_are_found_by_an_index_that_leaves_out_the_queues(string stream, bool isIndexed)
    {
        await Journal.AppendAsync(stream, JournalHead.Start, SmallOffice.Nine, new EntryContent<int>(new(Guid.NewGuid()), []).Write());
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var plan = new SqliteCommand(
            $"EXPLAIN QUERY PLAN SELECT entry FROM journal j {GroupCommitJournal.WhereRequest(stream)}", connection);
        plan.Parameters.AddRange([new SqliteParameter("@stream", stream), new SqliteParameter("@request", "")]);
        await using var steps = await plan.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await steps.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(isIndexed, steps.GetString(3).Contains("journal_by_request", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_auditor_may_look_while_the_hub_writes()
    {
        var head = await Journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        await using var auditor = new SqliteJournal(Database, readOnly: true);
        Assert.Equal(1, (await JournalAudit.VerifyAsync(auditor, TestContext.Current.CancellationToken)).Entries);
        await Journal.AppendAsync("s", head, SmallOffice.Nine, "{}"u8.ToArray());
        Assert.Equal(2, (await JournalAudit.VerifyAsync(auditor, TestContext.Current.CancellationToken)).Entries);
    }

    [Fact]
    public async Task A_command_that_opens_the_journal_beside_the_hub_harms_nothing_that_is_being_written()
    {
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            var head = JournalHead.Start;
            while (!enough.IsCancellationRequested)
            {
                head = await Journal.AppendAsync("s", head, SmallOffice.Nine, "{}"u8.ToArray());
            }

            return head.Version;
        });
        for (var command = 0; command < 30; command++)
        {
            await TamperAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            await using var other = new SqliteJournal(Database);
        }

        await enough.CancelAsync();
        var written = await writing;
        await Journal.DisposeAsync();
        await using var again = new SqliteJournal(Database);
        var seen = await JournalAudit.VerifyAsync(again, TestContext.Current.CancellationToken);
        Assert.Null(seen.Fault);
        Assert.Equal(written, seen.Entries);
    }

    [Fact]
    public async Task A_long_day_keeps_the_log_file_beside_the_database_small()
    {
        var head = JournalHead.Start;
        var entry = new byte[2000];
        Array.Fill(entry, (byte)' ');
        for (var n = 0; n < 4000; n++)
        {
            head = await Journal.AppendAsync("s", head, SmallOffice.Nine, entry);
        }

        // All of it would be 40 MB: the log begins again after each checkpoint.
        Assert.InRange(new FileInfo(Database + "-wal").Length, 1, 20_000_000);
        await Journal.DisposeAsync();
        Assert.True(new FileInfo(Database).Length > 1500 * 2000, "No checkpoint has moved the entries into the database.");
    }
}
