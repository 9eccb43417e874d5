using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains.Journal;

namespace Aufruf.Grains;

/// <summary>The only store of truth: per stream an append-only chain of entries. One entry is all that one request changed.</summary>
public interface IJournal
{
    /// <summary>The entries of a stream after one of its versions; after 0: all of them.</summary>
    IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long after, CancellationToken cancellationToken);

    /// <summary>The version a stream ends at; 0 when it has no entry yet.</summary>
    Task<long> LastVersionAsync(string stream);

    /// <summary>The entry of a request; null when the stream has none. A database has an index for it, but not for queues.</summary>
    async Task<JournalEntry?> FindAsync(string stream, RequestId request) =>
        await ReadAsync(stream, 0, CancellationToken.None).FirstOrDefaultAsync(entry => EntryContent.RequestOf(entry) == request);

    /// <summary>Every entry of every stream, ordered by stream and version.</summary>
    IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>The entries after a position, in the order in which they became durable, up to the present end.</summary>
    /// <param name="position">Of the last entry that the reader knows; 0: it knows none.</param>
    /// <param name="kind">Only streams of this kind, such as "queue".</param>
    IAsyncEnumerable<JournalEntry> ReadFromAsync(long position, string kind, CancellationToken cancellationToken);

    /// <summary>The names of all streams of a kind, in their order.</summary>
    IAsyncEnumerable<string> StreamsAsync(string kind, CancellationToken cancellationToken);

    /// <summary>The position of the last entry; 0 when there is none.</summary>
    Task<long> LastPositionAsync(CancellationToken cancellationToken);

    /// <summary>Completes when an entry is added. Take it before reading, and no entry is missed.</summary>
    Task NextEntry { get; }

    /// <summary>Appends an entry after <paramref name="head"/>; it is durable when the new head is returned.</summary>
    /// <param name="entry">UTF-8 JSON.</param>
    /// <exception cref="VersionConflictException">The stream does not end at <paramref name="head"/>; nothing was written.</exception>
    /// <exception cref="Contracts.JournalUnavailableException">Whether it was written is unknown: read the stream again.</exception>
    Task<JournalHead> AppendAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry);
}

/// <summary>Receives the durable changes of one kind of aggregate, in order per stream, and every state that was read back.</summary>
public interface IAnnouncer<in TState, in TEvent>
{
    /// <summary>Must return quickly and never throw: it runs in the grain's turn, after the entry is durable.</summary>
    /// <param name="happened">The events of this version; null when the state was read back and may differ in anything.</param>
    void Announce(string stream, long version, TState state, IReadOnlyList<TEvent>? happened);
}

/// <summary>Whether the machine's clock may be believed. Steps that are final wait until then.</summary>
public interface ISteadyClock
{
    /// <summary>False: the clock has stepped a short time ago.</summary>
    bool IsSteady();
}

/// <summary>The offices' present configuration.</summary>
public interface IOffices
{
    /// <summary>The configuration of a queue; null when there is no such area, or no longer.</summary>
    Setting? For(QueueKey key);
}
