using System.Diagnostics;
using Aufruf.Domain.Offices;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Queues;

// Joining the queue: without a booking, with one, or sent by another area.
public sealed partial record Queue
{
    private Decision<QueueEvent> Take(TakeTicket wish, Setting setting, DateTimeOffset now)
    {
        if (Tickets.ContainsKey(wish.Ticket))
        {
            return NothingToDo; // It has been taken already: one ticket, however often it is asked for.
        }

        if (setting.Area.Service(wish.Service) is not { } service || wish.Also.Any(also => setting.Area.Service(also) is null))
        {
            return Refusal.UnknownService;
        }

        if (wish.Priority is { } reason && setting.Office.Priorities.All(p => p.Id != reason))
        {
            return Refusal.UnknownPriority;
        }

        if (WhyNoTicket(service, wish.By, setting, now) is { } no)
        {
            return no;
        }

        return FreeNumber(service.Letter) is not { } number
            ? Refusal.NoNumberLeft
            : new Decision<QueueEvent>([
                new TicketTaken(wish.Ticket, wish.Code, number, wish.Service, wish.Language, now),
                .. Details(wish.Ticket, wish.Service, wish.Also, wish.Priority, wish.Remark, now),
                .. wish.Forecast is { } told ? [new ForecastGiven(wish.Ticket, told.P10, told.P50, told.P90, now)] : (QueueEvent[])[],
            ]);
    }

    /// <summary>Why nobody may join for a service now; a clerk may still enter somebody, but nothing after the day's end.</summary>
    public Refusal? WhyNoTicket(Service service, ClerkId? by, Setting setting, DateTimeOffset now) =>
        Ended ? Refusal.DayIsOver
        : by is not null ? null
        : DayLimits.RefusalOf(setting, service, now, TakenFor(service.Id)) is { } limit ? limit
        : Stopped.ContainsKey(service.Id) ? Refusal.ServiceStopped
        : null;

    /// <summary>A booking was made long before: neither caps nor stops hold for it.</summary>
    private Decision<QueueEvent> Admit(CheckIn wish, Setting setting, DateTimeOffset now) =>
        Tickets.ContainsKey(wish.Ticket) ? NothingToDo // A second check-in gives no second ticket.
        : setting.Area.Service(wish.Service) is not { } service ? Refusal.UnknownService
        : Ended ? Refusal.DayIsOver
        : FreeNumber(service.Letter) is { } number ? new CheckedIn(wish.Ticket, wish.Code, number, wish.Service, wish.Language, wish.Booked, now)
        : Refusal.NoNumberLeft;

    private Decision<QueueEvent> Receive(TakeOver wish, Setting setting, DateTimeOffset now) =>
        Tickets.TryGetValue(wish.Ticket, out var here) && here.Journeys >= wish.Journey ? NothingToDo // It is here, or was and went on: the message comes again.
        : Ended ? Refusal.DayIsOver
        : Declined.GetValueOrDefault(wish.Ticket) >= wish.Journey ? Refusal.UnknownTarget
        : setting.Area.Service(wish.Service) is null ? Decline(wish, Refusal.UnknownService, now)
        : IsSomebodyElses(wish.Number, wish.Ticket) ? Decline(wish, Refusal.NumberTaken, now)
        : new Decision<QueueEvent>([
            new TicketTakenOver(wish.Ticket, wish.Code, wish.Number, wish.Service, wish.Language, wish.FromArea, wish.TakenAt, wish.Booked, wish.ForCounter, wish.Journey, now),
            .. Details(wish.Ticket, wish.Service, wish.Also, wish.Priority, wish.Remark, now),
        ]);

    // A no is kept: its ticket goes on in the other area, and a repeat that comes later must not find a yes.
    private static Decision<QueueEvent> Decline(TakeOver wish, Refusal why, DateTimeOffset now) => new([new TakeOverDeclined(wish.Ticket, wish.Journey, why, now)], why);

    /// <summary>What else is known of a ticket from the start.</summary>
    private static IEnumerable<QueueEvent> Details(TicketId ticket, ServiceId service, IReadOnlyList<ServiceId> also, string? priority, string? remark, DateTimeOffset now)
    {
        ServiceId[] further = [.. also.Distinct().Where(s => s != service)];
        if (further.Length > 0)
        {
            yield return new ServicesChosen(ticket, further, now);
        }

        if (priority is not null)
        {
            yield return new PriorityGiven(ticket, priority, now);
        }

        if (remark is not null)
        {
            yield return new RemarkWritten(ticket, remark, now);
        }
    }

    private Decision<QueueEvent> Settle(ConfirmTakeOver wish, DateTimeOffset now) =>
        !OnTheirWay.Contains(wish.Ticket) || Tickets[wish.Ticket].Journeys != wish.Journey ? NothingToDo // An answer about another journey.
        : wish.Taken ? new TakeOverConfirmed(wish.Ticket, now)
        : Ended ? new TicketExpired(wish.Ticket, now)
        : new TakeOverRefused(wish.Ticket, now);

    /// <summary>What the other area must be told, again and again until it has answered and <see cref="ConfirmTakeOver"/> has brought the answer here.</summary>
    public IEnumerable<(string Area, TakeOver Wish)> Journeys => OnTheirWay.Select(id => Tickets[id]).OrderBy(t => t.Place)
        .Where(t => t.OnItsWay is { Area: not null })
        .Select(t => (t.OnItsWay?.Area ?? "", new TakeOver(t.Id, t.Code, t.Number, t.OnItsWay?.Service ?? t.Service, t.Language, Key.Area, t.TakenAt)
        {
            Journey = t.Journeys,
            Booked = t.Booked,
            Priority = t.Priority,
            Remark = t.Remark,
            Also = t.Also,
            ForCounter = t.OnItsWay?.Counter,
        }));

    private TicketNumber? FreeNumber(char letter)
    {
        var number = LastNumbers.GetValueOrDefault(letter, new TicketNumber(letter, 0)).Following;
        for (var tried = 0; tried < TicketNumber.Highest; tried++, number = number.Following)
        {
            if (!Numbers.Contains(number))
            {
                return number;
            }
        }

        return null;
    }

    private bool IsSomebodyElses(TicketNumber number, TicketId mine) =>
        Numbers.Contains(number) && !(Tickets.TryGetValue(mine, out var ticket) && ticket.KeepsNumber && ticket.Number == number);

    private Queue ApplyTaking(QueueEvent happened) => happened switch
    {
        TicketTaken e => Joined(new Ticket(e.Ticket, e.Code, e.Number, e.Service, e.Language, Place: Tickets.Count + 1, e.At)),
        CheckedIn e => Joined(new Ticket(e.Ticket, e.Code, e.Number, e.Service, e.Language, Place: Tickets.Count + 1, e.At)
        {
            Booked = e.Booked,
            DueAt = e.Booked > e.At ? e.Booked : e.At,
        }),
        // It has been here before and comes back.
        TicketTakenOver e when Tickets.TryGetValue(e.Ticket, out var known) => Changed(known with
        {
            State = TicketState.Waiting,
            Service = e.Service,
            Counter = null,
            ArrivedAt = null,
            EndedAt = null,
            DueAt = e.At,
            Also = [],
            Priority = null,
            Remark = null,
            ForCounter = e.ForCounter,
            ToArea = null,
            OnItsWay = null,
            Journeys = e.Journey,
        }),
        // Its wait here begins now: what it waited before belongs to the part that ended there.
        TicketTakenOver e => Joined(new Ticket(e.Ticket, e.Code, e.Number, e.Service, e.Language, Place: Tickets.Count + 1, e.TakenAt)
        {
            HereSince = e.At,
            Booked = e.Booked,
            DueAt = e.At,
            FromArea = e.FromArea,
            ForCounter = e.ForCounter,
            Journeys = e.Journey,
        }),
        TakeOverDeclined e => this with { Declined = Declined.SetItem(e.Ticket, e.Journey) },
        TakeOverConfirmed e => Changed(Tickets[e.Ticket] with { OnItsWay = null }),
        TakeOverRefused e => Changed(Tickets[e.Ticket] with { State = TicketState.Waiting, Counter = null, ArrivedAt = null, EndedAt = null, ToArea = null, OnItsWay = null }),
        ServicesChosen e => Changed(Tickets[e.Ticket] with { Also = e.Also }),
        ForecastGiven => this,
        _ => throw new UnreachableException(),
    };
}
