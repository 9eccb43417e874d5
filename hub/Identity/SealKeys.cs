using System.Globalization;
using System.Security.Cryptography;
using Aufruf.Domain.Queues;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Aufruf.Hub.Identity;

/// <summary>Where the keys of the seals are kept: outside the journal, so that destroying a key deletes what the journal cannot forget.</summary>
public interface ISealKeys
{
    /// <summary>Null when there is none, or no longer.</summary>
    byte[]? Find(QueueKey queue);

    /// <summary>The queue's key, made and durable if there was none.</summary>
    byte[] FindOrMake(QueueKey queue);

    /// <summary>Destroys the keys of all days before one.</summary>
    void DestroyBefore(DateOnly day);
}

/// <summary>Keys in a small SQLite file of their own.</summary>
/// <remarks>
/// secure_delete overwrites what is deleted, and without a write-ahead log no copy is left in one. A backup of this file keeps the keys it has:
/// back up the journal, and not this, or for a day at most.
/// </remarks>
internal sealed class SqliteSealKeys : ISealKeys
{
    private readonly string _connectionString;

    public SqliteSealKeys(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 5 }.ToString();
        using var connection = Open();
        Run(connection, "CREATE TABLE IF NOT EXISTS seals (queue TEXT PRIMARY KEY, day TEXT NOT NULL, key BLOB NOT NULL) STRICT");
    }

    public byte[]? Find(QueueKey queue)
    {
        using var connection = Open();
        return Find(connection, queue);
    }

    public byte[] FindOrMake(QueueKey queue)
    {
        using var connection = Open();
        Run(connection, "INSERT OR IGNORE INTO seals VALUES ($queue, $day, $key)",
            ("$queue", queue.ToString()), ("$day", Iso(queue.Day)), ("$key", RandomNumberGenerator.GetBytes(Seals.KeyBytes)));
        return Find(connection, queue) ?? throw new InvalidDataException($"The key of {queue} was just made and is not there.");
    }

    public void DestroyBefore(DateOnly day)
    {
        using var connection = Open();
        Run(connection, "DELETE FROM seals WHERE day < $day", ("$day", Iso(day)));
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Run(connection, "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
        return connection;
    }

    private static byte[]? Find(SqliteConnection connection, QueueKey queue)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key FROM seals WHERE queue = $queue";
        command.Parameters.AddWithValue("$queue", queue.ToString());
        return command.ExecuteScalar() as byte[];
    }

    private static void Run(SqliteConnection connection, string text, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Keys in a table beside the journal's, for several hubs.</summary>
internal sealed class PostgresSealKeys(NpgsqlDataSource database) : ISealKeys
{
    private bool _prepared;

    public byte[]? Find(QueueKey queue)
    {
        using var command = Prepared().CreateCommand("SELECT key FROM seals WHERE queue = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = queue.ToString() });
        return command.ExecuteScalar() as byte[];
    }

    public byte[] FindOrMake(QueueKey queue)
    {
        using (var command = Prepared().CreateCommand("INSERT INTO seals (queue, day, key) VALUES ($1, $2, $3) ON CONFLICT (queue) DO NOTHING"))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = queue.ToString() });
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = queue.Day });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = RandomNumberGenerator.GetBytes(Seals.KeyBytes) });
            command.ExecuteNonQuery();
        }

        return Find(queue) ?? throw new InvalidDataException($"The key of {queue} was just made and is not there.");
    }

    public void DestroyBefore(DateOnly day)
    {
        using var command = Prepared().CreateCommand("DELETE FROM seals WHERE day < $1");
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        command.ExecuteNonQuery();
    }

    private NpgsqlDataSource Prepared()
    {
        if (!_prepared)
        {
            // Two hubs that start together may collide over IF NOT EXISTS alone: the journal's lock keeps them apart.
            using var command = database.CreateCommand("""
                SELECT pg_advisory_xact_lock(4157);
                CREATE TABLE IF NOT EXISTS seals (queue text PRIMARY KEY, day date NOT NULL, key bytea NOT NULL);
                """);
            command.ExecuteNonQuery();
            _prepared = true;
        }

        return database;
    }
}
