using Aufruf.Contracts;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Push;

/// <summary>What the holder of a ticket sees of a queue.</summary>
public static class TicketPicture
{
    public static TicketView Of(Office office, WaitingArea area, Queue queue, Ticket ticket, PromisedRange? wait, DateTimeOffset at, string build) => new(
        at, build, office.Name, area.Name, office.Languages, office.TimeZone,
        ticket.Number, area.Service(ticket.Service)?.Name ?? new Texts { ["de"] = ticket.Number.ToString() }, ticket.State,
        ticket.State is TicketState.Waiting ? queue.AheadOf(ticket, new(office, area), at) : null,
        ticket.AtCounter && ticket.Counter is { } counter ? area.Counter(counter)?.Label ?? counter.Value : null,
        ticket.TakenAt, ticket.CalledAt, ticket.LastCallAt, ticket.Calls,
        ticket.State is TicketState.Waiting ? wait : null,
        ticket.State is TicketState.Waiting ? ticket.NotBefore : null);
}
