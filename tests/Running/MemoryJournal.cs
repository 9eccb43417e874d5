using System.Runtime.CompilerServices;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Tests.Running;

/// <summary>A journal in memory that fails when a test says so, as disks and networks do: before writing or after.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, List<JournalEntry>> _streams = new(StringComparer.Ordinal);
    private readonly List<JournalEntry> _all = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called before an entry is written: when it throws, nothing is written.</summary>
    public Action<string>? BeforeWriting { get; set; }

    /// <summary>Called after an entry was written: when it throws, the caller does not know of it.</summary>
    public Action<string>? AfterWriting { get; set; }

    /// <summary>Reading fails with this while it is set.</summary>
    public Exception? ReadingFails { get; set; }

    public IReadOnlyList<JournalEntry> Of(string stream)
    {
        lock (_gate)
        {
            return _streams.TryGetValue(stream, out var entries) ? [.. entries] : [];
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (ReadingFails is { } error)
        {
            throw error;
        }

        foreach (var entry in Of(stream).Where(entry => entry.Version > after))
        {
            await Task.CompletedTask;
            yield return entry;
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] streams;
        lock (_gate)
        {
            streams = [.. _streams.Keys];
        }

        foreach (var stream in streams)
        {
            await foreach (var entry in ReadAsync(stream, 0, cancellationToken))
            {
                yield return entry;
            }
        }
    }

    private readonly Queue<(Func<Task<JournalHead>> Write, TaskCompletionSource<JournalHead> Done)> _held = new();

    /// <summary>While true, appends wait for <see cref="WriteHeld"/> or <see cref="LoseHeld"/>.</summary>
    public bool Holds { get; set; }

    public int Held => _held.Count;

    /// <summary>Writes everything that waits, in order, and lets later appends through.</summary>
    public void WriteHeld()
    {
        Holds = false;
        while (_held.TryDequeue(out var append))
        {
            append.Done.SetFromTask(append.Write());
        }
    }

    /// <summary>The connection breaks. The first appends that wait may have been written, and no caller learns which.</summary>
    public void LoseHeld(int written)
    {
        for (var lost = 0; _held.TryDequeue(out var append); lost++)
        {
            _ = lost < written ? append.Write() : Task.CompletedTask;
            append.Done.SetException(new JournalUnavailableException());
        }
    }

    public Task<JournalHead> AppendAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry)
    {
        if (!Holds)
        {
            return WriteAsync(stream, head, at, entry);
        }

        var done = new TaskCompletionSource<JournalHead>(TaskCreationOptions.RunContinuationsAsynchronously);
        _held.Enqueue((() => WriteAsync(stream, head, at, entry), done));
        return done.Task;
    }

    private Task<JournalHead> WriteAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry)
    {
        try
        {
            BeforeWriting?.Invoke(stream);
            lock (_gate)
            {
                var entries = _streams.TryGetValue(stream, out var known) ? known : _streams[stream] = [];
                if (entries.Count != head.Version || (head.Version > 0 && !entries[^1].Hash.Span.SequenceEqual(head.Hash.Span)))
                {
                    throw new VersionConflictException(stream, head.Version);
                }

                var after = head.Then(stream, at, entry.Span);
                entries.Add(new JournalEntry(stream, after.Version, at, entry.ToArray(), after.Hash) { Position = _all.Count + 1 });
                _all.Add(entries[^1]);
                head = after;
            }

            Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            AfterWriting?.Invoke(stream);
            return Task.FromResult(head);
        }
        catch (Exception error) when (error is VersionConflictException or JournalUnavailableException)
        {
            return Task.FromException<JournalHead>(error);
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadFromAsync(long position, string kind,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JournalEntry[] entries;
        lock (_gate)
        {
            entries = [.. _all.Where(e => e.Position > position && e.Stream.StartsWith(kind + "/", StringComparison.Ordinal))];
        }

        foreach (var entry in entries)
        {
            await Task.CompletedTask;
            yield return ReadingFails is { } error ? throw error : entry;
        }
    }

    public async IAsyncEnumerable<string> StreamsAsync(string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] streams;
        lock (_gate)
        {
            streams = [.. _streams.Keys.Where(stream => stream.StartsWith(kind + "/", StringComparison.Ordinal))];
        }

        foreach (var stream in streams)
        {
            await Task.CompletedTask;
            yield return ReadingFails is { } error ? throw error : stream;
        }
    }

    public Task<long> LastPositionAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult((long)_all.Count);
        }
    }

    public Task NextEntry => Volatile.Read(ref _next).Task;

    public async Task<long> LastVersionAsync(string stream) =>
        await ReadAsync(stream, 0, CancellationToken.None).Select(entry => entry.Version).LastOrDefaultAsync();
}
