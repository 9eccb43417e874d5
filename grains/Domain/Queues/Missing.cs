namespace Aufruf.Domain.Queues;

/// <summary>A called citizen does not come. A missed or cancelled ticket may be put back into the queue.</summary>
public static class Missing
{
    extension(Refusal)
    {
        public static Refusal NotMissed => new("not-missed",
            "Nur ein verpasstes oder zurückgegebenes Ticket kann wieder eingereiht werden.",
            "Only a missed or cancelled ticket can be put back into the queue.");
    }

    internal static Decision<QueueEvent> Decide(Queue queue, MarkMissed command, Ticket visit, Setting setting, DateTimeOffset now) =>
        visit.State is TicketState.Serving ? Refusal.AlreadyArrived
        : Staffing.Leave(queue, command.Counter, Ending(visit, command.Counter, setting, now));

    /// <summary>Puts a missed or cancelled ticket back into the queue.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, Ticket ticket, Setting setting, DateTimeOffset now) =>
        ticket.State is not (TicketState.Missed or TicketState.Cancelled) ? Refusal.NotMissed
        : queue.IsOver(setting, now) ? Refusal.DayIsOver
        : queue.IsTakenByAnother(ticket.Number, ticket.Id) ? Refusal.NumberTaken
        : new TicketReactivated(ticket.Id, now);

    /// <summary>The ticket goes back into the queue as often as the clerk's area allows, wherever it is from; then it is missed.</summary>
    internal static QueueEvent Ending(Ticket visit, CounterId counter, Setting setting, DateTimeOffset now) =>
        visit.Misses < setting.Area.Rules.MissedReturns
            ? new TicketReturned(visit.Id, counter, ReturnWay.After, setting.Area.Rules.MissedReturnsAfter, null, Missed: true, now)
            : new TicketMissed(visit.Id, counter, now);

    /// <summary>"Next" twice within seconds at a counter that has buttons only: in this time no citizen can be served.</summary>
    internal static bool IsMeantBy(CallNext command, CounterState counter, Ticket visit, Setting setting, DateTimeOffset now) =>
        command.ByButton && counter.Clerk is null && visit is { State: TicketState.Called, PartCalledAt: { } called }
        && now - called <= TimeSpan.FromSeconds(setting.Area.Rules.TwiceNextSeconds) && setting.Area.Rules.TwiceNextSeconds > 0;

    internal static Queue Apply(Queue queue, TicketMissed e)
    {
        var ticket = queue.Tickets[e.Ticket].EndPart(e.At);
        return Undoing.Step(queue, e.Counter, e.At, ticket with { State = TicketState.Missed, EndedAt = e.At, Misses = ticket.Misses + 1 },
            c => c.Free());
    }

    internal static Queue Apply(Queue queue, TicketReactivated e) =>
        queue.With(queue.Tickets[e.Ticket].BackToWaiting() with { Misses = 0 });
}
