using System.Collections.Concurrent;

namespace Aufruf.Hub.Gateway;

/// <summary>Notices two devices with one name, such as a cloned card: they take the connection from each other without end.</summary>
/// <remarks>Then the one that is connected stays, and for ten minutes the other is refused. After a cut cable a device takes over its own
/// old connection once, not three times in a minute.</remarks>
public sealed class Twins(TimeProvider clock, LimitedLog log)
{
    private const int Suspicious = 3;

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    // Only devices with a right password get here, so the keys are those of the configuration.
    private readonly ConcurrentDictionary<string, Name> _names = new();

    /// <param name="user">"alsdorf.rathaus/box-3".</param>
    public void TakenOver(string user)
    {
        var name = _names.GetOrAdd(user, _ => new());
        lock (name)
        {
            name.TakeOvers.Enqueue(clock.GetTimestamp());
            while (clock.GetElapsedTime(name.TakeOvers.Peek()) > Within)
            {
                name.TakeOvers.Dequeue();
            }

            if (name.TakeOvers.Count >= Suspicious)
            {
                if (!IsHeld(name))
                {
                    log.Write(to => HubLog.DeviceTwice(to, user), user);
                }

                name.HeldSince = clock.GetTimestamp();
                name.TakeOvers.Clear();
            }
        }
    }

    public bool IsTwice(string user)
    {
        if (!_names.TryGetValue(user, out var name))
        {
            return false;
        }

        lock (name)
        {
            return IsHeld(name);
        }
    }

    private bool IsHeld(Name name) => name.HeldSince is { } since && clock.GetElapsedTime(since) < Hold;

    private sealed class Name
    {
        public Queue<long> TakeOvers { get; } = new();
        public long? HeldSince { get; set; }
    }
}
