using System.Collections.Concurrent;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Push;

/// <summary>All waiting areas of this hub as they are now. What is announced here is already durable.</summary>
public sealed class LiveAreas(IQueues queues, TimeProvider clock) : IAnnouncer<Queue, QueueEvent>
{
    private readonly ConcurrentDictionary<string, AreaFeed> _feeds = new();

    /// <summary>In one order, whatever the process: a simulated day must replay.</summary>
    public IEnumerable<AreaFeed> All => _feeds.Values.OrderBy(feed => feed.Area, StringComparer.Ordinal);

    public AreaFeed Of(string area) => _feeds.GetOrAdd(area, key => new AreaFeed(key));

    public void Announce(string stream, long before, long version, Queue state, IReadOnlyList<QueueEvent>? happened)
    {
        Of(state.Key.AreaKey).Take(state, before, version, happened);
        WakeOtherDesks(state.Key, happened ?? []);
    }

    /// <summary>A call for help is heard at every desk of the office, at once.</summary>
    private void WakeOtherDesks(QueueKey key, IReadOnlyList<QueueEvent> happened)
    {
        if (happened.Any(e => e is QueueEvent.EmergencyRaised or QueueEvent.EmergencyAccepted or QueueEvent.EmergencyEnded))
        {
            foreach (var other in All.Where(feed => feed.Area != key.AreaKey && feed.Area.StartsWith(key.OfficeKey + ".", StringComparison.Ordinal)))
            {
                other.WakeAll();
            }
        }
    }

    /// <summary>Reads today's queue of every area of an office, so that every screen and sign has something true to show.</summary>
    public async Task ReadTodayAsync(Office office)
    {
        foreach (var area in office.Areas)
        {
            var key = office.QueueOf(area, clock.GetUtcNow());
            var view = await queues.ViewAsync(key);
            Of(key.AreaKey).Take(view.Queue, 0, view.Version, happened: null);
        }
    }

    /// <summary>Why a new version of an office must not take effect: an area in which people wait cannot vanish.</summary>
    public string? Objection(Office before, Office? after) => before.Areas
        .Where(area => after?.Area(area.Id) is null)
        .Select(area => (area.Id, Waiting: Of($"{before.Key}.{area.Id}").Now is { } now && now.Queue.Key.Day == before.Day(clock.GetUtcNow()) ? now.Queue.Waiting.Count : 0))
        .Where(gone => gone.Waiting > 0)
        .Select(gone => $"{before.Key}: area '{gone.Id}' is gone from the configuration, but {gone.Waiting} tickets wait there today; it stays until they are served.")
        .FirstOrDefault();
}
