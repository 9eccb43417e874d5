using System.Data.Common;
using System.Text;
using Aufruf.Contracts;
using Microsoft.Data.Sqlite;

namespace Aufruf.Grains.Journal;

/// <summary>The journal in one SQLite file: the whole database of a small town.</summary>
/// <remarks>WAL with synchronous=FULL: a commit is on disk before anybody hears of it. One writer, any number of readers.</remarks>
public sealed class SqliteJournal : GroupCommitJournal
{
    // Commands such as "token" write beside the hub. It follows them after this time.
    private static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(400);

    private readonly string _file;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task? _watching;

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
            FindKeyAsync(keyFile, readOnly).GetAwaiter().GetResult();
        }
    }

    protected override string Name => _file;

    protected override string AnchorTable => "SELECT count(*) FROM sqlite_master WHERE name = 'anchors'";

    // Only a very long reader lets the log grow; it is cut to this size when the reader is gone.
    protected override string Schema => $"""
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        PRAGMA journal_size_limit=67108864;
        CREATE TABLE IF NOT EXISTS journal(
            position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
            entry TEXT NOT NULL, hash BLOB NOT NULL, UNIQUE(stream, version));
        {RequestIndex}
        CREATE TABLE IF NOT EXISTS journal_probe(id INTEGER PRIMARY KEY, filler BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS anchors(stream TEXT PRIMARY KEY, version INTEGER NOT NULL, signature BLOB NOT NULL) WITHOUT ROWID;
        """;

    protected override async Task<bool> TryWriteAsync(DbConnection writer, IReadOnlyList<PendingAppend> group)
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
            return false;
        }

        if (Key is not null)
        {
            await Anchors.WriteAsync(transaction, Key, group);
        }

        transaction.Commit();
        return true;
    }

    /// <summary>Other processes write too: the first reader begins to look for their entries.</summary>
    public override Task NextEntry
    {
        get
        {
            lock (_gate)
            {
                _watching ??= Task.Run(WatchAsync);
            }

            return base.NextEntry;
        }
    }

    /// <summary>SQLite counts the commits of other connections, also those of this journal's writer.</summary>
    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = new SqliteConnection($"Data Source={_file};Mode=ReadOnly;Pooling=False");
                await connection.OpenAsync(_stop.Token);
                await using var look = connection.With("PRAGMA data_version");
                for (object? seen = null; !_stop.IsCancellationRequested; await PauseAsync())
                {
                    var now = await look.ExecuteScalarAsync();
                    if (!Equals(now, seen))
                    {
                        seen = now;
                        HasGrown();
                    }
                }
            }
            catch (SqliteException)
            {
                await PauseAsync(); // The journal's health says what is wrong with the file.
            }
        }

        Task PauseAsync() => Task.Delay(LookEach, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await (_watching ?? Task.CompletedTask);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
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
