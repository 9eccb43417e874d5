using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Grains.Journal;

/// <summary>What happens to the file under the journal, for real.</summary>
public sealed class SqliteFailureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static byte[] Entry(int bytes)
    {
        var entry = new byte[bytes];
        Array.Fill(entry, (byte)' ');
        return entry;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_full_disk_is_told_loses_nothing_acknowledged_and_heals_without_a_restart(int streams)
    {
        await using var disk = await SmallDisk.MountAsync(_folder.File("disk"), kilobytes: 1024);
        await using var journal = new SqliteJournal(Path.Combine(disk.Path, "aufruf.db"));
        var broke = 0;
        journal.Broke += () => broke++;
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, streams).Select(s => Task.Run(() => AppendUntilRefusedAsync(journal, $"s{s}"), Stop)));

        Assert.All(acknowledged, a => Assert.Contains("is full: free some space, the hub goes on by itself", a.Refusal.Message, StringComparison.Ordinal));
        Assert.True(broke > 0);
        // SQLite gave some room back when the writer closed, perhaps enough for a probe; let another program have it.
        await Record.ExceptionAsync(journal.ProbeAsync);
        disk.FillUp();
        // The room that the log already has is written again first; a disk of 256 pages cannot hold 500 of them.
        var still = await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
        {
            for (var probe = 0; probe < 500; probe++)
            {
                await journal.ProbeAsync();
            }
        });
        Assert.Contains("is full", still.Message, StringComparison.Ordinal);

        Assert.Contains("aufruf.db is full", journal.Trouble, StringComparison.Ordinal);
        await disk.GrowAsync(kilobytes: 16_384);
        await journal.ProbeAsync();
        Assert.Null(journal.Trouble);
        await AssertHeldAsync(journal, acknowledged.Sum(a => a.Entries), atMostMore: streams);
        for (var s = 0; s < streams; s++)
        {
            var head = await HeadOf(journal, $"s{s}");
            Assert.Equal(head.Version + 1, (await journal.AppendAsync($"s{s}", head, SmallOffice.Nine, Entry(100))).Version);
        }
    }

    [Fact]
    public async Task Two_journals_on_one_file_wait_for_each_other_and_lose_nothing()
    {
        await using var one = new SqliteJournal(_folder.File("a.db"));
        await using var two = new SqliteJournal(_folder.File("a.db"));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(s => Task.Run(async () =>
        {
            var head = JournalHead.Start;
            for (var n = 0; n < 20; n++)
            {
                head = await (s % 2 == 0 ? one : two).AppendAsync($"s{s}", head, SmallOffice.Nine, Entry(100));
            }
        }, Stop)));
        await AssertHeldAsync(two, 120, 0);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_and_not_overwritten()
    {
        var file = _folder.Write("aufruf.db", new string('x', 5000));
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => new SqliteJournal(file));
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(file, Stop));
    }

    [Fact]
    public async Task An_error_harms_no_entry_before_it()
    {
        await using (var journal = new SqliteJournal(_folder.File("a.db")))
        {
            var head = await journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, Entry(100));
            await using (var thief = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.File("a.db")};Pooling=False"))
            {
                await thief.OpenAsync(Stop);
                await using var command = thief.CreateCommand();
                command.CommandText = "ALTER TABLE journal RENAME TO elsewhere";
                await command.ExecuteNonQueryAsync(Stop);
                var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync("s", head, SmallOffice.Nine, Entry(100)));
                Assert.Contains("a.db failed", refused.Message, StringComparison.Ordinal);
                command.CommandText = "DROP TABLE IF EXISTS journal; ALTER TABLE elsewhere RENAME TO journal";
                await command.ExecuteNonQueryAsync(Stop);
            }

            await journal.AppendAsync("s", head, SmallOffice.Nine, Entry(100));
            Assert.Null(journal.Trouble);
            await AssertHeldAsync(journal, 2, 0);
        }
    }

    private static async Task<(long Entries, JournalUnavailableException Refusal)> AppendUntilRefusedAsync(SqliteJournal journal, string stream)
    {
        var head = JournalHead.Start;
        for (var n = 0; n < 5000; n++)
        {
            try
            {
                head = await journal.AppendAsync(stream, head, SmallOffice.Nine, Entry(2000));
            }
            catch (JournalUnavailableException refusal)
            {
                return (head.Version, refusal);
            }
        }

        throw new InvalidOperationException("The disk never filled.");
    }

    private static async Task<JournalHead> HeadOf(SqliteJournal journal, string stream)
    {
        var head = JournalHead.Start;
        await foreach (var entry in journal.ReadAsync(stream, Stop))
        {
            head = new(entry.Version, entry.Hash);
        }

        return head;
    }

    private static async Task AssertHeldAsync(SqliteJournal journal, long acknowledged, long atMostMore)
    {
        var report = await JournalAudit.VerifyAsync(journal, Stop);
        Assert.Null(report.Fault);
        Assert.InRange(report.Entries, acknowledged, acknowledged + atMostMore);
    }
}
