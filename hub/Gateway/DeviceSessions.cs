using System.Collections.Concurrent;
using Aufruf.Edge.Protocol;

namespace Aufruf.Hub.Gateway;

/// <summary>What the hub remembers of each device while it runs: recent answers, and how its clock ticks against ours.</summary>
/// <remarks>Lost with a restart, and rightly so: what was acknowledged the device has forgotten, what was not is decided by the journal.</remarks>
public sealed class DeviceSessions(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string, string), DeviceSession> _sessions = new();

    public DeviceSession Of(string office, string device) => _sessions.GetOrAdd((office, device), _ => new DeviceSession(clock));
}

/// <summary>One device. Its events come one after the other: the broker reads a connection in order.</summary>
public sealed class DeviceSession(TimeProvider clock)
{
    // A device has at most 200 events in its outbox; twice that many answers cover every repeat it can still send.
    private const int Remembered = 400;

    // Two crystals differ by up to 100 millionths: 15 s in two days, and a good press would look stale.
    private const double ClockDrift = 100e-6;

    private static readonly TimeSpan OldestAge = TimeSpan.FromDays(365);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Task<EventAnswer>> _deciding = [];
    private readonly Dictionary<Guid, EventAnswer> _answers = [];
    private readonly Queue<Guid> _order = new();
    private string? _boot;
    private double _fastestMs = double.PositiveInfinity;
    private double _heardMs;

    /// <summary>Two copies of one event at the same moment, over an old and a new connection, are one decision.</summary>
    public async Task<EventAnswer> DecideOnceAsync(Guid id, Func<Task<EventAnswer>> decide)
    {
        var mine = new TaskCompletionSource<EventAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<EventAnswer>? others;
        lock (_gate)
        {
            others = _deciding.TryGetValue(id, out var running) ? running : null;
            _deciding.TryAdd(id, mine.Task);
        }

        if (others is not null)
        {
            return await others;
        }

        try
        {
            var answer = await decide();
            mine.SetResult(answer);
            return answer;
        }
        catch (Exception error)
        {
            mine.SetException(error); // The other copy is not settled either: its connection ends, its device sends it again.
            _ = mine.Task.Exception; // Often there is no other copy to hear of it.
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _deciding.Remove(id);
            }
        }
    }

    public EventAnswer? Answered(Guid id)
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
            if (answer.Id is { } id && _answers.TryAdd(id, answer))
            {
                _order.Enqueue(id);
                if (_order.Count > Remembered)
                {
                    _answers.Remove(_order.Dequeue());
                }
            }
        }
    }

    /// <summary>How long ago an event happened; null when nobody can know, because the device has restarted and its clock was not set.</summary>
    /// <remarks>
    /// Within one boot of the device only monotonic time counts: its wall clock may step by an hour. The quickest message
    /// of that boot tells how the two monotonic clocks stand to each other; a message that took longer was held up on the way.
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
            _fastestMs = Math.Min(_fastestMs + ((now - _heardMs) * ClockDrift), now - sent);
            _heardMs = now;
            return TimeSpan.FromMilliseconds(Math.Clamp(now - _fastestMs - happened.Mono, 0, OldestAge.TotalMilliseconds));
        }
    }
}
