namespace Aufruf.Domain.Queues;

/// <summary>Calls a ticket of another area to a counter: it moves there and is called in one step, or it goes on waiting where it was.
/// </summary>
/// <remarks>
/// Two areas have two journals, which cannot commit together. So a fetch is a transfer with one more condition. The receiving queue takes
/// the ticket only if its counter is as it was at the press, and in time. A rejected ticket waits at its old place.
/// </remarks>
public static class Fetching
{
    /// <summary>The area has the ticket only for a call: it does not give its service.</summary>
    internal static bool IsLent(Ticket ticket, Setting setting) => ticket.FromArea is { } from
        && setting.Area.Service(ticket.Service) is null && setting.Office.Area(from)?.Service(ticket.Service) is not null;

    /// <summary>Whether a service can be given in a visit: of this area, or of the area that the ticket came from.</summary>
    internal static bool IsGiven(ServiceId service, Ticket visit, Setting setting) => setting.Area.Service(service) is not null
        || (visit.FromArea is { } from && setting.Office.Area(from)?.Service(service) is not null);

    /// <summary>To the queue where the ticket waits. It is fetched as the caller saw it, or not at all.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, Fetch command, Setting setting, DateTimeOffset now) =>
        !queue.Tickets.TryGetValue(command.Ticket, out var ticket) ? Refusal.UnknownTicket
        : queue.IsOver(setting, now) ? Refusal.DayIsOver
        : ticket.State is not TicketState.Waiting || ticket.Changes != command.Changes ? Refusal.NotWaiting
        : new TicketFetched(ticket.Id, command.Call, now);

    /// <summary>To the queue of the counter: the ticket comes and is called there, and the visit before it ends.</summary>
    internal static Decision<QueueEvent> Accept(Queue queue, OfferTransfer offer, FetchCall call, Setting setting, DateTimeOffset now)
    {
        var press = new CallNext(call.Counter, call.Seen) { By = call.By, ByButton = call.ByButton, Became = call.Became };
        var ending = Missing.EndingBy(press, call.Became, queue, setting, now);
        return WhyNot(queue, press, call, setting, now) is { } reason ? Transfers.Reject(offer, reason, now)
            : ending.Refusal is { } unknown ? Transfers.Reject(offer, unknown, now)
            : new Decision<QueueEvent>([
                Transfers.Accepted(offer, now),
                .. Taking.Details(offer.Ticket, offer.Service, offer.Also, offer.Priority, offer.Remark, offer.Person, offer.Case,
                    now),
                .. Staffing.Opening(queue, press, now),
                .. ending.Events,
                new TicketCalled(offer.Ticket, call.Counter, now, call.Why),
            ]);
    }

    private static Refusal? WhyNot(Queue queue, CallNext press, FetchCall call, Setting setting, DateTimeOffset now) =>
        now > call.NotAfter ? Refusal.TooLate
        : setting.Area.Counter(press.Counter) is null ? Refusal.UnknownCounter
        : Staffing.IsTakenByAnother(queue, press) ? Refusal.CounterTaken
        : queue.At(press.Counter).Revision != call.Seen ? Refusal.StaleFace
        : null;

    /// <summary>A lent ticket that would wait here waits in its own area instead, where others may call it too.</summary>
    internal static Decision<QueueEvent> SentHome(Queue queue, Decision<QueueEvent> decision, Setting setting, DateTimeOffset now)
    {
        TicketId[] back = [.. decision.Events.Where(e => e is StepUndone or TicketReturned or TicketReactivated)
            .Cast<ITicketEvent>().Select(e => e.Ticket).Distinct().Where(id => IsLent(queue.Tickets[id], setting))];
        if (back.Length == 0)
        {
            return decision;
        }

        var after = decision.Events.Aggregate(queue, (state, happened) => state.Apply(happened));
        return decision with
        {
            Events = [.. decision.Events,
                .. back.Where(id => after.Tickets[id].State is TicketState.Waiting).Select(id => new TicketSentHome(id, now))],
        };
    }

    /// <summary>Its place in the line is kept for the case that the other area rejects it.</summary>
    internal static Queue Apply(Queue queue, TicketFetched e)
    {
        var ticket = queue.Tickets[e.Ticket];
        return queue.With(ticket with
        {
            State = TicketState.Transferred,
            EndedAt = e.At,
            Transfer = new(ticket.Attempt + 1, TransferState.Offered, new(e.Call.Area, Service: ticket.Service), WaitsOn: true,
                Fetch: e.Call),
        });
    }

    internal static Queue Apply(Queue queue, TicketSentHome e)
    {
        var ticket = queue.Tickets[e.Ticket];
        return queue.With(ticket with
        {
            State = TicketState.Transferred,
            EndedAt = e.At,
            Transfer = new(ticket.Attempt + 1, TransferState.Offered, new(ticket.FromArea, Service: ticket.Service), WaitsOn: true),
        }, isFinal: false);
    }
}

/// <summary>The call for which a ticket is fetched from another area.</summary>
/// <param name="Area">The area of the counter.</param>
/// <param name="Seen">The counter's revision when the call was decided: after any change there it does not happen.</param>
/// <param name="Request">The press: a repeat fetches nobody else.</param>
/// <param name="NotAfter">Later the clerk no longer expects it.</param>
public sealed record FetchCall(string Area, CounterId Counter, long Seen, RequestId Request, Why Why, ClerkId? By, bool ByButton,
    VisitOutcome? Became, DateTimeOffset NotAfter);

/// <summary>The wait of a ticket that goes on in another area.</summary>
/// <param name="NotBefore">Waits, but is not called before this time.</param>
/// <param name="AfterCalls">Waits, but is not called before so many other calls.</param>
public sealed record GoingWait(DateTimeOffset HereSince, DateTimeOffset DueAt, DateTimeOffset? NotBefore, long? AfterCalls, int Misses);
