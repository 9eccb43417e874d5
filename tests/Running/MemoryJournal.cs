using System.Runtime.CompilerServices;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Tests.Running;

/// <summary>A journal in memory that can be told to fail, as disks and networks do: before writing or after.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, List<JournalEntry>> _streams = new(StringComparer.Ordinal);

    /// <summary>Called before an entry is written: throw, and it is not.</summary>
    public Action<string>? BeforeWriting { get; set; }

    /// <summary>Called when the entry stands already: throw, and the caller does not know that it does.</summary>
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

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (ReadingFails is { } error)
        {
            throw error;
        }

        foreach (var entry in Of(stream))
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
            await foreach (var entry in ReadAsync(stream, cancellationToken))
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

    /// <summary>The connection breaks: of the first of those that wait, some may have been written, and nobody hears which.</summary>
    /// <param name="only">How many of them hear of it now.</param>
    public void LoseHeld(int written, int only = int.MaxValue)
    {
        for (var told = 0; told < only && _held.TryDequeue(out var append); told++)
        {
            _ = told < written ? append.Write() : Task.CompletedTask;
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
                entries.Add(new JournalEntry(stream, after.Version, at, entry.ToArray(), after.Hash));
                head = after;
            }

            AfterWriting?.Invoke(stream);
            return Task.FromResult(head);
        }
        catch (Exception error) when (error is VersionConflictException or JournalUnavailableException)
        {
            return Task.FromException<JournalHead>(error);
        }
    }

    public Task ProbeAsync() => Task.CompletedTask;
}
