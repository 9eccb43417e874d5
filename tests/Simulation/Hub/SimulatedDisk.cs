using Aufruf.Grains.Journal;

namespace Aufruf.Simulation.Hub;

/// <summary>The streams of the journal, which survive everything. Also whether the database answers at the moment.</summary>
internal sealed class SimulatedDisk(Action<JournalEntry> written)
{
    private readonly SortedDictionary<string, List<JournalEntry>> _streams = new(StringComparer.Ordinal);
    private readonly List<JournalEntry> _all = [];
    private TaskCompletionSource _next = new();

    /// <summary>Down: reads fail, and the result of a write is unknown.</summary>
    public bool IsDown { get; set; }

    public bool IsSlow { get; set; }

    public IReadOnlyList<string> Streams => [.. _streams.Keys];

    public IReadOnlyList<JournalEntry> Read(string stream, long after = 0) =>
        _streams.TryGetValue(stream, out var entries) ? [.. entries.Skip((int)Math.Max(0, after))] : [];

    /// <summary>The entries after a position, in their order.</summary>
    public IReadOnlyList<JournalEntry> ReadFrom(long position, string kind) =>
        [.. _all.Skip((int)position).Where(e => e.Stream.StartsWith(kind + "/", StringComparison.Ordinal))];

    public Task NextEntry => _next.Task;

    public long LastPosition => _all.Count;

    public long LastVersion(string stream) => _streams.TryGetValue(stream, out var entries) ? entries.Count : 0;

    /// <summary>The primary key (stream, version) and the predecessor's hash decide: false when another process wrote first.</summary>
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

        entries.Add(entry with { Position = _all.Count + 1 });
        _all.Add(entries[^1]);
        written(entry);
        var grown = _next;
        _next = new();
        grown.SetResult();
        return true;
    }
}
