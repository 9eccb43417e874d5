using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Grains.Journal;

/// <summary>A journal in a database: one loop commits the entries of all grains in groups.</summary>
/// <remarks>The appends that arrive during one commit form the next group, so the cost per entry falls as load rises.</remarks>
public abstract partial class GroupCommitJournal : IJournal, IAsyncDisposable
{
    private const int LargestGroup = 512;

    // 4,096 waiting appends are seconds of the busiest installation; beyond it callers wait here.
    private readonly Channel<PendingAppend> _waiting = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly DbDataSource _database;
    private readonly Task _writing;
    private DbConnection? _writer;
    private TaskCompletionSource _nextEntry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected GroupCommitJournal(DbDataSource database)
    {
        _database = database;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Null while the last write succeeded; otherwise the sentence an operator needs.</summary>
    public string? Trouble { get; private set; }

    // The index is computed from the entry, which the chain signs: there is no second truth that an audit would have to compare.
    private static readonly string RequestOf = $"substr(entry, {EntryContent.RequestAt}, {EntryContent.RequestLength})";

    /// <summary>Finds the entry of a request in a stream that lives longer than a day.</summary>
    /// <remarks>Queues keep the requests of their day in memory, so a press pays for no index.</remarks>
    protected static string RequestIndex { get; } =
        $"CREATE INDEX IF NOT EXISTS journal_by_request ON journal(stream, {RequestOf}) WHERE {IsNoQueue("stream")};";

    private static string IsNoQueue(string column) => $"substr({column}, 1, {QueueStream.Length}) <> '{QueueStream}'";

    private const string QueueStream = QueueKey.StreamKind + "/";

    /// <summary>The statements that a writing connection begins with. They create the tables that are missing.</summary>
    protected abstract string Schema { get; }

    /// <summary>Writes a group in one transaction. False: one of them conflicts and nothing was written.</summary>
    /// <exception cref="Exception">Whether the group was written is unknown.</exception>
    protected abstract Task<bool> TryWriteAsync(DbConnection writer, IReadOnlyList<PendingAppend> group);

    /// <summary>The sentence that an operator should read about an error of this database.</summary>
    protected abstract string Explain(Exception error);

    /// <exception cref="InvalidDataException">The stream does not end as the hub wrote it.</exception>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JournalEntry? last = null;
        await foreach (var entry in RowsAsync("WHERE j.stream = @stream AND j.version > @after ORDER BY j.version", stream, after,
            cancellationToken))
        {
            last = entry;
            yield return entry;
        }

        if ((last is not null || after <= 0) && await WhyNotAuthenticAsync(stream, last) is { } why)
        {
            throw new InvalidDataException(why);
        }
    }

    public async Task<JournalEntry?> FindAsync(string stream, RequestId request) => await RowsAsync(
        WhereRequest(stream), stream, 0, CancellationToken.None, request.ToString()).FirstOrDefaultAsync();

    /// <summary>Names the columns as the index does, so that the database uses it.</summary>
    internal static string WhereRequest(string stream) => $"WHERE j.stream = @stream AND {RequestOf} = @request"
        + (stream.StartsWith(QueueStream, StringComparison.Ordinal) ? "" : $" AND {IsNoQueue("j.stream")}");

    public IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken) =>
        RowsAsync("ORDER BY j.stream, j.version", "", 0, cancellationToken);

    public async Task<long> LastVersionAsync(string stream)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var command = connection.With("SELECT max(version) FROM journal WHERE stream = @stream", ("stream", stream));
        return await command.ExecuteScalarAsync() is long last ? last : 0;
    }

    public IAsyncEnumerable<JournalEntry> ReadFromAsync(long position, string kind, CancellationToken cancellationToken) => RowsAsync(
        "WHERE j.position > @after AND substr(j.stream, 1, length(@stream)) = @stream ORDER BY j.position", kind + "/", position,
        cancellationToken);

    /// <remarks>"0" is the sign after "/", so the index of streams finds them all.</remarks>
    public async IAsyncEnumerable<string> StreamsAsync(string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.With(
            "SELECT DISTINCT stream FROM journal WHERE stream >= @first AND stream < @after ORDER BY stream",
            ("first", $"{kind}/"), ("after", $"{kind}0"));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return rows.GetString(0);
        }
    }

    public async Task<long> LastPositionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.With("SELECT max(position) FROM journal");
        return await command.ExecuteScalarAsync(cancellationToken) is long last ? last : 0;
    }

    public virtual Task NextEntry => Volatile.Read(ref _nextEntry).Task;

    /// <summary>An entry was added, here or by another hub.</summary>
    protected void HasGrown() => Interlocked.Exchange(ref _nextEntry, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private async IAsyncEnumerable<JournalEntry> RowsAsync(
        string which, string stream, long after, [EnumeratorCancellation] CancellationToken cancellationToken, string request = "")
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        // The anchor comes with the rows: a second statement would see later entries.
        await using var command = connection.With(HasAnchors
            ? "SELECT j.stream, j.version, at, entry, hash, position, a.version, a.signature FROM journal j "
                + $"LEFT JOIN anchors a ON a.stream = j.stream {which}"
            : $"SELECT stream, version, at, entry, hash, position FROM journal j {which}", ("stream", stream), ("after", after),
            ("request", request));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new JournalEntry(rows.GetString(0), rows.GetInt64(1), JournalHead.FromMicroseconds(rows.GetInt64(2)),
                rows.GetFieldValue<byte[]>(3), rows.GetFieldValue<byte[]>(4))
            {
                Position = rows.GetInt64(5),
                Anchor = HasAnchors && !rows.IsDBNull(6) ? new(rows.GetInt64(6), rows.GetFieldValue<byte[]>(7)) : null,
            };
        }
    }

    public Task<JournalHead> AppendAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry) =>
        WrittenAsync(new(stream, head, head.Then(stream, at, entry.Span), at, entry));

    /// <summary>Commits a few bytes beside the entries, to learn whether entries could be written.</summary>
    public Task ProbeAsync() => WrittenAsync(new("", JournalHead.Start, JournalHead.Start, default, default));

    private async Task<JournalHead> WrittenAsync(PendingAppend append)
    {
        try
        {
            await _waiting.Writer.WriteAsync(append);
        }
        catch (ChannelClosedException)
        {
            throw new JournalUnavailableException("The journal is closed: the hub is stopping. Nothing was written.");
        }

        return await append.Written.Task;
    }

    private async Task WriteAllAsync()
    {
        var group = new List<PendingAppend>(LargestGroup);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < LargestGroup && _waiting.Reader.TryRead(out var next))
            {
                group.Add(next);
            }

            await SettleAsync(group);
        }

        await CloseWriterAsync();
    }

    private async Task SettleAsync(List<PendingAppend> group)
    {
        foreach (var late in group.Where(append => append.IsLate && !append.IsProbe).ToArray())
        {
            group.Remove(late);
            late.Written.SetException(new JournalUnavailableException("The entry waited too long and was not written."));
        }

        if (group.Count == 0)
        {
            return;
        }

        var began = Stopwatch.GetTimestamp();
        try
        {
            var isWritten = await TryWriteAsync(group);
            Trouble = null;
            if (isWritten)
            {
                JournalMetrics.Written(group.Count, Stopwatch.GetElapsedTime(began));
                foreach (var append in group)
                {
                    append.Written.SetResult(append.Head);
                }

                HasGrown();
            }
            else if (group is [var alone])
            {
                alone.Written.SetException(new VersionConflictException(alone.Stream, alone.Before.Version));
            }
            else
            {
                foreach (var append in group)
                {
                    await SettleAsync([append]);
                }
            }
        }
        catch (Exception error)
        {
            Trouble = Explain(error);
            JournalMetrics.Failed(group.Count);
            foreach (var append in group)
            {
                append.Written.SetException(new JournalUnavailableException(Trouble, error));
            }

            await CloseWriterAsync();
        }
    }

    private async Task<bool> TryWriteAsync(List<PendingAppend> group)
    {
        var writer = _writer ??= await OpenWriterAsync();
        if (!group.Any(append => append.IsProbe))
        {
            return await TryWriteAsync(writer, group);
        }

        // Random, because SQLite does not write bytes that are there already.
        await using var probe = writer.With("""
            INSERT INTO journal_probe(id, filler) VALUES (1, @filler) ON CONFLICT (id) DO UPDATE SET filler = excluded.filler
            """, ("filler", RandomNumberGenerator.GetBytes(4096)));
        await probe.ExecuteNonQueryAsync();
        PendingAppend[] entries = [.. group.Where(append => !append.IsProbe)];
        return entries.Length == 0 || await TryWriteAsync(writer, entries);
    }

    /// <summary>Opens the writing connection before the first append.</summary>
    protected async Task OpenAsync() => _writer = await OpenWriterAsync();

    private async Task<DbConnection> OpenWriterAsync()
    {
        var connection = await _database.OpenConnectionAsync();
        try
        {
            await using var schema = connection.With(Schema);
            await schema.ExecuteNonQueryAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task CloseWriterAsync()
    {
        var writer = _writer;
        _writer = null;
        try
        {
            await (writer?.DisposeAsync() ?? default);
        }
        catch (Exception error)
        {
            Trouble += $" ({error.Message})"; // A broken connection may refuse even to close.
        }
    }

    /// <summary>Appends that were accepted before are written first.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        GC.SuppressFinalize(this);
    }
}
