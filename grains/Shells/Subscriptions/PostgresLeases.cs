using System.Data.Common;
using Npgsql;

namespace Aufruf.Grains.Subscriptions;

/// <summary>Leases in PostgreSQL: locks of one connection of this hub, so all of them end with it.</summary>
/// <remarks>
/// The connection says each second that its hub lives, and asks for what is waited for. PostgreSQL ends it when it is silent for longer,
/// also when the hub is frozen. A hub that wakes may act once more before it notices: what runs under a lease must bear that.
/// </remarks>
public sealed class PostgresLeases : ILeases
{
    /// <summary>PostgreSQL ends a connection that says nothing for longer than some beats.</summary>
    internal const string EndsInSilence = "SET idle_session_timeout = '4s'";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<Turn> _waiting = [];
    private readonly Dictionary<string, Turn> _held = [];
    private readonly HashSet<string> _given = [];
    private readonly string _address;
    private TaskCompletionSource _changed = new();
    private bool _isKept;

    public PostgresLeases(string connectionString) => _address = new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = false,
        CommandTimeout = 3,
        KeepAlive = 0,
    }.ToString();

    public async Task<Lease> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var turn = new Turn(name, this);
        lock (_gate)
        {
            _waiting.Add(turn);
            _changed.TrySetResult();
            if (!_isKept)
            {
                _isKept = true;
                _ = Task.Run(KeepAsync, CancellationToken.None);
            }
        }

        try
        {
            await turn.Came.Task.WaitAsync(cancellationToken);
            return turn;
        }
        catch
        {
            GiveBack(turn);
            throw;
        }
    }

    /// <summary>Runs while somebody waits for a lease or has one.</summary>
    private async Task KeepAsync()
    {
        NpgsqlConnection? connection = null;
        while (IsNeeded())
        {
            try
            {
                connection ??= await OpenAsync();
                await ReleaseAsync(connection);
                await AskAsync(connection);
            }
            catch (Exception error) when (error is DbException or IOException or TimeoutException or InvalidOperationException)
            {
                Lose(error);
                await (connection?.DisposeAsync() ?? default);
                connection = null;
            }

            await Task.WhenAny(_changed.Task, Task.Delay(Beat));
        }

        await (connection?.DisposeAsync() ?? default);
    }

    private bool IsNeeded()
    {
        lock (_gate)
        {
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _isKept = _waiting.Count + _held.Count + _given.Count > 0;
        }
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(_address);
        try
        {
            await connection.OpenAsync();
            await using var silence = new NpgsqlCommand(EndsInSilence, connection);
            await silence.ExecuteNonQueryAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task ReleaseAsync(NpgsqlConnection connection)
    {
        string[] given;
        lock (_gate)
        {
            given = [.. _given];
        }

        await using var release = connection.With("SELECT pg_advisory_unlock(4160, hashtext(name)) FROM unnest(@names) AS name",
            ("names", given));
        await release.ExecuteNonQueryAsync();
        lock (_gate)
        {
            _given.ExceptWith(given);
        }
    }

    /// <summary>Also where nothing is waited for: it says that the hub lives.</summary>
    private async Task AskAsync(NpgsqlConnection connection)
    {
        string[] names;
        lock (_gate)
        {
            names = [.. _waiting.Select(turn => turn.Name).Distinct().Except(_held.Keys).Except(_given)];
        }

        await using var ask = connection.With("SELECT name FROM unnest(@names) AS name WHERE pg_try_advisory_lock(4160, hashtext(name))",
            ("names", names));
        await using var reader = await ask.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            Come(reader.GetString(0));
        }
    }

    private void Come(string name)
    {
        Turn? next;
        lock (_gate)
        {
            next = _waiting.Find(turn => turn.Name == name);
            if (next is null)
            {
                _given.Add(name); // The wait was cancelled.
                return;
            }

            _waiting.Remove(next);
            _held.Add(name, next);
        }

        next.Came.TrySetResult();
    }

    /// <summary>The locks may be another hub's now. Those who wait hear why, and try again.</summary>
    private void Lose(Exception error)
    {
        Turn[] waiting, held;
        lock (_gate)
        {
            (waiting, held) = ([.. _waiting], [.. _held.Values]);
            _waiting.Clear();
            _held.Clear();
            _given.Clear();
        }

        foreach (var turn in waiting)
        {
            turn.Came.TrySetException(error);
        }

        foreach (var turn in held)
        {
            turn.Lose();
        }
    }

    private void GiveBack(Turn turn)
    {
        lock (_gate)
        {
            if (_held.GetValueOrDefault(turn.Name) == turn)
            {
                _held.Remove(turn.Name);
                _given.Add(turn.Name);
            }
            else
            {
                _waiting.Remove(turn);
            }

            _changed.TrySetResult();
        }
    }

    private sealed class Turn(string name, PostgresLeases leases) : Lease
    {
        private readonly CancellationTokenSource _lost = new();

        public string Name => name;

        public TaskCompletionSource Came { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override CancellationToken Lost => _lost.Token;

        public void Lose() => _ = Task.Run(_lost.CancelAsync);

        public override ValueTask DisposeAsync()
        {
            leases.GiveBack(this);
            return base.DisposeAsync();
        }
    }
}
