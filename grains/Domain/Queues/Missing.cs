namespace Aufruf.Domain.Queues;

/// <summary>A called citizen does not come. A finished ticket may be put back into the queue.</summary>
public static class Missing
{
    extension(Refusal)
    {
        public static Refusal NotMissed => new("not-missed",
            "Nur ein beendetes, verpasstes, abgelaufenes oder zurückgegebenes Ticket kann wieder aufgenommen werden.",
            "Only a finished, missed, lapsed or cancelled ticket can be taken up again.");

        public static Refusal OutcomeUnknown => new("outcome-unknown",
            "Die aufgerufene Person ist nicht als angekommen vermerkt. Bitte sagen Sie, was daraus wurde: bedient oder nicht erschienen.",
            "The called citizen was not marked as arrived. Please say what became of the visit: served or missed.");
    }

    internal static Decision<QueueEvent> Decide(Queue queue, MarkMissed command, Ticket visit, Setting setting, DateTimeOffset now) =>
        visit.State is TicketState.Serving ? Refusal.AlreadyArrived
        : Staffing.Leave(queue, command.Counter, Ending(visit, command.Counter, setting, now));

    /// <summary>Puts a finished ticket back into the queue. Its citizen is here.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, Ticket ticket, Setting setting, DateTimeOffset now) =>
        !Reopening.IsFinished(ticket) ? Refusal.NotMissed
        : queue.IsOver(setting, now) ? Refusal.DayIsOver
        : queue.IsTakenByAnother(ticket.Number, ticket.Id) ? Refusal.NumberTaken
        : new TicketReactivated(ticket.Id, now);

    /// <summary>The ticket goes back into the queue as often as the clerk's area allows, wherever it is from; then it is missed.</summary>
    internal static QueueEvent Ending(Ticket visit, CounterId counter, Setting setting, DateTimeOffset now) =>
        visit.Misses < setting.Area.Rules.MissedReturns
            ? new TicketReturned(visit.Id, counter, ReturnWay.After, setting.Area.Rules.MissedReturnsAfter, null, Missed: true, now)
            : new TicketMissed(visit.Id, counter, now);

    /// <summary>The end of the visit that a call finds at its counter. A called citizen may be served or missed: the call has to say it.
    /// A button box cannot, so the area's rules do.</summary>
    internal static Decision<QueueEvent> EndingBy(AtCounter call, VisitOutcome? became, Queue queue, Setting setting, DateTimeOffset now) =>
        queue.VisitAt(call.Counter) is not { } visit ? Queue.NothingToDo
        : (visit.State, became ?? OutcomeAtBox(call, setting.Area.Rules)) switch
        {
            (TicketState.Serving, VisitOutcome.Missed) when !call.ByButton => Refusal.AlreadyArrived,
            (TicketState.Serving, _) or (_, VisitOutcome.Served) => new TicketServed(visit.Id, call.Counter, now),
            (_, VisitOutcome.Missed) => Ending(visit, call.Counter, setting, now),
            _ => Refusal.OutcomeUnknown,
        };

    private static VisitOutcome? OutcomeAtBox(AtCounter call, AreaRules rules) =>
        !call.ByButton ? null : rules.TwiceNextSeconds > 0 ? VisitOutcome.Missed : VisitOutcome.Served;

    internal static Queue Apply(Queue queue, TicketMissed e)
    {
        var ticket = queue.Tickets[e.Ticket].EndPart(e.At);
        return Undoing.Step(queue, e.Counter, e.At, ticket with { State = TicketState.Missed, EndedAt = e.At, Misses = ticket.Misses + 1 },
            c => c.Free());
    }

    internal static Queue Apply(Queue queue, TicketReactivated e) =>
        queue.With(queue.Tickets[e.Ticket].HereFrom(e.At).BackToWaiting() with { Misses = 0, Outcome = null });
}

/// <summary>The end of a call whose arrival nobody marked.</summary>
[JsonConverter(typeof(KebabEnum<VisitOutcome>))]
public enum VisitOutcome
{
    Served,
    /// <summary>Did not come.</summary>
    Missed,
}
