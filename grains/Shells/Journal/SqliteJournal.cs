using System.Data.Common;
using System.Text;
using Aufruf.Contracts;
using Microsoft.Data.Sqlite;

namespace Aufruf.Grains.Journal;

/// <summary>The journal in one SQLite file: the whole database of a small town.</summary>
/// <remarks>WAL with synchronous=FULL: a commit is on disk before anybody hears of it. One writer, any number of readers.</remarks>
public sealed class SqliteJournal : GroupCommitJournal
{
    private readonly string _file;
    private readonly bool _hasAnchors;

    /// <param name="readOnly">For audits: opens the file without changing it.</param>
    /// <param name="keyFile">The key that signs the ends of streams; null: they are not signed.</param>
    /// <exception cref="JournalUnavailableException">Key and journal do not belong together.</exception>
    public SqliteJournal(string file, bool readOnly = false, string? keyFile = null) : base(SqliteFactory.Instance.CreateDataSource(
        new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString()))
    {
        _file = file;
        if (!readOnly)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
            OpenAsync().GetAwaiter().GetResult(); // Complete when it returns: SQLite does not wait for a network.
        }

        if (keyFile is not null)
        {
            using var connection = Connect(readOnly);
            var areThere = SqliteAnchors.Exist(connection);
            Key = JournalKey.Find(keyFile);
            if (!readOnly && (Key is null) == areThere)
            {
                throw new JournalUnavailableException(Key is null ? $"{keyFile} is missing. Put the key back: without it nobody knows "
                    + "whether the journal is authentic. To accept the journal as it is: ./run audit --accept."
                    : $"The anchors of {file} were deleted. Verify it with ./run audit --seal, restore a backup, or accept the journal "
                    + "as it is: ./run audit --accept.");
            }

            if (!readOnly && Key is null)
            {
                Key = JournalKey.Make(keyFile);
                SqliteAnchors.SignAll(connection, Key);
                areThere = true;
            }

            _hasAnchors = areThere;
        }
    }

    public override JournalKey? Key { get; }

    protected override bool HasAnchors => _hasAnchors;

    protected override string? WhyNotAuthentic(string stream, JournalEntry? last)
    {
        if (Key is null || !_hasAnchors)
        {
            return null;
        }

        if (last is not null)
        {
            return JournalAudit.WhyNotAnchored(stream, new(last.Version, last.Hash), last.Anchor, Key);
        }

        using var connection = Connect();
        using var anchor = connection.With("SELECT version FROM anchors WHERE stream = @stream", ("stream", stream));
        return anchor.ExecuteScalar() is long version ? JournalAudit.Deleted(stream, version) : null;
    }

    public override IReadOnlyList<string> MissingStreams()
    {
        if (!_hasAnchors)
        {
            return [];
        }

        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: true); // Both statements see the same entries.
        using var deleted = connection.With("""
            SELECT stream, version FROM anchors a WHERE stream <> '' AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.stream = a.stream)
            """);
        deleted.Transaction = transaction;
        var faults = new List<string>();
        using (var rows = deleted.ExecuteReader())
        {
            while (rows.Read())
            {
                faults.Add(JournalAudit.Deleted(rows.GetString(0), rows.GetInt64(1)));
            }
        }

        using var total = connection.With("SELECT count(*), (SELECT version FROM anchors WHERE stream = ''), "
            + "(SELECT signature FROM anchors WHERE stream = '') FROM journal");
        total.Transaction = transaction;
        using var counts = total.ExecuteReader();
        counts.Read();
        var (there, written) = (counts.GetInt64(0), counts.IsDBNull(1) ? 0 : counts.GetInt64(1));
        var isSigned = Key is null || (!counts.IsDBNull(2)
            && Key.Sign(SqliteAnchors.Total, new(written, default)).AsSpan().SequenceEqual(counts.GetFieldValue<byte[]>(2)));
        return [.. faults, .. JournalAudit.WrongTotal(there, written, isSigned)];
    }

    /// <summary>Signs the journal as it is, also with a new key.</summary>
    public static void Accept(string file, string keyFile)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadWrite");
        connection.Open();
        using var schema = connection.With(SqliteAnchors.Schema);
        schema.ExecuteNonQuery();
        SqliteAnchors.SignAll(connection, JournalKey.Find(keyFile) ?? JournalKey.Make(keyFile));
    }

    private SqliteConnection Connect(bool readOnly = true)
    {
        var connection = new SqliteConnection(
            $"Data Source={_file};Pooling=False;Mode={(readOnly ? "ReadOnly" : "ReadWrite")};Default Timeout=5");
        connection.Open();
        return connection;
    }

    // Only a very long reader lets the log grow; it is cut to this size when the reader is gone.
    protected override string Schema => $"""
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        PRAGMA journal_size_limit=67108864;
        CREATE TABLE IF NOT EXISTS journal(
            position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
            entry TEXT NOT NULL, hash BLOB NOT NULL, UNIQUE(stream, version));
        CREATE TABLE IF NOT EXISTS journal_probe(id INTEGER PRIMARY KEY, filler BLOB NOT NULL);
        {SqliteAnchors.Schema}
        """;

    protected override Task<bool> TryWriteAsync(DbConnection writer, IReadOnlyList<PendingAppend> group)
    {
        using var transaction = ((SqliteConnection)writer).BeginTransaction(deferred: false);
        // An entry gets its version only if the entry before it is there; the table accepts none without a version.
        using var insert = transaction.Connection!.With("""
            INSERT INTO journal(stream, version, at, entry, hash) VALUES (@stream,
                CASE WHEN @version = 1 OR (SELECT hash FROM journal WHERE stream = @stream AND version = @version - 1) = @before
                    THEN @version END,
                @at, @entry, @hash)
            """, ("stream", ""), ("version", 0L), ("before", ""), ("at", 0L), ("entry", ""), ("hash", ""));
        insert.Transaction = transaction;
        try
        {
            foreach (var append in group)
            {
                insert.Parameters[0].Value = append.Stream;
                insert.Parameters[1].Value = append.Head.Version;
                insert.Parameters[2].Value = append.Before.Hash.ToArray();
                insert.Parameters[3].Value = JournalHead.ToMicroseconds(append.At);
                insert.Parameters[4].Value = Encoding.UTF8.GetString(append.Entry.Span);
                insert.Parameters[5].Value = append.Head.Hash.ToArray();
                insert.ExecuteNonQuery();
            }
        }
        catch (SqliteException conflict) when (conflict.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            return Task.FromResult(false);
        }

        if (Key is not null)
        {
            SqliteAnchors.Write(transaction, Key, group);
        }

        transaction.Commit();
        return Task.FromResult(true);
    }

    protected override string Explain(Exception error) => Explain(_file, error);

    /// <summary>The sentence that an operator should read about an error of a journal's file.</summary>
    public static string Explain(string file, Exception error) => error is SqliteException { SqliteErrorCode: var code }
        ? code switch
        {
            SQLitePCL.raw.SQLITE_FULL => $"The disk that holds {file} is full: free some space, the hub goes on by itself.",
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
                $"Another program holds {file}: is a second hub running on the same data?",
            SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM =>
                $"{file} cannot be opened for writing: check its folder and rights.",
            SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => $"{file} is damaged: restore it from the last backup.",
            _ => $"Writing {file} failed: {error.Message}",
        }
        : $"Writing {file} failed: {error.Message}";
}
