using System.Collections.Concurrent;
using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Push;

/// <summary>All waiting areas of this hub. Announced states are already durable.</summary>
public sealed class LiveAreas(
    IQueues queues, IJournal journal, TimeProvider clock, ILogger<LiveAreas> log, IHubPost? post = null)
    : ICopies<Queue, QueueEvent>
{
    private readonly ConcurrentDictionary<string, AreaFeed> _feeds = new();

    public ScreenFleet Screens { get; } = new(clock, post);

    public ScreenWatch Boards => Screens.Boards;

    /// <summary>Of each area today's queue, of each office its credentials.</summary>
    public UnreadableStreams Unreadable { get; } = new(clock, log);

    /// <summary>In the same order in every process: a simulated day must replay.</summary>
    public IEnumerable<AreaFeed> All => _feeds.Values.OrderBy(feed => feed.Area, StringComparer.Ordinal);

    public AreaFeed Of(string area) => _feeds.GetOrAdd(area, key => new AreaFeed(key));

    public void Announce(string stream, long version, Queue state, IReadOnlyList<QueueEvent>? happened)
    {
        Of(state.Key.AreaKey).Take(state, version - 1, version, happened);
        WakeOtherDesks(state.Key, happened);
    }

    /// <summary>False: this hub may not know what others wrote. It sends no heartbeat and takes no screen, so screens leave it.</summary>
    public bool IsCurrent { get; set; } = true;

    /// <summary>Only today's queues are shown, so only they are kept.</summary>
    public (long Version, Queue State)? CopyOf(string stream) =>
        !QueueKey.TryParseStream(stream, out var key) || !_feeds.TryGetValue(key.Value.AreaKey, out var feed) || !feed.Shows(key.Value)
            ? null
        : feed.Now is { } now && now.Queue.Key == key ? (now.Version, now.Queue) : (0, Queue.Empty(key.Value));

    /// <summary>An area that cannot be read shows nothing.</summary>
    public void CannotRead(string stream, string reason)
    {
        if (QueueKey.TryParseStream(stream, out var key))
        {
            Of(key.Value.AreaKey).Clear();
            Unreadable.Add(key.Value.AreaKey, stream, reason);
        }
    }

    /// <summary>Shows all desks of an office something they share.</summary>
    public void WakeOffice(string office)
    {
        foreach (var feed in All.Where(feed => feed.Area.StartsWith(office + ".", StringComparison.Ordinal)))
        {
            feed.WakeAll();
        }
    }

    /// <summary>An emergency call shows at every desk of the office at once.</summary>
    private void WakeOtherDesks(QueueKey key, IReadOnlyList<QueueEvent>? happened)
    {
        if (happened?.Any(e => e is QueueEvent.EmergencyRaised or QueueEvent.EmergencyAccepted or QueueEvent.EmergencyEnded) is not false)
        {
            WakeOffice(key.OfficeKey);
        }
    }

    /// <summary>Whether a clerk sits in another area whose calls the citizens of this queue see.</summary>
    public bool SitsElsewhere(QueueKey queue, Office office, ClerkId clerk) =>
        SeenFrom(queue, office).Any(other => other.Queue.SeatOf(clerk) is not null);

    /// <summary>The clerks who sit in other areas whose calls the citizens of this queue see.</summary>
    public IReadOnlyList<DeskSeat> SeatsElsewhere(QueueKey queue, Office office) =>
        [.. from other in SeenFrom(queue, office)
            from counter in other.Area.Counters
            let clerk = other.Queue.At(counter.Id).Clerk
            where clerk is not null
            select new DeskSeat(other.Queue.Key.AreaKey, counter.Label, clerk.Value)];

    private IEnumerable<(WaitingArea Area, Queue Queue)> SeenFrom(QueueKey queue, Office office) =>
        from area in office.Areas
        where area.Id != queue.Area && office.SeesCalls(queue.Area, area.Id)
        let other = Of($"{office.Key}.{area.Id}").Now?.Queue
        where other is not null && other.Key.Day == queue.Day
        select (area, other);

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
                // A grain may lag behind a hub that others took for dead, and nobody announces those entries any more.
                var view = await queues.ViewAsync(key, await LastVersionAsync(key.Stream));
                feed.Take(view.Queue, 0, view.Version, happened: null);
                Unreadable.Remove(key.AreaKey);
            }
            catch (UnreadableStreamException error)
            {
                CannotRead(key.Stream, error.Message);
            }
        }
    }

    private async Task<long> LastVersionAsync(string stream)
    {
        try
        {
            return await journal.LastVersionAsync(stream);
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }
}
