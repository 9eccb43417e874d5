using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Tests.Running;
using Npgsql;

namespace Aufruf.Tests.Grains;

/// <summary>Of several hubs on one PostgreSQL, one at a time runs a subscription, and another goes on when it dies.</summary>
[Trait("Needs", "process")]
public sealed class LeaseTests(Postgres postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_hub_at_a_time_has_a_lease_and_the_next_one_gets_it()
    {
        var leases = new PostgresLeases(await postgres.NewDatabaseAsync());
        var first = await leases.TakeAsync("transfers", Stop);
        var second = leases.TakeAsync("transfers", Stop);
        await using (await leases.TakeAsync("reports", Stop)) // Another name is another lease.
        {
            Assert.False(second.IsCompleted);
        }

        await first.DisposeAsync();
        await using var next = await second;
        Assert.False(next.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_hub_whose_connection_ends_learns_it_and_another_one_goes_on_within_seconds()
    {
        var address = await postgres.NewDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(address);
        var journal = new MemoryJournal();
        await journal.AppendAsync("queue/a", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        stop.CancelAfter(TimeSpan.FromSeconds(30));
        await using var first = await new PostgresLeases(address).TakeAsync("test", stop.Token);
        var other = new Subscription("test", "queue", journal, new Reader(Checkpoints.InPostgres(database)), TimeProvider.System,
            new ListLogger<Subscription>())
        { Leases = new PostgresLeases(address) };
        var run = other.RunAsync(stop.Token);
        Assert.False(other.IsHere);

        await EndLeaseAsync(database);
        await other.ReachAsync(1, stop.Token);
        Assert.True(other.IsHere);
        var lost = new TaskCompletionSource();
        await using var learned = first.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(stop.Token);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_hub_that_is_silent_for_longer_loses_its_connection()
    {
        await using var connection = new NpgsqlConnection(await postgres.NewDatabaseAsync());
        await connection.OpenAsync(Stop);
        await using var silence = new NpgsqlCommand(PostgresLeases.EndsInSilence, connection);
        await silence.ExecuteNonQueryAsync(Stop);
        await using var read = new NpgsqlCommand("SHOW idle_session_timeout", connection);
        Assert.Equal("4s", await read.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task A_hub_that_wakes_when_another_one_has_its_lease_writes_nothing_twice()
    {
        var address = await postgres.NewDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(address);
        await using var journal = new PostgresJournal(database);
        await using var otherJournal = new PostgresJournal(database);
        await journal.AppendAsync("queue/a", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        stop.CancelAfter(TimeSpan.FromSeconds(30));
        var (frozen, other) = (new Reminder(address, database, journal), new Reminder(address, database, otherJournal));
        frozen.Goes = new();
        var run = frozen.RunAsync(stop.Token);
        await frozen.Began.Task.WaitAsync(stop.Token); // It knows the entry and the wheel, and has written nothing.
        await EndLeaseAsync(database);
        var runOther = other.RunAsync(stop.Token);
        await other.Subscription.ReachAsync(1, stop.Token);
        Assert.Equal(1, await journal.LastVersionAsync(Reminder.Stream));
        frozen.Goes.SetResult();
        await frozen.Sent.Task.WaitAsync(stop.Token);
        Assert.Equal(1, await journal.LastVersionAsync(Reminder.Stream));
        Assert.Equal(1, await Checkpoints.InPostgres(database).FindAsync("reminders", stop.Token));
        await stop.CancelAsync();
        await Task.WhenAll(run, runOther);
    }

    /// <summary>As if the machine of its hub were gone, or frozen for longer than the database waits.</summary>
    private static async Task EndLeaseAsync(NpgsqlDataSource database)
    {
        await using var end = database.CreateCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' "
            + "AND classid = 4160 AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        Assert.Equal(1L, await end.ExecuteScalarAsync(Stop));
    }

    /// <summary>Sets a deadline after each entry.</summary>
    private sealed class Reminder(string address, NpgsqlDataSource database, PostgresJournal journal) : FollowUp("reminders", "queue",
        new(journal, Checkpoints.InPostgres(database), new PostgresLeases(address), TimeProvider.System), new ListLogger<Reminder>())
    {
        public const string Stream = "deadlines/town.2026-11-23";

        private readonly Journaled<Wheel, WheelCommand, WheelEvent> _wheel = Journaled.Of<Wheel, WheelCommand, WheelEvent>(
            Stream, journal, new Heard<Wheel, WheelEvent>(), TimeProvider.System);

        public TaskCompletionSource Began { get; } = new();

        public TaskCompletionSource Sent { get; } = new();

        /// <summary>Null: it is not frozen.</summary>
        public TaskCompletionSource? Goes { get; set; }

        protected override async Task CarryOutAsync(JournalEntry entry)
        {
            await _wheel.ViewAsync();
            Began.TrySetResult();
            await (Goes?.Task ?? Task.CompletedTask);
            var request = new RequestId(new Guid(entry.Hash.Span[..16])); // As every process: it follows from the entry.
            await _wheel.Handle(request, new WheelCommand.SetDeadline(new("test", entry.Stream, SmallOffice.Nine)));
            Sent.TrySetResult();
        }
    }

    private sealed class Reader(ICheckpoints checkpoints) : ISubscriber
    {
        public Task<long> BeginAsync(CancellationToken cancellationToken) => checkpoints.FindAsync("test", cancellationToken);

        public Task TakeAsync(JournalEntry entry, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task KeepAsync(long position, CancellationToken cancellationToken) =>
            checkpoints.KeepAsync("test", position, cancellationToken);
    }
}
