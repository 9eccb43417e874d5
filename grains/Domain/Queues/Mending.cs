namespace Aufruf.Domain.Queues;

/// <summary>Corrects a ticket without calling it: its services, its language, or where it waits.</summary>
public static class Mending
{
    internal static Decision<QueueEvent> Decide(Mend command, Ticket ticket, Setting setting, DateTimeOffset now)
    {
        var service = command.Service ?? ticket.Service;
        ServiceId[] also = [.. (command.Also ?? ticket.Also).Distinct().Where(s => s != service)];
        var language = command.Language ?? ticket.Language;
        return ticket.State is not (TicketState.Coming or TicketState.Waiting or TicketState.Parked or TicketState.Pickup)
                ? Refusal.NotWaiting
            // A service that has left the configuration may stay, but not come.
            : also.Append(service).Except([ticket.Service, .. ticket.Also]).Any(s => setting.Area.Service(s) is null)
                ? Refusal.UnknownService
            : service == ticket.Service && also.SequenceEqual(ticket.Also) && language == ticket.Language ? Queue.NothingToDo
            : new TicketMended(ticket.Id, service, also, language, command.By, now);
    }

    internal static Decision<QueueEvent> Decide(Queue queue, SendOn command, Ticket ticket, Setting setting, DateTimeOffset now) =>
        ticket.State is not TicketState.Waiting ? Refusal.NotWaiting
        : queue.IsOver(setting, now) ? Refusal.DayIsOver
        : Transfers.WhyNot(queue, from: null, command.To, setting) is { } refusal ? refusal
        : IsDrawnToOwnSeat(queue, command, setting, now) ? Refusal.NotPermitted
        : new TicketSentOn(ticket.Id, command.To, command.By, now);

    /// <summary>Where tickets are called in order, one that was sent to a seat is called there before its turn. So no clerk
    /// sends one to the own seat. A closed counter may be that clerk's seat in a moment.</summary>
    private static bool IsDrawnToOwnSeat(Queue queue, SendOn command, Setting setting, DateTimeOffset now) =>
        !setting.Area.Rules.MayCallAny && (command.To.Area ?? setting.Area.Id) == setting.Area.Id
        && new[]
        {
            command.To.Counter is { } counter ? queue.At(counter) : null,
            command.To.Clerk is { } clerk ? queue.SeatOf(clerk) : null,
        }.Any(seat => seat is not null && (seat.Clerk == command.By || !seat.Open)
            && queue.NextFor(seat.Id, setting, now)?.Ticket.Id != command.Ticket);

    internal static Queue Apply(Queue queue, TicketMended e) => queue.With(queue.Tickets[e.Ticket] with
    {
        Service = e.Service,
        Also = e.Also,
        Language = e.Language,
    });

    /// <summary>The wait goes on, in this area or in another one.</summary>
    internal static Queue Apply(Queue queue, TicketSentOn e)
    {
        var ticket = queue.Tickets[e.Ticket];
        return queue.With(e.To.Area is { } area && area != queue.Key.Area
            ? ticket with
            {
                State = TicketState.Transferred,
                EndedAt = e.At,
                NotBefore = null,
                NotBeforeCall = null,
                Transfer = new(ticket.Attempt + 1, TransferState.Offered, e.To),
            }
            : ticket with
            {
                Service = e.To.Service ?? ticket.Service,
                Also = [.. ticket.Also.Where(s => s != e.To.Service)],
                ForCounter = e.To.Counter,
                ForClerk = e.To.Clerk,
                KeptFrom = e.To.Counter is null && e.To.Clerk is null ? null : e.At,
            });
    }
}
