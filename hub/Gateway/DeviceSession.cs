using Aufruf.Edge.Protocol;

namespace Aufruf.Hub.Gateway;

/// <summary>The hub's memory of one device while it runs: recent answers, and the offset between the two clocks.</summary>
/// <remarks>A restart may lose it: the device has forgotten acknowledged events, and the journal decides all others.</remarks>
public sealed class DeviceSession(TimeProvider clock, Standstill standstill)
{
    // A device has at most 200 events in its outbox. Twice that many answers cover every repeat.
    private const int Remembered = 400;

    // Two crystals differ by up to 100 millionths: 15 s in two days, enough to make a good press look old.
    private const double ClockDrift = 100e-6;

    // A box that comes back after a night has some tens of old presses. A device that never ends them fills no journal.
    private const int RecordedAtOnce = 40;
    private static readonly TimeSpan RecordedEach = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan OldestAge = TimeSpan.FromDays(365);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Task<EventAnswer>> _deciding = [];
    private readonly OrderedDictionary<Guid, EventAnswer> _answers = [];
    private readonly Queue<long> _recorded = new();
    private string? _boot;
    private double _fastestMs = double.PositiveInfinity;
    private double _heardMs;

    /// <summary>Two copies of one event at the same moment, over an old and a new connection, are one decision.</summary>
    public async Task<EventAnswer> DecideOnceAsync(Guid id, Func<Task<EventAnswer>> decide)
    {
        Task<EventAnswer>? decision;
        lock (_gate)
        {
            if (!_deciding.TryGetValue(id, out decision))
            {
                _deciding[id] = decision = decide();
            }
        }

        try
        {
            return await decision;
        }
        finally
        {
            lock (_gate)
            {
                if (_deciding.GetValueOrDefault(id) == decision)
                {
                    _deciding.Remove(id);
                }
            }
        }
    }

    public EventAnswer? AnswerTo(Guid id)
    {
        lock (_gate)
        {
            return _answers.GetValueOrDefault(id);
        }
    }

    public void Remember(EventAnswer answer)
    {
        lock (_gate)
        {
            if (answer.Id is { } id && _answers.TryAdd(id, answer) && _answers.Count > Remembered)
            {
                _answers.RemoveAt(0);
            }
        }
    }

    /// <summary>False while this device has caused too many recorded refusals; further ones are only counted.</summary>
    public bool MayRecordRefusal
    {
        get
        {
            lock (_gate)
            {
                while (_recorded.TryPeek(out var first) && clock.GetElapsedTime(first) > RecordedAtOnce * RecordedEach)
                {
                    _recorded.Dequeue();
                }

                return _recorded.Count < RecordedAtOnce;
            }
        }
    }

    public void RecordedRefusal()
    {
        lock (_gate)
        {
            _recorded.Enqueue(clock.GetTimestamp());
        }
    }

    /// <summary>How long ago an event happened; null when the device has restarted and its clock was not set.</summary>
    /// <remarks>
    /// Within one boot of the device only monotonic time counts: its wall clock may step by an hour. The quickest message of that
    /// boot gives the offset between the two monotonic clocks. A slower message was delayed on the way.
    /// </remarks>
    public TimeSpan? AgeOf(DeviceEvent happened)
    {
        if (happened.Sent is not { } sent)
        {
            return happened.Clock is ClockState.Synced && clock.GetUtcNow() - happened.At is { Ticks: >= 0 } age ? age : null;
        }

        lock (_gate)
        {
            if (_boot != happened.Boot)
            {
                (_boot, _fastestMs) = (happened.Boot, double.PositiveInfinity);
            }

            var now = clock.GetElapsedTime(0).TotalMilliseconds;
            if (double.IsPositiveInfinity(_fastestMs) && standstill.JustEnded is { Ticks: > 0 } still)
            {
                // The first message of a boot may have waited all the time, and gives no offset.
                return TimeSpan.FromMilliseconds(Math.Clamp(sent - happened.Mono, 0, OldestAge.TotalMilliseconds)) + still;
            }

            _fastestMs = Math.Min(_fastestMs + ((now - _heardMs) * ClockDrift), now - sent);
            _heardMs = now;
            return TimeSpan.FromMilliseconds(Math.Clamp(now - _fastestMs - happened.Mono, 0, OldestAge.TotalMilliseconds));
        }
    }
}
