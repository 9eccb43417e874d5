using Aufruf.Domain;
using Aufruf.Grains.Journal;

namespace Aufruf.Grains;

/// <summary>An aggregate after one of its entries. It counts only if the journal has that very entry.</summary>
/// <param name="Requests">The request id of every entry up to there, in order.</param>
public sealed record Snapshot<TState>(JournalHead Head, IReadOnlyList<RequestId> Requests, TState State);

/// <summary>Snapshots beside the journal, so that a restart reads only the entries after the last one.</summary>
/// <remarks>A snapshot that is lost or cannot be read costs time and nothing else.</remarks>
public interface ISnapshots<TState>
{
    /// <summary>The number of new entries after which a new snapshot is saved.</summary>
    int EntriesApart { get; }

    /// <summary>The shortest time between two snapshots of one stream.</summary>
    TimeSpan TimeApart { get; }

    /// <summary>Null when there is none that can be read.</summary>
    Task<Snapshot<TState>?> FindAsync(string stream);

    /// <summary>Replaces the last snapshot of a stream in the background. Must return quickly and never throw.</summary>
    void Save(string stream, Snapshot<TState> snapshot);
}
