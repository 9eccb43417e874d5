using Aufruf.Domain.Forecasts;

namespace Aufruf.Hub.Push;

/// <summary>One area of one connected board: a snapshot first, then changes. It shows numbers and counters only.</summary>
/// <param name="board">"alsdorf.rathaus.halle".</param>
/// <param name="areas">All areas that this screen shows, "alsdorf.rathaus.erdgeschoss".</param>
internal sealed class BoardScreen(ScreenTools tools, string board, AreaFeed feed, IBoardClient client, IReadOnlyList<string> areas)
    : ConnectedScreen(feed, tools.Log)
{
    private static readonly IReadOnlyDictionary<char, PromisedRange> Unknown = new Dictionary<char, PromisedRange>();

    private IReadOnlyDictionary<char, PromisedRange> _waits = Unknown; // As they were sent last.
    private Office? _office; // As it was configured at the last snapshot.

    public string Board { get; } = board;

    /// <summary>If the board shows another queue or a later version than was sent, it gets the whole picture.</summary>
    public void Answered(string queue, long version)
    {
        if (Feed.Now is { } now && (now.Queue.Key.ToString() != queue || version > now.Version))
        {
            Refresh();
        }
    }

    public override Task BeatAsync(Heartbeat heartbeat) => client.Heartbeat(heartbeat);

    protected override async Task ShowAsync(AreaState? shown, AreaState now)
    {
        if (tools.Offices.FindBoard(Board) is not var (office, _, board) || office.Area(now.Queue.Key.Area) is not { } area)
        {
            return;
        }

        var (at, before) = (tools.Clock.GetUtcNow(), _waits);
        _waits = tools.Forecasts.Of(Feed.Area)?.Letters ?? Unknown;
        if (shown is null || shown.Queue.Key != now.Queue.Key || !ReferenceEquals(office, _office))
        {
            _office = office;
            await client.Snapshot(Whole(office, area, board, areas, now, _waits, at, ScreenTools.Build));
        }
        else if (shown != now || !IsSame(before, _waits))
        {
            // The waits are most of a message, and most changes come without a new forecast.
            await client.Changed(Change(area, shown, now, ReferenceEquals(before, _waits) ? null : _waits, at));
        }
    }

    /// <param name="areas">The keys of all areas that the screen shows.</param>
    /// <param name="waits">How long a new ticket of a letter waits; a missing letter is unknown.</param>
    internal static BoardSnapshot Whole(Office office, WaitingArea area, Board board, IReadOnlyList<string> areas, AreaState now,
        IReadOnlyDictionary<char, PromisedRange> waits, DateTimeOffset at, string build) => new(
        now.Queue.Key, now.Version, at, build, office.Name, now.Queue.Key.AreaKey,
        [.. from key in areas
            let shown = office.Area(key[(office.Key.Length + 1)..])
            where shown is not null
            select new BoardArea(key, shown.Name)],
        office.Languages, office.TimeZone,
        [.. area.Counters.Select(c => new BoardCounter(c.Id, c.Label, board.Arrows.TryGetValue(c.Id, out var arrow) ? arrow : null))],
        [.. area.Services.GroupBy(s => s.Letter)
            .Select(g => new BoardGroup(g.Key, g.First().Name, g.Sum(s => now.Queue.Waiting.CountOf(s.Id)),
                waits.GetValueOrDefault(g.Key)))],
        board.Notes,
        [.. now.Queue.Counters.Keys.Select(now.Queue.VisitAt).OfType<Ticket>().Select(CallOf)
            .OrderByDescending(c => c.LastCallAt).ThenBy(c => c.Counter.Value, StringComparer.Ordinal)]);

    /// <param name="waits">Null: as they were sent last.</param>
    internal static BoardChange Change(WaitingArea area, AreaState shown, AreaState now, IReadOnlyDictionary<char, PromisedRange>? waits,
        DateTimeOffset at)
    {
        // Visits that did not change are the same objects in both states.
        var changed = now.Queue.Counters.Keys.Select(counter => (Before: shown.Queue.VisitAt(counter), After: now.Queue.VisitAt(counter)))
            .Where(visit => !ReferenceEquals(visit.Before, visit.After)).ToList();
        var (before, after) = (WaitingByLetter(shown.Queue, area), WaitingByLetter(now.Queue, area));
        return new(now.Queue.Key, shown.Version, now.Version, at,
            [.. changed.Select(c => c.After).OfType<Ticket>().Select(CallOf).OrderBy(call => call.LastCallAt)],
            [.. changed.Select(c => c.Before).OfType<Ticket>().Select(t => t.Number)
                .Where(number => changed.TrueForAll(c => c.After?.Number != number))],
            after.Where(waiting => before[waiting.Key] != waiting.Value).ToDictionary(),
            waits);
    }

    private static bool IsSame(IReadOnlyDictionary<char, PromisedRange> one, IReadOnlyDictionary<char, PromisedRange> other) =>
        ReferenceEquals(one, other)
        || (one.Count == other.Count && one.All(wait => other.TryGetValue(wait.Key, out var range) && range == wait.Value));

    private static BoardCall CallOf(Ticket t) => new(t.Number, t.Counter!.Value, t.State, t.CalledAt!.Value, t.LastCallAt!.Value, t.Calls);

    private static Dictionary<char, int> WaitingByLetter(Queue queue, WaitingArea area)
    {
        var waiting = new Dictionary<char, int>();
        foreach (var service in area.Services)
        {
            waiting[service.Letter] = waiting.GetValueOrDefault(service.Letter) + queue.Waiting.CountOf(service.Id);
        }

        return waiting;
    }
}
