using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Aufruf.Hub.Identity;

/// <summary>The keys of the seals, kept outside the journal. To destroy a key deletes all texts sealed with it.</summary>
public interface ISealKeys
{
    /// <summary>Null when there is none, or it was destroyed.</summary>
    byte[]? Find(QueueKey queue);

    /// <summary>The queue's key, made and durable if there was none.</summary>
    byte[] FindOrMake(QueueKey queue);

    /// <summary>Destroys the keys of all days before one.</summary>
    void DestroyBefore(DateOnly day);
}

/// <summary>Keys in a database's table "seals".</summary>
internal abstract class StoredSealKeys : ISealKeys
{
    protected abstract DbConnection Open();

    public byte[]? Find(QueueKey queue)
    {
        using var connection = Open();
        using var command = Command(connection, "SELECT key FROM seals WHERE queue = @queue", ("@queue", queue.ToString()));
        return command.ExecuteScalar() as byte[];
    }

    public byte[] FindOrMake(QueueKey queue)
    {
        using (var connection = Open())
        using (var command = Command(connection,
            "INSERT INTO seals (queue, day, key) VALUES (@queue, @day, @key) ON CONFLICT (queue) DO NOTHING",
            ("@queue", queue.ToString()), ("@day", Iso(queue.Day)), ("@key", RandomNumberGenerator.GetBytes(Seals.KeyBytes))))
        {
            command.ExecuteNonQuery();
        }

        return Find(queue) ?? throw new InvalidDataException($"The key of {queue} was just made and is not there.");
    }

    public void DestroyBefore(DateOnly day)
    {
        using var connection = Open();
        using var command = Command(connection, "DELETE FROM seals WHERE day < @day", ("@day", Iso(day)));
        command.ExecuteNonQuery();
    }

    protected static DbCommand Command(DbConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Keys in a SQLite file of their own.</summary>
/// <remarks>secure_delete overwrites deleted keys, and no write-ahead log keeps a copy. Back up the journal, but not this file.</remarks>
internal sealed class SqliteSealKeys(string file) : StoredSealKeys
{
    private bool _prepared;

    protected override DbConnection Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 5 }.ToString());
        connection.Open();
        using var command = Command(connection, "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
            + (_prepared ? "" : "CREATE TABLE IF NOT EXISTS seals (queue TEXT PRIMARY KEY, day TEXT NOT NULL, key BLOB NOT NULL) STRICT"));
        command.ExecuteNonQuery();
        _prepared = true;
        return connection;
    }
}

/// <summary>Keys in a table beside the journal's, for several hubs.</summary>
internal sealed class PostgresSealKeys(NpgsqlDataSource database) : StoredSealKeys
{
    private bool _prepared;

    protected override DbConnection Open()
    {
        var connection = database.OpenConnection();
        if (!_prepared)
        {
            // The journal's lock: two hubs that start together would collide over IF NOT EXISTS alone.
            using var command = Command(connection, """
                SELECT pg_advisory_xact_lock(4157);
                CREATE TABLE IF NOT EXISTS seals (queue text PRIMARY KEY, day text NOT NULL, key bytea NOT NULL);
                """);
            command.ExecuteNonQuery();
            _prepared = true;
        }

        return connection;
    }
}
