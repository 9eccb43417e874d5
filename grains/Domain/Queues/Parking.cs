namespace Aufruf.Domain.Queues;

/// <summary>Sets the counter's ticket aside, and continues with it later without a call.</summary>
public static class Parking
{
    internal static Decision<QueueEvent> Decide(Queue queue, Park command, Ticket visit, Setting setting, DateTimeOffset now) =>
        command.WakeAt is { } wake && !Returning.IsLaterToday(queue, wake, setting, now) ? Refusal.WrongTime
        : Staffing.Leave(queue, command.Counter, new TicketParked(visit.Id, command.Counter, command.WakeAt, now, command.By));

    internal static Decision<QueueEvent> Decide(Queue queue, Resume command, DateTimeOffset now) =>
        !queue.Tickets.TryGetValue(command.Ticket, out var ticket) ? Refusal.UnknownTicket
        : ticket.State is not (TicketState.Parked or TicketState.Pickup) ? Refusal.NotWaiting
        : queue.VisitAt(command.Counter) is not null ? Refusal.VisitOpen
        : new Decision<QueueEvent>(
            [.. Staffing.Opening(queue, command, now), new TicketResumed(ticket.Id, command.Counter, now)]);

    internal static Queue Apply(Queue queue, TicketParked e) => Undoing.Step(queue, e.Counter, e.At,
        queue.Tickets[e.Ticket].EndPart(e.At) with
        {
            State = TicketState.Parked,
            ArrivedAt = null,
            WakeAt = e.WakeAt,
            ParkedBy = e.By ?? queue.At(e.Counter).Clerk,
        }, c => c.Free());

    internal static Queue Apply(Queue queue, TicketResumed e) => Undoing.Step(queue, e.Counter, e.At, queue.Tickets[e.Ticket] with
    {
        State = TicketState.Serving,
        Counter = e.Counter,
        PartCalledAt = e.At,
        ArrivedAt = e.At,
        WakeAt = null,
        ParkedBy = null,
    }, c => c with { Ticket = e.Ticket });
}
