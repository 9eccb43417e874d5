using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Push;

/// <summary>What a board shows of a queue. Numbers and counters only.</summary>
public static class BoardPicture
{
    /// <param name="waits">How long a new ticket of a letter waits; one that is missing is unknown.</param>
    public static BoardSnapshot Whole(Office office, WaitingArea area, Board board, AreaState now, IReadOnlyDictionary<char, PromisedRange> waits, DateTimeOffset at, string build) => new(
        now.Queue.Key, now.Version, at, build, office.Name, area.Name, office.Languages, office.TimeZone,
        [.. area.Counters.Select(c => new BoardCounter(c.Id, c.Label, board.Arrows.GetValueOrDefault(c.Id)))],
        [.. area.Services.GroupBy(s => s.Letter).Select(g => new BoardGroup(g.Key, g.First().Name, Waiting(now.Queue, area)[g.Key], waits.GetValueOrDefault(g.Key)))],
        board.Notes,
        [.. Calls(now.Queue).OrderByDescending(c => c.LastCallAt).ThenBy(c => c.Counter.Value, StringComparer.Ordinal)]);

    /// <param name="waits">Null: as the board was told last.</param>
    public static BoardChange Change(WaitingArea area, AreaState shown, AreaState now, IReadOnlyDictionary<char, PromisedRange>? waits, DateTimeOffset at)
    {
        var changed = new List<(Ticket? Before, Ticket? After)>();
        foreach (var counter in now.Queue.Counters.Keys)
        {
            // A queue shares what did not change with the one before it: most visits need no second look.
            var visit = (Before: shown.Queue.VisitAt(counter), After: now.Queue.VisitAt(counter));
            if (!ReferenceEquals(visit.Before, visit.After))
            {
                changed.Add(visit);
            }
        }

        return new(now.Queue.Key, shown.Version, now.Version, at,
            [.. changed.Where(c => c.After is not null).Select(c => CallOf(c.After!)).OrderBy(call => call.LastCallAt)],
            [.. changed.Where(c => c.Before is not null && changed.All(other => other.After?.Number != c.Before.Number)).Select(c => c.Before!.Number)],
            OtherNumbers(area, shown.Queue, now.Queue),
            waits);
    }

    /// <summary>How many wait, of the letters where it has changed.</summary>
    private static Dictionary<char, int> OtherNumbers(WaitingArea area, Queue shown, Queue now)
    {
        var letters = new HashSet<char>();
        foreach (var service in area.Services)
        {
            if (shown.Waiting.CountOf(service.Id) != now.Waiting.CountOf(service.Id))
            {
                letters.Add(service.Letter);
            }
        }

        return letters.ToDictionary(letter => letter, letter => area.Services.Where(s => s.Letter == letter).Sum(s => now.Waiting.CountOf(s.Id)));
    }

    /// <summary>Everybody who is called or served now: one per counter at most.</summary>
    private static IEnumerable<BoardCall> Calls(Queue queue) => queue.Counters.Keys
        .Select(queue.VisitAt).OfType<Ticket>().Select(CallOf);

    private static BoardCall CallOf(Ticket t) => new(t.Number, t.Counter!.Value, t.State, t.CalledAt!.Value, t.LastCallAt!.Value, t.Calls);

    private static Dictionary<char, int> Waiting(Queue queue, WaitingArea area)
    {
        var waiting = new Dictionary<char, int>();
        foreach (var service in area.Services)
        {
            waiting[service.Letter] = waiting.GetValueOrDefault(service.Letter) + queue.Waiting.CountOf(service.Id);
        }

        return waiting;
    }
}
