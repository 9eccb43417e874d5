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
        await journal.AppendAsync("queue/a", Aufruf.Grains.Journal.JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        stop.CancelAfter(TimeSpan.FromSeconds(30));
        await using var first = await new PostgresLeases(address).TakeAsync("test", stop.Token);
        var other = new Subscription("test", "queue", journal, new Reader(Checkpoints.InPostgres(database)), TimeProvider.System,
            new ListLogger<Subscription>()) { Leases = new PostgresLeases(address) };
        var run = other.RunAsync(stop.Token);
        Assert.False(other.IsHere);

        // As if its machine were gone, or frozen for longer than the database waits.
        await using var end = database.CreateCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' "
            + "AND classid = 4160 AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        Assert.Equal(1L, await end.ExecuteScalarAsync(stop.Token));
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

    private sealed class Reader(ICheckpoints checkpoints) : ISubscriber
    {
        public Task<long> BeginAsync(CancellationToken cancellationToken) => checkpoints.FindAsync("test", cancellationToken);

        public Task TakeAsync(Aufruf.Grains.Journal.JournalEntry entry, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task KeepAsync(long position, CancellationToken cancellationToken) =>
            checkpoints.KeepAsync("test", position, cancellationToken);
    }
}
