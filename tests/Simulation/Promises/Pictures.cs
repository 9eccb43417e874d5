using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Simulation.Promises;

/// <summary>What a screen must show of a durable queue, counted ticket by ticket and without the hub's own painters.</summary>
internal static class Pictures
{
    /// <summary>"A042 to u3, called, 2 times" for everybody at a counter, then how many wait per letter.</summary>
    public static string OfBoard(World world, Queue queue)
    {
        var calls = queue.Tickets.Values.Where(t => t.State is TicketState.Called or TicketState.Serving)
            .Select(t => Call(t.Number, t.Counter!.Value, t.State, t.Calls, t.LastCallAt!.Value));
        var waiting = world.Offices.Area(queue.Key)!.Services.Select(s => s.Letter).Distinct().Order()
            .Select(letter => Waiting(letter, queue.Tickets.Values.Count(t => t.State is TicketState.Waiting && t.Number.Letter == letter)));
        return Join(calls, waiting);
    }

    public static string OfDesk(World world, Queue queue, CounterId counter)
    {
        var area = world.Offices.Area(queue.Key)!;
        var next = queue.Tickets.Values.Where(t => t.State is TicketState.Waiting && area.MayCall(area.Counter(counter)!, t.Service)).MinBy(t => t.Place);
        var served = queue.Tickets.Values.Count(t => t.State is TicketState.Served && t.Counter == counter);
        return Join(
            queue.Tickets.Values.Where(t => t.Alive).Select(t => Ticket(t.Id, t.Number, t.State, t.Calls, t.Counter)),
            [.. area.Counters.Select(c => Counter(c.Id, queue.At(c.Id).Revision, queue.At(c.Id).Open, queue.At(c.Id).Ticket)), $"next {next?.Id} served {served}"]);
    }

    public static string Call(TicketNumber number, CounterId counter, TicketState state, int calls, DateTimeOffset last) =>
        FormattableString.Invariant($"{number} to {counter}, {state}, {calls} times, {last:O}");

    public static string Waiting(char letter, int count) => FormattableString.Invariant($"{letter} {count} wait");

    public static string Ticket(TicketId id, TicketNumber number, TicketState state, int calls, CounterId? counter) =>
        FormattableString.Invariant($"{id} {number} {state} {calls} {counter}");

    public static string Counter(CounterId id, long revision, bool open, TicketId? ticket) => FormattableString.Invariant($"{id} {revision} {open} {ticket}");

    public static string Join(IEnumerable<string> some, IEnumerable<string> rest) =>
        string.Join('\n', some.Order(StringComparer.Ordinal).Concat(rest.Order(StringComparer.Ordinal)));
}
