namespace Aufruf.Domain.Queues;

/// <summary>The ticket of another area that a press calls.</summary>
/// <param name="Fetched">Null: the counter's own queue decides.</param>
/// <param name="Refusal">Why the press calls nobody.</param>
public readonly record struct FurtherPress(NextOfAll? Fetched, Refusal? Refusal = null);

/// <summary>Presses that may call a ticket of another area: "next", "next for a service" and "call this one".</summary>
/// <remarks>A clerk chooses among the tickets that the work profile calls, and only where both areas allow a choice.</remarks>
public static class FurtherPresses
{
    /// <param name="others">Queues of other areas that the counter calls from.</param>
    public static FurtherPress FurtherOf(this Queue home, AtCounter press, Setting setting, IReadOnlyList<Queue> others,
        DateTimeOffset now)
    {
        var here = home.Decide(press, setting, now);
        return press switch
        {
            CallNext { Service: null } => CallsSomebody(here)
                && home.NextOver(press.Counter, setting, others, now) is { } best && best.Queue != home ? new(best) : default,
            CallNext { Service: { } service } c when here.Refusal == Refusal.UnknownService =>
                others.Any(queue => Visitor(queue).Services.Contains(service)) ? Chosen(First(service), c.Became, Refusal.NobodyWaiting)
                : default,
            CallTicket c when here.Refusal == Refusal.UnknownTicket || here.Refusal == Refusal.NotWaiting =>
                others.FirstOrDefault(queue => queue.Tickets.ContainsKey(c.Ticket)) is not { } there ? default
                : there.Tickets[c.Ticket] is { State: TicketState.Waiting } ticket ? Chosen(This(there, ticket), c.Became,
                    Refusal.NotPermitted)
                : here.Refusal == Refusal.NotWaiting ? default : new(null, Refusal.NotWaiting),
            _ => default,
        };

        Visitor Visitor(Queue queue) => FurtherCalls.VisitorIn(home, queue.Key.Area, press.Counter, setting);

        NextOfAll? First(ServiceId service) => others.Where(queue => !queue.Ended && Visitor(queue).Services.Contains(service))
            .Select(queue => setting.Office.Area(queue.Key.Area) is { } area
                && queue.NextFor(Visitor(queue), setting with { Area = area }, now, service) is { Stage: < 2 } next
                    ? new NextOfAll(queue, next) : null)
            .FirstOrDefault(found => found is not null);

        NextOfAll? This(Queue queue, Ticket ticket) =>
            queue.Ended || !queue.CallableBy(home, press.Counter, setting, now).Any(callable => callable.Id == ticket.Id) ? null
            : new(queue, new(ticket, new(WhyKind.Chosen)));

        FurtherPress Chosen(NextOfAll? found, VisitOutcome? became, Refusal otherwise) =>
            found is null ? new(null, otherwise)
            : !MayChoose(found) ? new(null, Refusal.NotPermitted)
            : Missing.EndingBy(press, became, home, setting, now).Refusal is { } unknown ? new(null, unknown)
            : new(found);

        bool MayChoose(NextOfAll found) =>
            (setting.Area.Rules.MayCallAny && setting.Office.Area(found.Queue.Key.Area) is { Rules.MayCallAny: true })
            || home.NextOver(press.Counter, setting, others, now)?.Next.Ticket.Id == found.Next.Ticket.Id;
    }

    /// <summary>The press is good here. Where nobody waits, somebody of another area may be called.</summary>
    private static bool CallsSomebody(Decision<QueueEvent> decision) =>
        decision.Refusal == Refusal.NobodyWaiting || decision.Events.Any(e => e is TicketCalled);
}
