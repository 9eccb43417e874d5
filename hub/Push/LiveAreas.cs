using System.Collections.Concurrent;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Push;

/// <summary>All waiting areas of this hub. Announced states are already durable.</summary>
public sealed class LiveAreas(IQueues queues, TimeProvider clock, ILogger<LiveAreas> log) : IAnnouncer<Queue, QueueEvent>
{
    private readonly ConcurrentDictionary<string, AreaFeed> _feeds = new();
    private readonly ConcurrentDictionary<string, string> _unreadable = new(); // Area -> the sentence for the operator.

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

    /// <summary>The areas whose queue of today cannot be read, each with the reason.</summary>
    public IEnumerable<KeyValuePair<string, string>> Unreadable => _unreadable;

    /// <summary>Every area of the office shows its queue of this day.</summary>
    public bool IsShown(Office office, DateOnly day) =>
        office.Areas.All(area => Of($"{office.Key}.{area.Id}").Now?.Queue.Key.Day == day);

    /// <summary>Reads today's queue of every area of an office. An area that cannot be read shows nothing; the others go on.</summary>
    public async Task ReadTodayAsync(Office office)
    {
        foreach (var area in office.Areas)
        {
            var key = office.QueueOf(area, clock.GetUtcNow());
            var feed = Of(key.AreaKey);
            feed.MoveTo(key);
            try
            {
                var view = await queues.ViewAsync(key);
                feed.Take(view.Queue, 0, view.Version, happened: null);
                _unreadable.TryRemove(key.AreaKey, out _);
            }
            catch (UnreadableStreamException error)
            {
                feed.Clear();
                if (_unreadable.GetValueOrDefault(key.AreaKey) != error.Message)
                {
                    _unreadable[key.AreaKey] = error.Message;
                    HubLog.StreamUnreadable(log, key.Stream, error.Message);
                }
            }
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
