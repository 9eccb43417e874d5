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
        [.. Calls(now.Queue).OrderByDescending(c => c.LastCallAt)]);

    public static BoardChange Change(WaitingArea area, AreaState shown, AreaState now, IReadOnlyDictionary<char, PromisedRange> waits, DateTimeOffset at)
    {
        var before = Calls(shown.Queue).ToDictionary(c => c.Number);
        var after = Calls(now.Queue).ToDictionary(c => c.Number);
        return new(now.Queue.Key, shown.Version, now.Version, at,
            [.. after.Values.Where(call => before.GetValueOrDefault(call.Number) != call).OrderBy(call => call.LastCallAt)],
            [.. before.Keys.Where(number => !after.ContainsKey(number))],
            Waiting(now.Queue, area),
            waits);
    }

    /// <summary>Everybody who is called or served now: one per counter at most.</summary>
    private static IEnumerable<BoardCall> Calls(Queue queue) => queue.Counters.Keys
        .Select(queue.VisitAt).OfType<Ticket>()
        .Select(t => new BoardCall(t.Number, t.Counter!.Value, t.State, t.CalledAt!.Value, t.LastCallAt!.Value, t.Calls));

    private static Dictionary<char, int> Waiting(Queue queue, WaitingArea area) => area.Services
        .GroupBy(s => s.Letter)
        .ToDictionary(g => g.Key, g => g.Sum(service => queue.Waiting.CountOf(service.Id)));
}
