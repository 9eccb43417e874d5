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
    public async Task A_hub_whose_connection_ends_stops_and_the_other_one_goes_on_within_seconds()
    {
        var address = await postgres.NewDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(address);
        await using var stop = new StopAtEnd();
        var journal = new MemoryJournal();
        await journal.AppendAsync("queue/a", Aufruf.Grains.Journal.JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        var hubs = Enumerable.Range(0, 2).Select(_ => new Subscription("test", "queue", journal, new Reader(Checkpoints.InPostgres(database)),
            TimeProvider.System, new ListLogger<Subscription>()) { Leases = new PostgresLeases(address) }).ToArray();
        stop.Run(hubs.Select(hub => hub.RunAsync(stop.Token)));
        await UntilAsync(() => hubs.Count(hub => hub.IsHere) == 1);
        var first = hubs.Single(hub => hub.IsHere);
        await first.ReachAsync(1, Stop);

        // As if its machine were gone, or frozen for longer than the database waits.
        await using var end = database.CreateCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' "
            + "AND classid = 4160 AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        Assert.Equal(1L, await end.ExecuteScalarAsync(Stop));
        await UntilAsync(() => hubs.Single(hub => hub != first).IsHere && !first.IsHere);
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

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(20, Stop);
        }
    }

    private sealed class StopAtEnd : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _all = Task.CompletedTask;

        public CancellationToken Token => _stop.Token;

        public void Run(IEnumerable<Task> all) => _all = Task.WhenAll(all);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _all;
            _stop.Dispose();
        }
    }

    private sealed class Reader(ICheckpoints checkpoints) : ISubscriber
    {
        public Task<long> BeginAsync(CancellationToken cancellationToken) => checkpoints.FindAsync("test", cancellationToken);

        public Task TakeAsync(Aufruf.Grains.Journal.JournalEntry entry, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task KeepAsync(long position, CancellationToken cancellationToken) =>
            checkpoints.KeepAsync("test", position, cancellationToken);
    }
}
