using Aufruf.Grains.Journal;

namespace Aufruf.Simulation.Hub;

/// <summary>What survives everything: the streams of the journal. Also whether the database answers at the moment.</summary>
internal sealed class SimulatedDisk(Action<JournalEntry> written)
{
    private readonly SortedDictionary<string, List<JournalEntry>> _streams = new(StringComparer.Ordinal);

    /// <summary>Down: nothing can be read, and of a write nobody knows whether it was done.</summary>
    public bool IsDown { get; set; }

    public bool IsSlow { get; set; }

    public IReadOnlyList<string> Streams => [.. _streams.Keys];

    public IReadOnlyList<JournalEntry> Read(string stream) => _streams.TryGetValue(stream, out var entries) ? [.. entries] : [];

    public long LastVersion(string stream) => _streams.TryGetValue(stream, out var entries) ? entries.Count : 0;

    /// <summary>The primary key (stream, version) and the predecessor's hash decide: false when somebody else was there first.</summary>
    public bool TryWrite(JournalEntry entry, JournalHead before)
    {
        if (!_streams.TryGetValue(entry.Stream, out var entries))
        {
            _streams[entry.Stream] = entries = [];
        }

        if (entry.Version != entries.Count + 1 || (entries.Count > 0 && !entries[^1].Hash.Span.SequenceEqual(before.Hash.Span)))
        {
            return false;
        }

        entries.Add(entry);
        written(entry);
        return true;
    }
}
