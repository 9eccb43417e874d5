using System.Text.Json;
using Aufruf.Edge.Protocol;
using Microsoft.Data.Sqlite;

namespace Aufruf.Edge;

/// <summary>The outbox in one SQLite file: write-ahead log, synchronous=FULL, so what was acknowledged to a finger survives the plug being pulled.</summary>
public sealed class SqliteOutboxStore : IOutboxStore, IDisposable
{
    private readonly SqliteConnection _db;
    private readonly OutboxLimits _limits;

    public SqliteOutboxStore(string file, OutboxLimits? limits = null)
    {
        _limits = limits ?? new();
        // Pooling keeps the file open after Dispose; one device has one connection for life.
        _db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        _db.Open();
        Run("""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS device (one INTEGER PRIMARY KEY CHECK (one = 1), last_seq INTEGER NOT NULL, face TEXT);
            INSERT OR IGNORE INTO device VALUES (1, 0, NULL);
            CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY, event TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS command (nr INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL,
                outcome TEXT, reason TEXT, delivered INTEGER NOT NULL);
            """);
    }

    public OutboxContents Read()
    {
        var (lastSeq, face) = Rows("SELECT last_seq, face FROM device",
            r => (r.GetInt64(0), r.IsDBNull(1) ? null : JsonSerializer.Deserialize(r.GetString(1), ProtocolJson.Default.Face)))[0];
        var waiting = Rows("SELECT event FROM outbox ORDER BY seq",
            r => JsonSerializer.Deserialize(r.GetString(0), ProtocolJson.Default.DeviceEvent)
                ?? throw new InvalidDataException("An event in the outbox is empty."));
        var commands = Rows("SELECT id, at, outcome, reason, delivered FROM command ORDER BY nr",
            r => new CommandRecord(r.GetGuid(0), r.GetDateTimeOffset(1), r.IsDBNull(2) ? null : Enum.Parse<CommandOutcome>(r.GetString(2)),
                r.IsDBNull(3) ? null : r.GetString(3), r.GetBoolean(4)));
        return new OutboxContents(lastSeq, waiting, commands, face);
    }

    // "Or replace": a write that failed may have reached the disk all the same; its press was refused, so the next one takes its number.
    public void Add(DeviceEvent happened) => Run("""
        BEGIN IMMEDIATE;
        INSERT OR REPLACE INTO outbox VALUES ($seq, $event);
        UPDATE device SET last_seq = $seq;
        COMMIT;
        """, ("$seq", happened.Seq), ("$event", Json(happened)));

    public void Forget(long seq) => Run("DELETE FROM outbox WHERE seq = $seq", ("$seq", seq));

    public void Put(CommandRecord command) => Run("""
        BEGIN IMMEDIATE;
        INSERT INTO command (id, at, outcome, reason, delivered) VALUES ($id, $at, $outcome, $reason, $delivered)
            ON CONFLICT (id) DO UPDATE SET at = excluded.at, outcome = excluded.outcome, reason = excluded.reason, delivered = excluded.delivered;
        DELETE FROM command WHERE nr <= (SELECT max(nr) FROM command) - $keep;
        COMMIT;
        """, ("$id", command.Id), ("$at", command.At), ("$outcome", command.Outcome?.ToString()), ("$reason", command.Reason),
        ("$delivered", command.Delivered), ("$keep", _limits.Commands));

    public void Put(Face face) =>
        Run("UPDATE device SET face = $face", ("$face", JsonSerializer.Serialize(face, ProtocolJson.Default.Face)));

    public void Dispose() => _db.Dispose();

    private static string Json(DeviceEvent happened) => JsonSerializer.Serialize(happened, ProtocolJson.Default.DeviceEvent);

    private void Run(string sql, params (string Name, object? Value)[] values)
    {
        try
        {
            using var command = Command(sql, values);
            command.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            RollBack();
            throw new OutboxUnwritableException($"The outbox {_db.DataSource} cannot be written: {e.Message}", e);
        }
    }

    // A statement that failed inside BEGIN leaves the transaction open; the next write would fail for that alone.
    private void RollBack()
    {
        try
        {
            using var command = Command("ROLLBACK");
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // No transaction was open: SQLite had rolled back itself, as it does on a full disk.
        }
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private SqliteCommand Command(string sql, params (string Name, object? Value)[] values)
    {
        var command = _db.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
