using System.Diagnostics;
using Aufruf.Contracts;
using Aufruf.Grains.Journal;

namespace Aufruf.Grains.Subscriptions;

/// <summary>Copies of the streams of one kind, which this process shows or asks without a grain call.</summary>
public interface ICopies<TState, TEvent> : IAnnouncer<TState, TEvent>
{
    /// <summary>The latest known state of a stream, at version 0 when nothing of it is known; null: no copy is wanted here.</summary>
    (long Version, TState State)? CopyOf(string stream);

    /// <summary>A stream was changed by another program, or cannot be read. The others go on.</summary>
    void CannotRead(string stream, string reason);
}

/// <summary>Announces here what another process has written: each entry once and in order, with the state after it.</summary>
/// <remarks>
/// The grain of a stream announces in its own process, at once. All others follow the journal. Both may come at the same moment, so a
/// copy takes only what is newer. Entries are read by their stream, because only that verifies them.
/// </remarks>
public sealed class Announcements<TState, TEvent>(
    IJournal journal, ICopies<TState, TEvent> copies, Func<string, TState> empty, Func<TState, TEvent, TState> apply) : ISubscriber
{
    private long? _position;

    /// <summary>Announcing begins after the present end, or goes on where it was.</summary>
    public async Task<long> BeginAsync(CancellationToken cancellationToken) =>
        _position ??= await journal.LastPositionAsync(cancellationToken);

    public Task TakeAsync(JournalEntry entry, CancellationToken cancellationToken) =>
        copies.CopyOf(entry.Stream) is var (version, _) && version < entry.Version
            ? CatchUpAsync(entry.Stream, cancellationToken) : Task.CompletedTask;

    public Task KeepAsync(long position, CancellationToken cancellationToken)
    {
        _position = position;
        return Task.CompletedTask;
    }

    /// <summary>Announces every stream of a kind.</summary>
    public async Task CatchUpAllAsync(string kind, CancellationToken cancellationToken = default)
    {
        foreach (var stream in await journal.StreamsAsync(kind, cancellationToken).ToListAsync(cancellationToken))
        {
            await CatchUpAsync(stream, cancellationToken);
        }
    }

    /// <summary>Announces the entries of a stream that its copy lacks; the whole state if the copy knows nothing.</summary>
    public async Task CatchUpAsync(string stream, CancellationToken cancellationToken = default)
    {
        try
        {
            if (copies.CopyOf(stream) is var (version, state)
                && (version == 0 || !await ReadAfterAsync(stream, version, state, cancellationToken)))
            {
                await ReadAfterAsync(stream, 0, empty(stream), cancellationToken);
            }
        }
        catch (InvalidDataException error)
        {
            copies.CannotRead(stream, UnreadableStreamException.Because(error).Message);
        }
    }

    /// <summary>False: the stream ends before this version, because an older journal was put back.</summary>
    private async Task<bool> ReadAfterAsync(string stream, long version, TState state, CancellationToken cancellationToken)
    {
        var head = version == 0 ? JournalHead.Start : default(JournalHead?);
        var read = new List<(long Version, TState State, IReadOnlyList<TEvent> Events)>();
        await foreach (var stored in journal.ReadAsync(stream, version - 1, cancellationToken))
        {
            var next = new JournalHead(stored.Version, stored.Hash);
            if (head is { } before)
            {
                if (!before.Then(stream, stored.At, stored.Entry.Span).Is(next))
                {
                    throw new InvalidDataException($"Entry {stored.Version} of {stream} was changed, or the entry before it was cut out.");
                }

                var happened = EntryContent<TEvent>.Read(stored).Events;
                state = After(state, happened, stored);
                read.Add((stored.Version, state, happened));
            }

            head = next;
        }

        // Only now it is known that the hub wrote these entries: the end of the stream is signed.
        if (version == 0)
        {
            copies.Announce(stream, read.Count, state, happened: null);
            return true;
        }

        foreach (var entry in read)
        {
            copies.Announce(stream, entry.Version, entry.State, entry.Events);
        }

        return head is not null;
    }

    private TState After(TState state, IReadOnlyList<TEvent> happened, JournalEntry stored)
    {
        try
        {
            return happened.Aggregate(state, apply);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or ArgumentException
            or NullReferenceException or UnreachableException)
        {
            throw new InvalidDataException($"Entry {stored.Version} of {stored.Stream} does not follow from the entries before it.", error);
        }
    }
}
