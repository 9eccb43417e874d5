using System.Text;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Grains.Journal;

/// <summary>The promises of every journal, tested on real SQLite and on real PostgreSQL.</summary>
public abstract class JournalContract : IAsyncLifetime
{
    private GroupCommitJournal? _journal;

    private protected GroupCommitJournal Journal =>
        _journal ?? throw new InvalidOperationException("The journal is opened before each test.");

    private protected abstract Task<GroupCommitJournal> OpenAsync();

    /// <summary>Changes the database without the journal, in SQL that both databases understand.</summary>
    private protected abstract Task TamperAsync(string sql);

    public async ValueTask InitializeAsync() => _journal = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_journal is not null)
        {
            await _journal.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    // Far more than any test takes; a lost answer fails instead of hanging.
    private protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static byte[] Entry(int n) => Encoding.UTF8.GetBytes($$"""{"request":"{{n}}","text":"Grüße, ß, \u0000 und 🎟"}""");

    [Fact]
    public async Task An_entry_is_read_back_as_it_was_appended()
    {
        var at = SmallOffice.Nine.AddTicks(1_234_560); // 123.456 ms.
        var head = await Journal.AppendAsync("a.b.c", JournalHead.Start, at, Entry(1));
        var entry = Assert.Single(await Read("a.b.c"));
        Assert.Equal((1L, at), (entry.Version, entry.At));
        Assert.Equal(Entry(1), entry.Entry.ToArray());
        Assert.Equal(head.Hash.ToArray(), entry.Hash.ToArray());
    }

    [Fact]
    public async Task An_unknown_stream_is_empty() => Assert.Empty(await Read("nobody"));

    [Fact]
    public async Task A_reader_may_begin_after_any_entry_and_stop_at_any_entry()
    {
        var head = JournalHead.Start;
        for (var n = 1; n <= 1000; n++)
        {
            head = await Journal.AppendAsync("s", head, SmallOffice.Nine, Entry(n));
        }

        Assert.Equal(Enumerable.Range(998, 3), await Journal.ReadAsync("s", 997, Stop).Select(e => (int)e.Version).ToListAsync(Stop));
        Assert.Empty(await Journal.ReadAsync("s", 1000, Stop).ToListAsync(Stop));
        Assert.Equal(Entry(301), (await Journal.ReadAsync("s", 300, Stop).FirstAsync(Stop)).Entry.ToArray());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Journal.ReadAsync("s", 0, new CancellationToken(canceled: true)).FirstAsync(Stop));
        Assert.Equal(1000, await Journal.LastVersionAsync("s"));
    }

    [Fact]
    public async Task Times_survive_to_the_microsecond_and_in_UTC()
    {
        var berlin = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(1)).AddTicks(9_999_999);
        await Journal.AppendAsync("s", JournalHead.Start, berlin, Entry(1));
        var at = Assert.Single(await Read("s")).At;
        Assert.Equal((berlin.UtcTicks / 10 * 10, TimeSpan.Zero), (at.Ticks, at.Offset));
        Assert.Null((await AuditAsync()).Fault);
    }

    [Fact]
    public async Task An_append_at_an_old_version_writes_nothing()
    {
        var one = await Journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, Entry(1));
        await Assert.ThrowsAsync<VersionConflictException>(() => Journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, Entry(2)));
        Assert.Equal(Entry(1), Assert.Single(await Read("s")).Entry.ToArray());
        Assert.Null(Journal.Trouble);
        await Journal.AppendAsync("s", one, SmallOffice.Nine, Entry(3));
        Assert.Null((await AuditAsync()).Fault);
    }

    [Fact]
    public async Task Entries_of_one_stream_may_follow_each_other_before_the_first_is_written()
    {
        var (head, appends) = (JournalHead.Start, new List<Task<JournalHead>>());
        for (var n = 1; n <= 100; n++)
        {
            appends.Add(Journal.AppendAsync("s", head, SmallOffice.Nine, Entry(n)));
            head = head.Then("s", SmallOffice.Nine, Entry(n));
        }

        Assert.True((await Task.WhenAll(appends).WaitAsync(Limit, Stop))[^1].Is(head));
        Assert.Equal(100, (await Read("s")).Count);
        Assert.Null((await AuditAsync()).Fault);
    }

    [Fact]
    public async Task An_entry_that_follows_a_late_one_is_not_written_either()
    {
        await Journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, Entry(1));
        var late = Journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, Entry(2));
        var behind = Journal.AppendAsync("s", JournalHead.Start.Then("s", SmallOffice.Nine, Entry(2)), SmallOffice.Nine, Entry(3));
        await Assert.ThrowsAsync<VersionConflictException>(() => late.WaitAsync(Limit, Stop));
        await Assert.ThrowsAsync<VersionConflictException>(() => behind.WaitAsync(Limit, Stop));
        Assert.Single(await Read("s"));
        Assert.Null((await AuditAsync()).Fault);
    }

    [Fact]
    public async Task An_append_beyond_the_end_writes_nothing()
    {
        var one = await Journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, Entry(1));
        var lost = one.Then("s", SmallOffice.Nine, Entry(2)); // A head this journal never had, as after a restored backup.
        await Assert.ThrowsAsync<VersionConflictException>(() => Journal.AppendAsync("s", lost, SmallOffice.Nine, Entry(3)));
        Assert.Single(await Read("s"));
    }

    [Fact]
    public async Task A_conflict_harms_nobody_it_was_written_with()
    {
        await Journal.AppendAsync("late", JournalHead.Start, SmallOffice.Nine, Entry(0));
        var late = Enumerable.Range(0, 20).Select(n => Journal.AppendAsync("late", JournalHead.Start, SmallOffice.Nine, Entry(n)))
            .ToArray();
        var good = Enumerable.Range(0, 200)
            .Select(n => Task.Run(() => Journal.AppendAsync($"good-{n}", JournalHead.Start, SmallOffice.Nine, Entry(n)), Stop)).ToArray();
        await Task.WhenAll(good).WaitAsync(Limit, Stop);
        foreach (var append in late)
        {
            await Assert.ThrowsAsync<VersionConflictException>(() => append.WaitAsync(Limit, Stop));
        }

        Assert.Equal(201, (await AuditAsync()).Entries);
        Assert.Null((await AuditAsync()).Fault);
    }

    [Fact]
    public async Task Of_many_appends_at_one_version_one_is_written()
    {
        var all = Enumerable.Range(0, 30)
            .Select(n => Task.Run(() => Journal.AppendAsync("s", JournalHead.Start, SmallOffice.Nine, Entry(n)), Stop)).ToArray();
        await Task.WhenAll(all.Select(a => a.ContinueWith(_ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default)))
            .WaitAsync(Limit, Stop);
        var winner = Array.FindIndex(all, a => a.IsCompletedSuccessfully);
        Assert.Equal(1, all.Count(a => a.IsCompletedSuccessfully));
        Assert.All(all.Where(a => !a.IsCompletedSuccessfully), a => Assert.IsType<VersionConflictException>(a.Exception?.InnerException));
        Assert.Equal(Entry(winner), Assert.Single(await Read("s")).Entry.ToArray());
    }

    [Fact]
    public async Task Sixty_four_streams_at_once_lose_nothing_and_keep_their_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(s => Task.Run(() => AppendManyAsync($"stream-{s:00}", 40), Stop)));
        var report = await AuditAsync();
        Assert.Equal((64L, 64L * 40, null), (report.Streams, report.Entries, report.Fault));
        var entries = await Read("stream-17");
        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), entries.Select(e => e.Version));
        Assert.Equal(Enumerable.Range(1, 40).Select(Entry), entries.Select(e => e.Entry.ToArray()));
    }

    [Fact]
    public async Task Everything_is_read_by_stream_and_version_in_the_order_of_bytes()
    {
        foreach (var stream in (string[])["b", "a.ä", "a", "B", "a-b", "a.b"])
        {
            await AppendManyAsync(stream, 2);
        }

        var read = new List<(string, long)>();
        await foreach (var entry in Journal.ReadAllAsync(Stop))
        {
            read.Add((entry.Stream, entry.Version));
        }

        Assert.Equal(((string[])["B", "a", "a-b", "a.b", "a.ä", "b"]).SelectMany(s => new[] { (s, 1L), (s, 2L) }), read);
    }

    [Fact]
    public async Task A_reader_sees_whole_streams_while_others_write()
    {
        var writing = AppendManyAsync("s", 150);
        do
        {
            var seen = await Read("s");
            Assert.Equal(Enumerable.Range(1, seen.Count).Select(n => (long)n), seen.Select(e => e.Version));
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [Fact]
    public async Task A_probe_leaves_no_entry()
    {
        await Journal.ProbeAsync();
        await Journal.ProbeAsync();
        Assert.Equal(0, (await AuditAsync()).Entries);
        Assert.Null(Journal.Trouble);
    }

    [Fact]
    public async Task A_sound_journal_has_a_seal_that_changes_with_every_entry()
    {
        await AppendManyAsync("a", 3);
        var before = await AuditAsync();
        Assert.Equal(before.Seal, (await AuditAsync()).Seal);
        await AppendManyAsync("b", 1);
        Assert.NotEqual(before.Seal, (await AuditAsync()).Seal);
    }

    [Theory]
    [InlineData("UPDATE journal SET entry = replace(entry, 'text', 'test') WHERE stream = 'b' AND version = 3", "Stream b, entry 3 of")]
    [InlineData("UPDATE journal SET at = at + 1 WHERE stream = 'b' AND version = 2", "Stream b, entry 2 of")]
    [InlineData("DELETE FROM journal WHERE stream = 'b' AND version = 2",
        "Stream b, entry 3 of 2026-11-23T08:00:02.0000000+00:00: entry 2 is missing before it")]
    [InlineData("DELETE FROM journal WHERE stream = 'b' AND version = 1", "entry 1 is missing before it")]
    [InlineData("UPDATE journal SET version = 5 - version - 100 WHERE stream = 'b' AND version IN (2, 3); "
        + "UPDATE journal SET version = version + 100 WHERE version < 0", "Stream b, entry 2 of")]
    [InlineData("UPDATE journal SET stream = 'bb' WHERE stream = 'b'", "Stream bb, entry 1 of")]
    [InlineData("UPDATE journal SET hash = (SELECT hash FROM journal WHERE stream = 'a' AND version = 4) "
        + "WHERE stream = 'b' AND version = 4", "Stream b, entry 4 of")]
    public async Task The_audit_names_the_first_bad_entry(string tampering, string expected)
    {
        await AppendManyAsync("a", 5);
        await AppendManyAsync("b", 5);
        await AppendManyAsync("c", 5);
        await TamperAsync(tampering);
        Assert.Contains(expected, (await AuditAsync()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_cut_off_at_the_end_change_the_seal()
    {
        await AppendManyAsync("a", 5);
        var before = await AuditAsync();
        await TamperAsync("DELETE FROM journal WHERE version = 5");
        var after = await AuditAsync();
        Assert.Null(after.Fault);
        Assert.NotEqual(before.Seal, after.Seal);
    }

    [Fact]
    public async Task A_closed_journal_refuses_clearly_and_takes_nothing_half()
    {
        var appends = Enumerable.Range(0, 200)
            .Select(n => Task.Run(() => Journal.AppendAsync($"s-{n}", JournalHead.Start, SmallOffice.Nine, Entry(n)), Stop)).ToArray();
        await Journal.DisposeAsync();
        var written = 0;
        foreach (var append in appends)
        {
            try
            {
                await append.WaitAsync(Limit, Stop);
                written++;
            }
            catch (Aufruf.Contracts.JournalUnavailableException closed)
            {
                Assert.Contains("closed", closed.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(written, (await AuditAsync()).Entries);
    }

    private protected async Task AppendManyAsync(string stream, int count)
    {
        var head = JournalHead.Start;
        for (var n = 1; n <= count; n++)
        {
            head = await Journal.AppendAsync(stream, head, SmallOffice.Nine.AddSeconds(n - 1), Entry(n));
        }
    }

    private ValueTask<List<JournalEntry>> Read(string stream) => Journal.ReadAsync(stream, 0, Stop).ToListAsync(Stop);

    private Task<JournalAudit.Report> AuditAsync() => JournalAudit.VerifyAsync(Journal, Stop);
}
