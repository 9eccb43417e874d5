using System.Diagnostics;
using System.Threading.Channels;
using Aufruf.Contracts;

namespace Aufruf.Grains.Journal;

/// <summary>Commits the entries of all grains of a process in groups: the cost per entry falls as load rises.</summary>
/// <remarks>
/// Who appends while nobody writes becomes the writer, on its own thread: a lone press pays no hand-over.
/// Appends that arrive meanwhile form the next group, written by a thread of the pool.
/// </remarks>
public abstract class GroupCommitJournal : IJournal, IAsyncDisposable
{
    private const int LargestGroup = 512;

    // 4,096 waiting appends are seconds of the busiest installation; beyond it callers wait here, and presses wait at the door.
    private readonly Channel<PendingAppend> _waiting = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly List<PendingAppend> _group = new(LargestGroup);
    private readonly SemaphoreSlim _writer = new(1, 1);
    // Where this writer's streams end, as long as its connection lasts: what is known need not be asked. A day of a whole region has fewer.
    private const int KnownEnds = 100_000;
    private readonly Dictionary<string, JournalHead> _ends = [];
    private readonly Dictionary<string, JournalHead> _inGroup = [];

    /// <summary>Null while the last write succeeded; otherwise the sentence an operator needs.</summary>
    public string? Trouble
    {
        get;
        private set
        {
            var broke = field is null && value is not null;
            field = value;
            if (broke)
            {
                Broke?.Invoke();
            }
        }
    }

    /// <summary>Told when the first write fails after all went well.</summary>
    public event Action? Broke;

    public IAsyncEnumerable<JournalEntry> ReadAsync(string stream, CancellationToken cancellationToken) => ReadAfterAsync(stream, 0, cancellationToken);

    public abstract IAsyncEnumerable<JournalEntry> ReadAfterAsync(string stream, long version, CancellationToken cancellationToken);

    public virtual IAsyncEnumerable<T> ReadAfterAsync<T>(string stream, long version, Func<JournalEntry, T> digest, CancellationToken cancellationToken) =>
        ReadAfterAsync(stream, version, cancellationToken).Select(digest);

    public abstract Task<long> LastVersionAsync(string stream);

    public abstract IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Writes a group in one transaction. False: one of them conflicts, nothing was written. Any exception: unknown.</summary>
    protected abstract ValueTask<bool> TryWriteAsync(IReadOnlyList<PendingAppend> group);

    /// <summary>Commits a few bytes beside the entries.</summary>
    protected abstract ValueTask WriteProbeAsync();

    /// <summary>Closes what the writer holds, after an error and at the end; the next write opens it again.</summary>
    protected abstract ValueTask CloseWriterAsync();

    /// <summary>What an operator should read about an error of this database.</summary>
    protected abstract string Explain(Exception error);

    public Task<JournalHead> AppendAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry)
    {
        var pending = new PendingAppend(stream, head, head.Then(stream, at, entry.Span), at, entry);
        return _waiting.Writer.TryWrite(pending) ? WriteOrWait(pending) : WaitForRoom(pending);
    }

    private async Task<JournalHead> WaitForRoom(PendingAppend pending)
    {
        try
        {
            await _waiting.Writer.WriteAsync(pending);
        }
        catch (ChannelClosedException)
        {
            throw new JournalUnavailableException("The journal is closed: the hub is stopping. Nothing was written.");
        }

        return await WriteOrWait(pending);
    }

    private Task<JournalHead> WriteOrWait(PendingAppend pending)
    {
        if (_writer.Wait(0))
        {
            var written = WriteGroupAsync();
            if (!written.IsCompletedSuccessfully)
            {
                return AfterAsync(written, pending);
            }
        }

        return pending.Done.Task;

        static async Task<JournalHead> AfterAsync(ValueTask written, PendingAppend pending)
        {
            await written;
            return await pending.Done.Task;
        }
    }

    /// <summary>Holds the writer: writes what waits now, then passes the writer on if more has come.</summary>
    private async ValueTask WriteGroupAsync()
    {
        try
        {
            await WriteWaitingAsync();
        }
        finally
        {
            _writer.Release();
        }

        // Whoever came between the read and the release found the writer taken: write for them.
        if (_waiting.Reader.TryPeek(out _) && _writer.Wait(0))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static journal => _ = journal.WriteGroupAsync().AsTask(), this, preferLocal: false);
        }
    }

    private async ValueTask WriteWaitingAsync()
    {
        try
        {
            while (_group.Count < LargestGroup && _waiting.Reader.TryRead(out var next))
            {
                _group.Add(next);
            }

            if (_group.Count > 0)
            {
                await SettleAsync(_group);
            }
        }
        finally
        {
            _group.Clear();
        }
    }

    private async ValueTask SettleAsync(List<PendingAppend> group)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            FindPredecessors(group);
            if (await TryWriteAsync(group))
            {
                RememberEnds(group);
                group.ForEach(append => append.Done.TrySetResult(append.Head));
            }
            else if (group is [var alone])
            {
                alone.Done.TrySetException(new VersionConflictException(alone.Stream, alone.Head.Version - 1));
            }
            else
            {
                foreach (var append in group.ToArray())
                {
                    await SettleAsync([append]);
                }

                return;
            }

            Trouble = null;
            JournalMetrics.Written(group.Count, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception error)
        {
            Trouble = Explain(error);
            JournalMetrics.Failed(group.Count);
            foreach (var append in group)
            {
                append.Done.TrySetException(new JournalUnavailableException(Trouble, error));
            }

            await CloseQuietlyAsync();
        }
    }

    /// <summary>What need not be asked: the start of a stream, the end that this writer wrote itself, and what stands or falls together with its predecessor in one group.</summary>
    private void FindPredecessors(List<PendingAppend> group)
    {
        _inGroup.Clear();
        foreach (var append in group)
        {
            var isKnown = append.Before.Version == 0
                || (_inGroup.TryGetValue(append.Stream, out var end) || _ends.TryGetValue(append.Stream, out end)) && end.Is(append.Before);
            append.MustFollow = isKnown ? null : append.Before.Hash.ToArray();
            _inGroup[append.Stream] = append.Head;
        }
    }

    private void RememberEnds(List<PendingAppend> group)
    {
        if (_ends.Count > KnownEnds)
        {
            _ends.Clear();
        }

        group.ForEach(append => _ends[append.Stream] = append.Head);
    }

    public Task ProbeAsync() => BetweenWritesAsync(async () =>
    {
        try
        {
            await WriteProbeAsync();
            Trouble = null;
        }
        catch (Exception error)
        {
            Trouble = Explain(error);
            await CloseQuietlyAsync();
            throw new JournalUnavailableException(Trouble, error);
        }
    });

    /// <summary>Does something while nobody writes, then writes what has come meanwhile.</summary>
    protected async Task BetweenWritesAsync(Func<ValueTask> work)
    {
        await _writer.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            _writer.Release();
            if (_waiting.Reader.TryPeek(out _) && _writer.Wait(0))
            {
                await WriteGroupAsync();
            }
        }
    }

    /// <summary>A broken connection may refuse even to close; the error that broke it has been told already.</summary>
    private async ValueTask CloseQuietlyAsync()
    {
        _ends.Clear(); // Who knows which database the next connection finds: a backup, a standby that lacked the last entries.
        try
        {
            await CloseWriterAsync();
        }
        catch (Exception error)
        {
            Trouble += $" ({error.Message})";
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writer.WaitAsync();
        while (_waiting.Reader.TryPeek(out _))
        {
            await WriteWaitingAsync(); // Whoever was let in gets an answer.
        }

        await CloseWriterAsync();
        _writer.Release(); // May be disposed again, under another of its service names.
        GC.SuppressFinalize(this);
    }
}

/// <summary>An append on its way to disk.</summary>
/// <param name="Before">Where the stream must end now: that version, with that hash.</param>
/// <param name="Head">Where the stream will end when it is written.</param>
public sealed record PendingAppend(string Stream, JournalHead Before, JournalHead Head, DateTimeOffset At, ReadOnlyMemory<byte> Entry)
{
    /// <summary>Hash of the last entry that must stand in the database before this one; null when that is known already.</summary>
    public byte[]? MustFollow { get; internal set; }

    internal TaskCompletionSource<JournalHead> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
