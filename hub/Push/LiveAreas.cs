using System.Collections.Concurrent;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Push;

/// <summary>All waiting areas of this hub. Announced states are already durable.</summary>
public sealed class LiveAreas(IQueues queues, TimeProvider clock) : IAnnouncer<Queue, QueueEvent>
{
    private readonly ConcurrentDictionary<string, AreaFeed> _feeds = new();

    public BoardWatch Boards { get; } = new(clock);

    /// <summary>In the same order in every process: a simulated day must replay.</summary>
    public IEnumerable<AreaFeed> All => _feeds.Values.OrderBy(feed => feed.Area, StringComparer.Ordinal);

    public AreaFeed Of(string area) => _feeds.GetOrAdd(area, key => new AreaFeed(key));

    public void Announce(string stream, long version, Queue state, IReadOnlyList<QueueEvent>? happened)
    {
        Of(state.Key.AreaKey).Take(state, version - 1, version, happened);
        WakeOtherDesks(state.Key, happened ?? []);
    }

    /// <summary>An emergency call shows at every desk of the office at once.</summary>
    private void WakeOtherDesks(QueueKey key, IReadOnlyList<QueueEvent> happened)
    {
        if (happened.Any(e => e is QueueEvent.EmergencyRaised or QueueEvent.EmergencyAccepted or QueueEvent.EmergencyEnded))
        {
            foreach (var other in All.Where(feed =>
                feed.Area != key.AreaKey && feed.Area.StartsWith(key.OfficeKey + ".", StringComparison.Ordinal)))
            {
                other.WakeAll();
            }
        }
    }

    /// <summary>Reads today's queue of every area of an office.</summary>
    public async Task ReadTodayAsync(Office office)
    {
        foreach (var area in office.Areas)
        {
            var key = office.QueueOf(area, clock.GetUtcNow());
            var view = await queues.ViewAsync(key);
            Of(key.AreaKey).Take(view.Queue, 0, view.Version, happened: null);
        }
    }

    /// <summary>Why a new version of an office must not take effect; null when it may. An area with waiting tickets must stay.</summary>
    public string? Objection(Office before, Office? after)
    {
        foreach (var area in before.Areas.Where(area => after?.Area(area.Id) is null))
        {
            if (Of($"{before.Key}.{area.Id}").Now?.Queue is { Waiting.Count: > 0 and var waiting } queue
                && queue.Key.Day == before.Day(clock.GetUtcNow()))
            {
                return $"{before.Key}: area '{area.Id}' is gone from the configuration, but {waiting} tickets wait there today; "
                    + "it stays until they are served.";
            }
        }

        return null;
    }
}
