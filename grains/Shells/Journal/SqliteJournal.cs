using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Aufruf.Grains.Journal;

/// <summary>The journal in one SQLite file: the whole database of a small town.</summary>
/// <remarks>WAL with synchronous=FULL: a commit is on disk before anybody hears of it. One writer, any number of readers.</remarks>
public sealed class SqliteJournal : GroupCommitJournal
{
    // SQLite's own checkpoint runs inside a commit and makes that press wait; ours runs beside the writer, and often enough that
    // the log is begun again before it has outgrown what was reserved for it.
    private const int CommitsPerCheckpoint = 500;
    // A commit into blocks the file has already is quicker by a third than one that makes the file longer.
    private const int ReservedLogBytes = 8 * 1024 * 1024;
    // What is left on a nearly full disk is for entries: nothing is reserved there, and no state is saved.
    internal const long LeftForEntries = 16L * ReservedLogBytes;
    // Whoever reads for very long keeps the log from being begun again. Past this size it is cut short once nobody reads.
    private const long LargestLogBytes = 64 * 1024 * 1024;

    private readonly string _file;
    private readonly string _connectionString;
    private SqliteConnection? _connection;
    private SqliteCommand? _insert;
    private int _commitsSinceCheckpoint;
    private int _checkpointing;

    /// <param name="readOnly">For audits: opens the file without changing it.</param>
    public SqliteJournal(string file, bool readOnly = false)
    {
        _file = file;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString();
        if (!readOnly)
        {
            OpenWriter();
        }
    }

    public override IAsyncEnumerable<JournalEntry> ReadAfterAsync(string stream, long version, CancellationToken cancellationToken) =>
        ReadAfterAsync(stream, version, entry => entry, cancellationToken);

    public override async IAsyncEnumerable<T> ReadAfterAsync<T>(
        string stream, long version, Func<JournalEntry, T> digest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT stream, version, at, entry, hash FROM journal WHERE stream = $stream AND version > $version ORDER BY version";
        command.Parameters.AddWithValue("$stream", stream);
        command.Parameters.AddWithValue("$version", version);
        await foreach (var entry in SqliteRows.ReadAsync(command, digest, cancellationToken))
        {
            yield return entry;
        }
    }

    public override async Task<long> LastVersionAsync(string stream)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(version), 0) FROM journal WHERE stream = $stream";
        command.Parameters.AddWithValue("$stream", stream);
        return await command.ExecuteScalarAsync() is long last ? last : 0;
    }

    public override async IAsyncEnumerable<JournalEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT stream, version, at, entry, hash FROM journal ORDER BY stream, version";
        await foreach (var entry in SqliteRows.ReadAsync(command, entry => entry, cancellationToken))
        {
            yield return entry;
        }
    }

    protected override ValueTask<bool> TryWriteAsync(IReadOnlyList<PendingAppend> group)
    {
        var insert = _insert ?? OpenWriter();
        using var transaction = _connection!.BeginTransaction(deferred: false);
        insert.Transaction = transaction;
        try
        {
            foreach (var append in group)
            {
                insert.Parameters[0].Value = append.Stream;
                insert.Parameters[1].Value = append.Head.Version;
                insert.Parameters[2].Value = JournalHead.ToMicroseconds(append.At);
                insert.Parameters[3].Value = Encoding.UTF8.GetString(append.Entry.Span);
                insert.Parameters[4].Value = append.Head.Hash.ToArray();
                insert.Parameters[5].Value = append.MustFollow ?? (object)DBNull.Value;
                insert.ExecuteNonQuery();
            }
        }
        catch (SqliteException conflict) when (conflict.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            transaction.Rollback();
            return new(false);
        }

        transaction.Commit();
        CheckpointSometimes();
        return new(true);
    }

    protected override ValueTask WriteProbeAsync()
    {
        _ = _insert ?? OpenWriter();
        Execute(_connection!, "INSERT OR REPLACE INTO journal_probe(id, filler) VALUES (1, randomblob(4096))");
        return default;
    }

    protected override ValueTask CloseWriterAsync()
    {
        _insert?.Dispose();
        _insert = null;
        _connection?.Dispose();
        _connection = null;
        return default;
    }

    protected override string Explain(Exception error) => error is SqliteException { SqliteErrorCode: var code } sqlite
        ? code switch
        {
            SQLitePCL.raw.SQLITE_FULL => $"The disk that holds {_file} is full: free some space, the hub goes on by itself.",
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => $"Another program holds {_file}: is a second hub running on the same data?",
            SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM => $"{_file} cannot be opened for writing: check its folder and rights.",
            SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => $"{_file} is damaged: restore it from the last backup.",
            _ => $"Writing {_file} failed: {sqlite.Message}",
        }
        : $"Writing {_file} failed: {error.Message}";

    private SqliteCommand OpenWriter()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(_file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        _connection = Open();
        Execute(_connection, """
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous=FULL;
            PRAGMA wal_autocheckpoint=0;
            CREATE TABLE IF NOT EXISTS journal(
                stream TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, entry TEXT NOT NULL, hash BLOB NOT NULL,
                PRIMARY KEY(stream, version)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS journal_probe(id INTEGER PRIMARY KEY, filler BLOB NOT NULL);
            """);
        _insert = _connection.CreateCommand();
        // Without the entry it must follow, an entry gets no version; and a version is what no entry can be without.
        _insert.CommandText = """
            INSERT INTO journal(stream, version, at, entry, hash) VALUES ($stream,
                CASE WHEN $follows IS NULL OR (SELECT hash FROM journal WHERE stream = $stream AND version = $version - 1) = $follows THEN $version END,
                $at, $entry, $hash)
            """;
        ReserveLog();
        foreach (var name in (string[])["$stream", "$version", "$at", "$entry", "$hash", "$follows"])
        {
            _insert.Parameters.Add(new SqliteParameter(name, null));
        }

        return _insert;
    }

    private void CheckpointSometimes()
    {
        if (++_commitsSinceCheckpoint >= CommitsPerCheckpoint && Interlocked.Exchange(ref _checkpointing, 1) == 0)
        {
            _commitsSinceCheckpoint = 0;
            // It blocks for as long as the disk takes, and the pool of a small machine has two threads: one for the writer.
            _ = Task.Factory.StartNew(CheckpointAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Moves the log into the database: nearly all of it beside the writer, then the last commits while nobody writes, so that the next one begins the log again.</summary>
    private async Task CheckpointAsync()
    {
        try
        {
            using var connection = Open();
            Execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
            await BetweenWritesAsync(() =>
            {
                var isLarge = new FileInfo(Log) is { Exists: true, Length: > LargestLogBytes };
                Execute(connection, $"PRAGMA wal_checkpoint({(isLarge ? "TRUNCATE" : "PASSIVE")})");
                return default;
            });
        }
        catch (SqliteException)
        {
            // Nothing is lost by a checkpoint that did not happen: the entries stay in the log and the next one tries again.
            // A disk in trouble is told by the next append or probe, which fail loudly.
        }
        finally
        {
            Volatile.Write(ref _checkpointing, 0);
        }
    }

    private string Log => _file + "-wal";

    /// <summary>Makes the log as long as it usually gets. What follows its last commit is never read, least of all zeros.</summary>
    /// <remarks>Under SQLite's own write lock: a command beside the running hub opens the journal too, and must not write over a commit.</remarks>
    private void ReserveLog()
    {
        try
        {
            using var alone = _connection!.BeginTransaction(deferred: false);
            if (new DriveInfo(Path.GetFullPath(_file)).AvailableFreeSpace < LeftForEntries)
            {
                return;
            }

            using var log = new FileStream(Log, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            if (log.Length < ReservedLogBytes)
            {
                log.Seek(0, SeekOrigin.End);
                log.Write(new byte[ReservedLogBytes - log.Length]);
                log.Flush(flushToDisk: true);
            }
        }
        catch (Exception error) when (error is IOException or SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY })
        {
            // Without it the journal can still be written, a little slower, until it says itself what is wrong with the disk.
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
