using System.Data.Common;
using System.Text;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Aufruf.Tests.Grains;

/// <summary>A subscription follows the journal: every entry at least once, in order, and on from its checkpoint after a fault.</summary>
public sealed class SubscriptionTests(Postgres postgres) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly ListLogger<Subscription> _log = new();
    private readonly Dictionary<string, JournalHead> _heads = [];

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_takes_what_was_there_and_what_comes_and_nothing_of_other_kinds()
    {
        var reader = new Reader(Kept());
        await AppendAsync("queue/a", "queue/b", "credentials/x", "queue/a");
        await using var follow = Follow(reader);
        await ReachAsync(follow, 4);
        await AppendAsync("credentials/x", "queue/b");
        await ReachAsync(follow, 6);
        Assert.Equal(["queue/a 1", "queue/b 1", "queue/a 2", "queue/b 2"], reader.Taken);
        Assert.Null(follow.Subscription.Trouble);
        Assert.Equal(6, await Kept().FindAsync("test", Stop));
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_at_its_checkpoint()
    {
        await AppendAsync("queue/a", "queue/a");
        await using (var first = Follow(new Reader(Kept())))
        {
            await ReachAsync(first, 2);
        }

        await AppendAsync("queue/a");
        var again = new Reader(Kept());
        await using var follow = Follow(again);
        await ReachAsync(follow, 3);
        Assert.Equal(["queue/a 3"], again.Taken);
    }

    [Fact]
    public async Task After_an_older_journal_was_put_back_it_begins_again()
    {
        await Kept().KeepAsync("test", 17, Stop);
        await AppendAsync("queue/a", "queue/a");
        var reader = new Reader(Kept());
        await using var follow = Follow(reader);
        await ReachAsync(follow, 2);
        Assert.Equal(["queue/a 1", "queue/a 2"], reader.Taken);
        Assert.Equal(2, await Kept().FindAsync("test", Stop));
    }

    [Fact]
    public async Task A_fault_is_named_and_tried_again_at_the_same_entry_after_growing_pauses()
    {
        var reader = new Reader(Kept()) { Fails = entry => entry.Version == 2 };
        await AppendAsync("queue/a", "queue/a", "queue/a");
        await using var follow = Follow(reader);
        await UntilAsync(() => _log.Lines.Count == 1);
        Assert.Equal("The printer is on fire.", follow.Subscription.Trouble);
        foreach (var seconds in new[] { 1, 2, 4 })
        {
            var before = _log.Lines.Count;
            _clock.Advance(TimeSpan.FromSeconds(seconds - 0.1));
            Assert.Equal(before, _log.Lines.Count);
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            await UntilAsync(() => _log.Lines.Count > before);
        }

        reader.Fails = _ => false;
        _clock.Advance(TimeSpan.FromSeconds(8));
        await ReachAsync(follow, 3);
        await UntilAsync(() => follow.Subscription.Trouble is null);
        Assert.Equal(["queue/a 2", "queue/a 3"], reader.Taken[^2..]);
    }

    [Fact, Trait("Needs", "process")]
    public async Task Checkpoints_are_kept_in_PostgreSQL_as_in_SQLite()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        foreach (var checkpoints in new[] { Kept(), Checkpoints.InPostgres(database) })
        {
            Assert.Equal(0, await checkpoints.FindAsync("transfers", Stop));
            await checkpoints.KeepAsync("transfers", 17, Stop);
            await checkpoints.KeepAsync("reports", 5, Stop);
            await checkpoints.KeepAsync("transfers", 18, Stop);
            Assert.Equal((18L, 5L), (await checkpoints.FindAsync("transfers", Stop), await checkpoints.FindAsync("reports", Stop)));
        }
    }

    [Fact]
    public async Task A_database_of_checkpoints_that_is_damaged_is_closed_after_each_try()
    {
        var file = _folder.File("subscriptions.db");
        await File.WriteAllTextAsync(file, new string('x', 4096), Stop);
        var checkpoints = Kept();
        for (var tries = 0; tries < 3; tries++)
        {
            await Assert.ThrowsAnyAsync<DbException>(() => checkpoints.FindAsync("test", Stop));
        }

        Assert.DoesNotContain(Directory.GetFiles("/proc/self/fd"), open => new FileInfo(open).LinkTarget == file);
    }

    private Checkpoints Kept() => Checkpoints.InSqlite(_folder.File("subscriptions.db"));

    private Running Follow(ISubscriber reader) => new(new Subscription("test", "queue", _journal, reader, _clock, _log));

    private async Task AppendAsync(params string[] streams)
    {
        foreach (var stream in streams)
        {
            _heads[stream] = await _journal.AppendAsync(
                stream, _heads.GetValueOrDefault(stream, JournalHead.Start), SmallOffice.Nine, Encoding.UTF8.GetBytes("{}"));
        }
    }

    /// <summary>The subscription gathers the entries of many commits, so the clock must go on.</summary>
    private async Task ReachAsync(Running follow, long position)
    {
        var reached = follow.Subscription.ReachAsync(position, Stop);
        while (!reached.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.WhenAny(reached, Task.Delay(5, Stop));
        }

        await reached;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, Stop);
        }
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        public Running(Subscription subscription) => (Subscription, _run) = (subscription, subscription.RunAsync(_stop.Token));

        public Subscription Subscription { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }

    private sealed class Reader(Checkpoints checkpoints) : ISubscriber
    {
        public List<string> Taken { get; } = [];

        public Func<JournalEntry, bool> Fails { get; set; } = _ => false;

        public Task<long> BeginAsync(CancellationToken cancellationToken) => checkpoints.FindAsync("test", cancellationToken);

        public Task TakeAsync(JournalEntry entry, CancellationToken cancellationToken)
        {
            if (Fails(entry))
            {
                throw new IOException("The printer is on fire.");
            }

            Taken.Add($"{entry.Stream} {entry.Version}");
            return Task.CompletedTask;
        }

        public Task KeepAsync(long position, CancellationToken cancellationToken) =>
            checkpoints.KeepAsync("test", position, cancellationToken);
    }
}
