using System.Data.Common;
using Npgsql;

namespace Aufruf.Grains.Subscriptions;

/// <summary>Lets one hub at a time run what has a name, such as a subscription.</summary>
public interface ILeases
{
    /// <summary>Waits until no other hub has the lease. It ends when it is disposed of, or when this hub dies.</summary>
    Task<Lease> TakeAsync(string name, CancellationToken cancellationToken);
}

/// <summary>The right to run something, until it is given back or lost.</summary>
public class Lease : IAsyncDisposable
{
    /// <summary>Cancelled when another hub may have it.</summary>
    public virtual CancellationToken Lost => CancellationToken.None;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}

/// <summary>For a hub without others: it always has every lease.</summary>
public sealed class OneHub : ILeases
{
    public static OneHub Only { get; } = new();

    public Task<Lease> TakeAsync(string name, CancellationToken cancellationToken) => Task.FromResult(new Lease());
}

/// <summary>Leases in PostgreSQL: each is a lock of a connection of its own, so it ends with its hub.</summary>
/// <remarks>
/// The connection says each second that its hub lives. PostgreSQL ends it when it is silent for longer, also when the hub is frozen.
/// A hub that wakes may act once more before it notices: what runs under a lease must bear that.
/// </remarks>
public sealed class PostgresLeases : ILeases
{
    /// <summary>PostgreSQL ends a connection that says nothing for longer than some beats.</summary>
    internal const string EndsInSilence = "SET idle_session_timeout = '4s'";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly string _address;

    public PostgresLeases(string connectionString) => _address = new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = false,
        CommandTimeout = 3,
        KeepAlive = 0,
    }.ToString();

    public async Task<Lease> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_address);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using (var silence = new NpgsqlCommand(EndsInSilence, connection))
            {
                await silence.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var take = connection.With("SELECT pg_try_advisory_lock(4160, hashtext(@name))", ("name", name));
            while (await take.ExecuteScalarAsync(cancellationToken) is not true)
            {
                await Task.Delay(Beat, cancellationToken);
            }

            return new Locked(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private sealed class Locked : Lease
    {
        private readonly NpgsqlConnection _connection;
        private readonly CancellationTokenSource _lost = new();
        private readonly CancellationTokenSource _given = new();
        private readonly Task _beating;

        public Locked(NpgsqlConnection connection)
        {
            _connection = connection;
            Lost = _lost.Token;
            _beating = Task.Run(BeatAsync);
        }

        public override CancellationToken Lost { get; }

        private async Task BeatAsync()
        {
            try
            {
                while (true)
                {
                    await Task.Delay(Beat, _given.Token);
                    await using var beat = new NpgsqlCommand("SELECT 1", _connection);
                    await beat.ExecuteNonQueryAsync(CancellationToken.None);
                }
            }
            catch (OperationCanceledException) when (_given.IsCancellationRequested)
            {
                // It is given back.
            }
            catch (Exception error) when (error is DbException or IOException or TimeoutException or InvalidOperationException)
            {
                await _lost.CancelAsync(); // The lock may be another hub's now.
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await _given.CancelAsync();
            await _beating;
            await _connection.DisposeAsync();
            _lost.Dispose();
            _given.Dispose();
            await base.DisposeAsync();
            GC.SuppressFinalize(this);
        }
    }
}
