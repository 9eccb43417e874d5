using System.Collections.Concurrent;
using System.Diagnostics;
using Aufruf.Grains.Subscriptions;
using Aufruf.Tests.Running;
using Npgsql;

namespace Aufruf.Tests.Grains;

/// <summary>Leases while the database ends connections, falls silent, or cannot be found.</summary>
[Trait("Needs", "process")]
public sealed class LeaseStormTests(Postgres postgres)
{
    private static readonly string[] Names = [.. Enumerable.Range(1, 30).Select(n => $"subscription-{n}")];

    // PostgreSQL ends a session at once. Its hub learns it with the next beat, a second later.
    private static readonly TimeSpan Learns = TimeSpan.FromSeconds(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_that_end_at_any_moment_leave_one_hub_per_lease_and_no_lease_behind()
    {
        var address = await postgres.NewDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(address);
        using var storm = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        storm.CancelAfter(TimeSpan.FromSeconds(12));
        var hubs = new[] { new PostgresLeases(address), new PostgresLeases(address) };
        var holders = new ConcurrentDictionary<string, Held>();
        var faults = new ConcurrentQueue<string>();
        var workers = (from hub in hubs from name in Names select WorkAsync(hub, name, holders, faults, storm.Token)).ToArray();
        var ends = 0L;
        while (!storm.IsCancellationRequested)
        {
            await Task.Delay(Random.Shared.Next(0, 700), Stop);
            ends += await EndAllAsync(database);
        }

        await Task.WhenAll(workers).WaitAsync(TimeSpan.FromSeconds(20), Stop);
        Assert.Empty(faults);
        Assert.True(ends > 10, $"{ends} connections were ended.");
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        soon.CancelAfter(TimeSpan.FromSeconds(10));
        var all = await Task.WhenAll(Names.Select(name => TakeWithPatienceAsync(hubs[0], name, soon.Token)));
        await Task.WhenAll(all.Select(lease => lease.DisposeAsync().AsTask()));
        while (await LocksAsync(database) > 0)
        {
            await Task.Delay(50, soon.Token);
        }

        all = await Task.WhenAll(Names.Select(name => TakeWithPatienceAsync(hubs[1], name, soon.Token)));
        Assert.DoesNotContain(all, lease => lease.Lost.IsCancellationRequested);
        await Task.WhenAll(all.Select(lease => lease.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_hub_that_stops_in_order_leaves_its_leases_to_the_other_one_within_a_second_or_two()
    {
        var address = await postgres.NewDatabaseAsync();
        var (first, second) = (new PostgresLeases(address), new PostgresLeases(address));
        var held = await Task.WhenAll(Names.Select(name => first.TakeAsync(name, Stop)));
        var next = Names.Select(name => second.TakeAsync(name, Stop)).ToArray();
        await Task.Delay(1500, Stop);
        Assert.DoesNotContain(next, wait => wait.IsCompleted);
        var began = Stopwatch.StartNew();
        await Task.WhenAll(held.Select(lease => lease.DisposeAsync().AsTask()));
        await Task.WhenAll(next).WaitAsync(TimeSpan.FromSeconds(10), Stop);
        Assert.InRange(began.Elapsed.TotalSeconds, 0, 2);
        foreach (var wait in next)
        {
            await (await wait).DisposeAsync();
        }
    }

    [Fact]
    public async Task An_old_lease_that_is_given_back_late_leaves_the_new_one_alone()
    {
        var address = await postgres.NewDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(address);
        var (hub, other) = (new PostgresLeases(address), new PostgresLeases(address));
        var old = await hub.TakeAsync("transfers", Stop);
        await EndAllAsync(database);
        var lost = new TaskCompletionSource();
        await using var learned = old.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        var again = await hub.TakeAsync("transfers", Stop);
        await old.DisposeAsync();
        await old.DisposeAsync();
        var waits = other.TakeAsync("transfers", Stop);
        await Task.Delay(2500, Stop);
        Assert.False(waits.IsCompleted);
        Assert.False(again.Lost.IsCancellationRequested);
        await again.DisposeAsync();
        await (await waits.WaitAsync(TimeSpan.FromSeconds(5), Stop)).DisposeAsync();
    }

    [Fact]
    public async Task A_database_whose_name_is_unknown_for_a_while_is_asked_again_each_time()
    {
        var leases = new PostgresLeases("Host=no-such-host.invalid;Username=aufruf;Database=x;Timeout=5");
        for (var n = 0; n < 3; n++)
        {
            var error = await Record.ExceptionAsync(() => leases.TakeAsync("transfers", Stop).WaitAsync(TimeSpan.FromSeconds(15), Stop));
            Assert.NotNull(error);
            Assert.False(error is TimeoutException, $"Take {n} waits for ever.");
        }
    }

    [Fact]
    public async Task A_hub_that_hears_nothing_from_the_database_gives_up_its_leases_before_another_one_gets_them()
    {
        var address = new NpgsqlConnectionStringBuilder(await postgres.NewDatabaseAsync());
        await using var wire = new SilentWire(address.Port);
        var direct = address.ToString();
        address.Port = wire.Port;
        var lease = await new PostgresLeases(address.ToString()).TakeAsync("transfers", Stop);
        await Task.Delay(1500, Stop);
        var waits = new PostgresLeases(direct).TakeAsync("transfers", Stop);
        var (lost, clock) = (TimeSpan.MaxValue, Stopwatch.StartNew());
        await using var learned = lease.Lost.Register(() => lost = clock.Elapsed);
        wire.IsSilent = true;
        await (await waits.WaitAsync(TimeSpan.FromSeconds(30), Stop)).DisposeAsync();
        Assert.True(lost < clock.Elapsed, "Two hubs have the lease.");
    }

    /// <summary>One worker of one hub: takes its lease, notes that it has it, and gives it back.</summary>
    private static async Task WorkAsync(PostgresLeases hub, string name, ConcurrentDictionary<string, Held> holders,
        ConcurrentQueue<string> faults, CancellationToken storm)
    {
        while (!storm.IsCancellationRequested)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(storm);
                patience.CancelAfter(Random.Shared.Next(0, 3000)); // Often just when the lock comes.
                await using var lease = await hub.TakeAsync(name, patience.Token);
                var mine = new Held(lease);
                if (holders.TryGetValue(name, out var before) && !before.IsOver
                    && await LearnsNothingAsync(before))
                {
                    faults.Enqueue($"{name} has two holders.");
                }

                holders[name] = mine;
                await Task.Delay(Random.Shared.Next(0, 400), lease.Lost)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                mine.IsOver = true;
            }
            catch (Exception error) when (error is OperationCanceledException or NpgsqlException or IOException)
            {
                await Task.Delay(20, Stop);
            }
        }
    }

    /// <summary>A holder before whose connection ended hears of it in time.</summary>
    private static async Task<bool> LearnsNothingAsync(Held before)
    {
        for (var began = Stopwatch.StartNew(); began.Elapsed < Learns; await Task.Delay(20, Stop))
        {
            if (before.IsOver || before.Lease.Lost.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<Lease> TakeWithPatienceAsync(PostgresLeases hub, string name, CancellationToken soon)
    {
        while (true)
        {
            try
            {
                return await hub.TakeAsync(name, soon);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50, soon);
            }
        }
    }

    private static async Task<long> EndAllAsync(NpgsqlDataSource database)
    {
        await using var end = database.CreateCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            + "WHERE datname = current_database() AND pid <> pg_backend_pid()");
        return (long)(await end.ExecuteScalarAsync(Stop))!;
    }

    private static async Task<long> LocksAsync(NpgsqlDataSource database)
    {
        await using var count = database.CreateCommand("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 4160 "
            + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        return (long)(await count.ExecuteScalarAsync(Stop))!;
    }

    private sealed class Held(Lease lease)
    {
        private volatile bool _isOver;

        public Lease Lease => lease;

        public bool IsOver
        {
            get => _isOver;
            set => _isOver = value;
        }
    }
}
