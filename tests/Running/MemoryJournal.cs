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

    public Task<JournalHead> AppendAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry)
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
