using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains.Journal;

namespace Aufruf.Grains;

/// <summary>The only store of truth: per stream an append-only chain of entries. One entry is all that one request changed.</summary>
public interface IJournal
{
    /// <summary>A stream from its first entry on.</summary>
    IAsyncEnumerable<JournalEntry> ReadAsync(string stream, CancellationToken cancellationToken);

    /// <summary>The entries of a stream behind one of its versions.</summary>
    IAsyncEnumerable<JournalEntry> ReadAfterAsync(string stream, long version, CancellationToken cancellationToken) =>
        ReadAsync(stream, cancellationToken).Where(entry => entry.Version > version);

    /// <summary>The same, digested where it is read: beside the caller, if the journal reads on a thread of its own.</summary>
    /// <param name="digest">Pure; called once per entry, in order.</param>
    IAsyncEnumerable<T> ReadAfterAsync<T>(string stream, long version, Func<JournalEntry, T> digest, CancellationToken cancellationToken) =>
        ReadAfterAsync(stream, version, cancellationToken).Select(digest);

    /// <summary>The version a stream ends at; 0 when it has no entry yet.</summary>
    async Task<long> LastVersionAsync(string stream)
    {
        var last = 0L;
        await foreach (var entry in ReadAsync(stream, CancellationToken.None))
        {
            last = entry.Version;
        }

        return last;
    }

    /// <summary>Every entry of every stream, ordered by stream and version.</summary>
    IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Durable once it returns: the entry follows <paramref name="head"/>, and the new head is the answer.</summary>
    /// <param name="entry">UTF-8 JSON.</param>
    /// <exception cref="VersionConflictException">The stream does not end at <paramref name="head"/>; nothing was written.</exception>
    /// <exception cref="Contracts.JournalUnavailableException">Whether it was written is unknown: read the stream again.</exception>
    Task<JournalHead> AppendAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry);

    /// <summary>Writes and commits a few bytes beside the entries, to learn whether entries could be written.</summary>
    Task ProbeAsync();
}

/// <summary>Hears of every durable change of one kind of aggregate, in order per stream, and of the state when it was read back.</summary>
public interface IAnnouncer<in TState, in TEvent>
{
    /// <summary>Must return quickly and never throw: it runs in the grain's turn, after the entry is durable.</summary>
    /// <param name="before">The version announced last: one commit may bring several at once.</param>
    /// <param name="happened">What led from there to this version; null when the state was read back and may differ in anything.</param>
    void Announce(string stream, long before, long version, TState state, IReadOnlyList<TEvent>? happened);
}

/// <summary>The offices' present configuration.</summary>
public interface IOffices
{
    /// <summary>What is configured for a queue; null when the configuration has no such area (any more).</summary>
    Setting? For(QueueKey key);
}
