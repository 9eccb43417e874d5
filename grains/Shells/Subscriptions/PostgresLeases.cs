using System.Diagnostics;
using Npgsql;

namespace Aufruf.Grains.Subscriptions;

/// <summary>Leases in PostgreSQL: locks of one connection of this hub, so all of them end with it.</summary>
/// <remarks>
/// The connection says each second that its hub lives, and asks for what is waited for. PostgreSQL ends it when it is silent for longer,
/// also when the hub is frozen. A hub that hears nothing gives its leases up before.
/// A hub that wakes may act once more before it notices: what runs under a lease must bear that.
/// </remarks>
public sealed class PostgresLeases : ILeases
{
    /// <summary>PostgreSQL ends a connection that says nothing for longer than some beats.</summary>
    internal const string EndsInSilence = "SET idle_session_timeout = '4s'";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), Least = TimeSpan.FromMilliseconds(100);

    // From the beginning of a talk that was answered. PostgreSQL begins to count later, so another hub gets the leases later.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(3.5);

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

    /// <summary>Runs while somebody waits for a lease or has one. No fault may end it: the next round begins anew.</summary>
    private async Task KeepAsync()
    {
        NpgsqlConnection? connection = null;
        var heard = 0L;
        while (IsNeeded())
        {
            var began = Stopwatch.GetTimestamp();
            var talk = Task.CompletedTask;
            try
            {
                if (connection is null)
                {
                    connection = await OpenAsync();
                    began = heard = Stopwatch.GetTimestamp();
                }

                var round = Round();
                var came = TalkAsync(connection, round);
                talk = came;
                var patience = LongestSilence - Stopwatch.GetElapsedTime(heard);
                Apply(round, await came.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero));
                heard = began;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Lose(error);
                _ = EndAsync(connection, talk);
                connection = null;
            }

            var rest = Beat - Stopwatch.GetElapsedTime(began);
            await Task.WhenAny(_changed.Task, Task.Delay(connection is null ? Beat : rest > Least ? rest : Least));
        }

        await EndAsync(connection, Task.CompletedTask);
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

    /// <summary>A talk that hears nothing may last for long: nothing waits for it.</summary>
    private static async Task EndAsync(NpgsqlConnection? connection, Task talk)
    {
        try
        {
            await talk.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await (connection?.DisposeAsync() ?? default);
        }
        catch (Exception gone) when (gone is not OutOfMemoryException)
        {
            // PostgreSQL ends it in silence.
        }
    }

    private (string[] Given, string[] Wanted) Round()
    {
        lock (_gate)
        {
            return ([.. _given], [.. _waiting.Select(turn => turn.Name).Distinct().Except(_held.Keys)]);
        }
    }

    /// <summary>Changes nothing here: its caller may have left it. Also where nothing is waited for, it says that the hub lives.</summary>
    private static async Task<List<string>> TalkAsync(NpgsqlConnection connection, (string[] Given, string[] Wanted) round)
    {
        await using var release = connection.With("SELECT pg_advisory_unlock(4160, hashtext(name)) FROM unnest(@names) AS name",
            ("names", round.Given));
        await release.ExecuteNonQueryAsync();
        await using var ask = connection.With("SELECT name FROM unnest(@names) AS name WHERE pg_try_advisory_lock(4160, hashtext(name))",
            ("names", round.Wanted));
        await using var reader = await ask.ExecuteReaderAsync();
        var came = new List<string>();
        while (await reader.ReadAsync())
        {
            came.Add(reader.GetString(0));
        }

        return came;
    }

    private void Apply((string[] Given, string[] Wanted) round, List<string> came)
    {
        lock (_gate)
        {
            _given.ExceptWith(round.Given);
        }

        came.ForEach(Come);
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
                _changed.TrySetResult();
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
