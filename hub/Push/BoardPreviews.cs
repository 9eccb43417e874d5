using Aufruf.Contracts;
using Aufruf.Domain.Forecasts;

namespace Aufruf.Hub.Push;

/// <summary>The picture of a board of an office's draft: its notes and arrows, with invented calls and waits.</summary>
internal sealed class BoardPreviews(ISlipPreviews offices, TimeProvider clock)
{
    private const int MostCalls = 5, Waiting = 3;

    // The same calls all day, so none is announced again.
    private static readonly WallTime Called = WallTime.At(10, 15);

    /// <summary>Null: the draft, or while it is wrong the office in force, has no such board.</summary>
    public BoardSnapshot? Of(string office, string board) => offices.OfficeOf(office) is var (shown, _)
        && shown.Areas.FirstOrDefault(area => area.Boards.Any(known => known.Id == board)) is { } area
            ? BoardScreen.Whole(shown, area, area.Boards.First(known => known.Id == board), [$"{shown.Key}.{area.Id}"],
                StateOf(shown, area),
                area.Services.Select(service => service.Letter).Distinct().ToDictionary(letter => letter, _ => new PromisedRange(10, 20)),
                clock.GetUtcNow(), ScreenTools.Build)
            : null;

    private AreaState StateOf(Office office, WaitingArea area)
    {
        var key = office.QueueOf(area, clock.GetUtcNow());
        var (queue, at, number) = (Queue.Empty(key), office.Instant(key.Day, Called), 41);
        foreach (var (counter, service) in area.Counters.Take(MostCalls)
            .SelectMany(counter => area.Services.Take(1).Select(service => (counter, service))))
        {
            queue = Taken(queue, service, ++number, at).Apply(new QueueEvent.CounterOpened(counter.Id, at))
                .Apply(new QueueEvent.TicketCalled(IdOf(number), counter.Id, at.AddSeconds(number)));
        }

        return new(area.Services.SelectMany(service => Enumerable.Repeat(service, Waiting))
            .Aggregate(queue, (known, service) => Taken(known, service, ++number, at)), 1);
    }

    private static Queue Taken(Queue queue, Service service, int number, DateTimeOffset at) => queue.Apply(new QueueEvent.TicketTaken(
        IdOf(number), new($"{number:D16}"), new(service.Letter, number), service.Id, "de", at));

    private static TicketId IdOf(int number) => new(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
}
