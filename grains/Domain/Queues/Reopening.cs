namespace Aufruf.Domain.Queues;

/// <summary>Goes on with a finished visit at a counter: its citizen stands there again.</summary>
public static class Reopening
{
    extension(Refusal)
    {
        public static Refusal NeverCalled => new("never-called",
            "Dieses Ticket war noch nie aufgerufen. Bitte nehmen Sie es wieder in die Warteschlange auf.",
            "This ticket was never called. Please put it back into the queue.");
    }

    /// <summary>It is over, and its citizen may still come back today.</summary>
    public static bool IsFinished(Ticket ticket) =>
        ticket.State is TicketState.Served or TicketState.Missed or TicketState.Lapsed or TicketState.Cancelled;

    internal static Decision<QueueEvent> Decide(Queue queue, ReopenVisit command, DateTimeOffset now) =>
        !queue.Tickets.TryGetValue(command.Ticket, out var ticket) ? Refusal.UnknownTicket
        : !IsFinished(ticket) ? Refusal.NotMissed
        : ticket.CalledAt is null ? Refusal.NeverCalled
        : queue.VisitAt(command.Counter) is not null ? Refusal.VisitOpen
        : queue.IsTakenByAnother(ticket.Number, ticket.Id) ? Refusal.NumberTaken
        : new Decision<QueueEvent>(
            [.. Staffing.Opening(queue, command, now), new TicketReopened(ticket.Id, command.Counter, now)]);

    internal static Queue Apply(Queue queue, TicketReopened e) => Undoing.Step(queue, e.Counter, e.At, queue.Tickets[e.Ticket] with
    {
        State = TicketState.Serving,
        Counter = e.Counter,
        PartCalledAt = e.At,
        ArrivedAt = e.At,
        EndedAt = null,
        Outcome = null,
        Misses = 0,
        ForCounter = null,
        ForClerk = null,
        KeptFrom = null,
    }, c => c with { Ticket = e.Ticket });
}
