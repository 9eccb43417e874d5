using Aufruf.Contracts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Push;

/// <summary>What the holder of a ticket sees of a queue.</summary>
public static class TicketPicture
{
    public static TicketView Of(Office office, WaitingArea area, Queue queue, Ticket ticket, DateTimeOffset at, string build) => new(
        at, build, office.Name, area.Name, office.Languages, office.TimeZone,
        ticket.Number, area.Service(ticket.Service)?.Name ?? new Texts { ["de"] = ticket.Number.ToString() }, ticket.State,
        ticket.State is TicketState.Waiting ? Ahead(area, queue, ticket) : null,
        ticket.State is TicketState.Called or TicketState.Serving && ticket.Counter is { } counter ? area.Counter(counter)?.Label ?? counter.Value : null,
        ticket.TakenAt, ticket.CalledAt, ticket.LastCallAt, ticket.Calls);

    /// <summary>How many wait before a ticket for the counters that may call it.</summary>
    public static int Ahead(WaitingArea area, Queue queue, Ticket ticket)
    {
        var counters = area.Counters.Where(c => area.MayCall(c, ticket.Service)).ToArray();
        return queue.Waiting.CountBefore(ticket.Place, service => counters.Any(c => area.MayCall(c, service)));
    }
}
