using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The events that the hub has not settled, in order, and when each is due to be sent.</summary>
internal sealed class WaitingEvents
{
    // Sent, not yet settled: enough to fill a slow line, few enough for a hub that has just started.
    private const int InFlight = 20;

    private static readonly TimeSpan SendAgainAfter = TimeSpan.FromSeconds(3);

    // The hub carries out no press that is older (its setting StalePress).
    private static readonly TimeSpan StalePress = TimeSpan.FromSeconds(15);

    /// <summary>One event.</summary>
    public sealed class Waiting(DeviceEvent happened, bool isSent)
    {
        public DeviceEvent Event => happened;

        public string Button => happened.Data.TryGetProperty("button", out var name) ? name.GetString() ?? "" : "";

        /// <summary>When it was last sent over this connection; null when it was not.</summary>
        public long? SentAt { get; set; }

        /// <summary>Sent at least once, or refused as too late: the device says no more about it.</summary>
        public bool IsDone { get; set; } = isSent;
    }

    private readonly TimeProvider _time;
    private readonly Func<DeviceEvent, TimeSpan> _ageOf;
    private readonly List<Waiting> _events;

    /// <param name="stored">Of earlier runs: they may have been sent.</param>
    /// <param name="ageOf">The age of an event of this run.</param>
    public WaitingEvents(IEnumerable<DeviceEvent> stored, TimeProvider time, Func<DeviceEvent, TimeSpan> ageOf) =>
        (_events, _time, _ageOf) = ([.. stored.OrderBy(e => e.Seq).Select(e => new Waiting(e, isSent: true))], time, ageOf);

    public int Count => _events.Count;

    public DeviceEvent? Find(Guid id) => _events.Find(e => e.Event.Id == id)?.Event;

    public void Add(DeviceEvent happened) => _events.Add(new(happened, isSent: false));

    /// <summary>Forgets an event; null when it is not there.</summary>
    public Waiting? Take(Guid id)
    {
        var taken = _events.Find(e => e.Event.Id == id);
        return taken is not null && _events.Remove(taken) ? taken : null;
    }

    /// <summary>A new connection: all are sent again.</summary>
    public void Reconnect() => _events.ForEach(e => e.SentAt = null);

    /// <summary>First the events that were unsettled for too long, then new ones as far as the window allows, in order.</summary>
    public IEnumerable<DeviceEvent> TakeDue()
    {
        foreach (var waiting in _events.Take(InFlight).Where(e => UntilSent(e) <= TimeSpan.Zero))
        {
            (waiting.SentAt, waiting.IsDone) = (_time.GetTimestamp(), true);
            yield return waiting.Event;
        }
    }

    /// <summary>The presses of clerks that no hub has heard of in time.</summary>
    public IEnumerable<Waiting> TakeLate()
    {
        while (Unsent is { } late && _ageOf(late.Event) >= StalePress)
        {
            late.IsDone = true;
            yield return late;
        }
    }

    /// <summary>The time until <see cref="TakeDue"/> or <see cref="TakeLate"/> has something; null for no limit.</summary>
    public TimeSpan? Due(bool isConnected)
    {
        var sending = isConnected ? _events.Take(InFlight).Select(e => (TimeSpan?)UntilSent(e)).Min() : null;
        TimeSpan? late = Unsent is { } unsent ? StalePress - _ageOf(unsent.Event) : null;
        return new[] { sending, late }.Min();
    }

    private Waiting? Unsent => _events.Find(e => !e.IsDone && e.Event.Type is DeviceEventTypes.ButtonPressed);

    private TimeSpan UntilSent(Waiting waiting) =>
        waiting.SentAt is { } sent ? SendAgainAfter - _time.GetElapsedTime(sent) : TimeSpan.Zero;
}
