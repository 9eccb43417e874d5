using System.Data.Common;
using Aufruf.Contracts;
using Npgsql;

namespace Aufruf.Hub.Clustering;

/// <summary>Lets one log-in of an office at a time pass: two at once, in two areas, would each find the other seat free.</summary>
public interface ITurns
{
    /// <returns>Ends the turn when it is disposed.</returns>
    Task<IAsyncDisposable> TakeAsync(string office);
}

/// <summary>The turns of a hub that is alone.</summary>
internal sealed class LocalTurns : ITurns, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<IAsyncDisposable> TakeAsync(string office)
    {
        await _gate.WaitAsync();
        return new Turn(_gate);
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            gate.Release();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>The turns of several hubs: a lock in PostgreSQL, which ends with its transaction.</summary>
internal sealed class PostgresTurns(NpgsqlDataSource database) : ITurns
{
    public async Task<IAsyncDisposable> TakeAsync(string office)
    {
        var turn = new Turn();
        try
        {
            turn.Connection = await database.OpenConnectionAsync();
            turn.Transaction = await turn.Connection.BeginTransactionAsync();
            // A frozen hub must not hold the turn for ever.
            await using var take = new NpgsqlBatch(turn.Connection)
            {
                BatchCommands =
                {
                    new("SET LOCAL idle_in_transaction_session_timeout TO '15s'"),
                    new("SELECT pg_advisory_xact_lock(4162, hashtext($1))") { Parameters = { new() { Value = office } } },
                },
            };
            await take.ExecuteNonQueryAsync();
            return turn;
        }
        catch (DbException error)
        {
            await turn.DisposeAsync();
            throw new JournalUnavailableException($"PostgreSQL cannot be reached: {error.Message}", error);
        }
    }

    private sealed class Turn : IAsyncDisposable
    {
        public NpgsqlConnection? Connection { get; set; }

        public NpgsqlTransaction? Transaction { get; set; }

        public async ValueTask DisposeAsync()
        {
            await (Transaction?.DisposeAsync() ?? default);
            await (Connection?.DisposeAsync() ?? default);
        }
    }
}
