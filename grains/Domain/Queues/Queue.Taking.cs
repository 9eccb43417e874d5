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
                .. wish.Also.Count > 0 ? [new ServicesChosen(wish.Ticket, wish.Also, now)] : (QueueEvent[])[],
                .. wish.Priority is not null ? [new PriorityGiven(wish.Ticket, wish.Priority, now)] : (QueueEvent[])[],
                .. wish.Remark is not null ? [new RemarkWritten(wish.Ticket, wish.Remark, now)] : (QueueEvent[])[],
                .. wish.Forecast is { } told ? [new ForecastGiven(wish.Ticket, told.Told.P10, told.Told.P50, told.Told.P90, now) { Simulated = told.Simulated }] : (QueueEvent[])[],
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
        setting.Area.Service(wish.Service) is not { } service ? Refusal.UnknownService
        : Ended ? Refusal.DayIsOver
        : FreeNumber(service.Letter) is { } number ? new CheckedIn(wish.Ticket, wish.Code, number, wish.Service, wish.Language, wish.Booked, now)
        : Refusal.NoNumberLeft;

    private Decision<QueueEvent> Receive(TakeOver wish, Setting setting, DateTimeOffset now) =>
        Tickets.TryGetValue(wish.Ticket, out var here) && here.State is not TicketState.Transferred ? NothingToDo // It is here already.
        : Ended ? Refusal.DayIsOver
        : setting.Area.Service(wish.Service) is null ? Refusal.UnknownService
        : Alive.ContainsKey(wish.Number) ? Refusal.NumberTaken
        : new Decision<QueueEvent>([
            new TicketTakenOver(wish.Ticket, wish.Code, wish.Number, wish.Service, wish.Language, wish.FromArea, wish.TakenAt, wish.Booked, wish.ForCounter, now),
            .. wish.Also.Count > 0 ? [new ServicesChosen(wish.Ticket, wish.Also, now)] : (QueueEvent[])[],
            .. wish.Priority is not null ? [new PriorityGiven(wish.Ticket, wish.Priority, now)] : (QueueEvent[])[],
            .. wish.Remark is not null ? [new RemarkWritten(wish.Ticket, wish.Remark, now)] : (QueueEvent[])[],
        ]);

    private Decision<QueueEvent> Settle(ConfirmTakeOver wish, DateTimeOffset now) =>
        !OnTheirWay.Contains(wish.Ticket) ? NothingToDo
        : wish.Taken ? new TakeOverConfirmed(wish.Ticket, now)
        : Ended || Alive.ContainsKey(Tickets[wish.Ticket].Number) ? NothingToDo
        : new TakeOverRefused(wish.Ticket, now);

    private TicketNumber? FreeNumber(char letter)
    {
        var number = LastNumbers.GetValueOrDefault(letter, new TicketNumber(letter, 0)).Following;
        for (var tried = 0; tried < TicketNumber.Highest; tried++, number = number.Following)
        {
            if (!Alive.ContainsKey(number))
            {
                return number;
            }
        }

        return null;
    }

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
            ForCounter = e.ForCounter,
            ToArea = null,
            OnItsWay = null,
        }),
        // Its wait here begins now: what it waited before belongs to the part that ended there.
        TicketTakenOver e => Joined(new Ticket(e.Ticket, e.Code, e.Number, e.Service, e.Language, Place: Tickets.Count + 1, e.TakenAt)
        {
            Booked = e.Booked,
            DueAt = e.At,
            FromArea = e.FromArea,
            ForCounter = e.ForCounter,
        }),
        TakeOverConfirmed e => Changed(Tickets[e.Ticket] with { OnItsWay = null }),
        TakeOverRefused e => Changed(Tickets[e.Ticket] with { State = TicketState.Waiting, Counter = null, ArrivedAt = null, EndedAt = null, ToArea = null, OnItsWay = null }),
        ServicesChosen e => Changed(Tickets[e.Ticket] with { Also = e.Also }),
        ForecastGiven => this,
        _ => throw new UnreachableException(),
    };
}
