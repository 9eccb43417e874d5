using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The events the hub has not settled yet, in order, and which of them are on their way.</summary>
internal sealed class PendingEvents(IOutboxStore store, OutboxLimits limits, TimeProvider time, string boot, long bootedAt)
{
    private sealed class Entry(DeviceEvent happened)
    {
        public DeviceEvent Event { get; set; } = happened;

        /// <summary>Timestamp of the last sending in this connection; null when not yet sent in it.</summary>
        public long? SentAt { get; set; }
    }

    private readonly List<Entry> _entries = [];

    public long LastSeq { get; private set; }
    public int Count => _entries.Count;
    public bool IsFull => _entries.Count >= limits.Events;

    public void Load(OutboxContents contents)
    {
        LastSeq = contents.LastSeq;
        _entries.AddRange(contents.Waiting.OrderBy(e => e.Seq).Select(e => new Entry(e)));
    }

    /// <summary>Durable before it is known here, known here before it is sent.</summary>
    public void Add(DeviceEvent happened)
    {
        store.Add(happened);
        LastSeq = happened.Seq;
        _entries.Add(new Entry(happened));
    }

    /// <summary>A new connection has seen nothing yet: everything is to be sent in order.</summary>
    public void Unsend() => _entries.ForEach(e => e.SentAt = null);

    /// <summary>What is to be sent now: first those unsettled for too long, then new ones as far as the window allows, in order.</summary>
    public IReadOnlyList<DeviceEvent> TakeDue()
    {
        var now = time.GetTimestamp();
        List<DeviceEvent> due = [];
        foreach (var entry in _entries.Take(limits.InFlight))
        {
            if (entry.SentAt is not { } sent || time.GetElapsedTime(sent, now) >= limits.SendAgainAfter)
            {
                entry.SentAt = now;
                due.Add(Stamped(entry.Event, now));
            }
        }

        return due;
    }

    /// <summary>How long until an event must be sent again; null when none is on its way.</summary>
    public TimeSpan? UntilDue()
    {
        var now = time.GetTimestamp();
        TimeSpan? until = null;
        foreach (var entry in _entries.Take(limits.InFlight))
        {
            var left = entry.SentAt is { } sent ? limits.SendAgainAfter - time.GetElapsedTime(sent, now) : TimeSpan.Zero;
            until = until is { } least && least < left ? least : left;
        }

        return until is { } due && due < TimeSpan.Zero ? TimeSpan.Zero : until;
    }

    public DeviceEvent? Find(Guid id) => _entries.Find(e => e.Event.Id == id)?.Event;

    /// <summary>The hub has settled an event. In memory this always succeeds; a disk that refuses costs one repeat after a restart.</summary>
    public void Forget(Guid id)
    {
        if (_entries.FindIndex(e => e.Event.Id == id) is >= 0 and var index)
        {
            var seq = _entries[index].Event.Seq;
            _entries.RemoveAt(index);
            store.Forget(seq);
        }
    }

    private DeviceEvent Stamped(DeviceEvent happened, long now) =>
        happened with { Sent = happened.Boot == boot ? (long)time.GetElapsedTime(bootedAt, now).TotalMilliseconds : null };
}
