using System.Diagnostics;
using Aufruf.Domain.Offices;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Queues;

// What a clerk does with the ticket at the counter.
public sealed partial record Queue
{
    private const int MostCallsBetween = 50;
    private const int MostGiven = 99;

    private Decision<QueueEvent> DecideVisit(AtCounter command, Ticket visit, Setting setting, DateTimeOffset now) => command switch
    {
        Recall wish => new TicketRecalled(visit.Id, wish.Counter, now),
        MarkArrived when visit.State is TicketState.Serving => Refusal.AlreadyArrived,
        MarkArrived wish => new TicketArrived(visit.Id, wish.Counter, now),
        Finish wish => Finished(wish, visit, setting, now),
        MarkMissed when visit.State is TicketState.Serving => Refusal.AlreadyArrived,
        MarkMissed wish => Left(wish.Counter, Missing(visit, wish.Counter, setting, now)),
        ReturnTicket { Way: ReturnWay.After, After: not (>= 1 and <= MostCallsBetween) } => Refusal.WrongTime,
        ReturnTicket { Way: ReturnWay.AtTime, Until: var until } when until is null || !IsLaterToday(until.Value, setting, now) => Refusal.WrongTime,
        ReturnTicket wish => Left(wish.Counter, new TicketReturned(
            visit.Id, wish.Counter, wish.Way, wish.Way is ReturnWay.After ? wish.After : null, wish.Way is ReturnWay.AtTime ? wish.Until : null, Missed: false, now)),
        Park { WakeAt: { } wake } when !IsLaterToday(wake, setting, now) => Refusal.WrongTime,
        Park wish => Left(wish.Counter, new TicketParked(visit.Id, wish.Counter, wish.WakeAt, now)),
        Transfer wish => WhyNotTo(wish, setting) is { } no ? no : Left(wish.Counter, new TicketTransferred(visit.Id, wish.Counter, wish.To, now)),
        SwitchService wish when setting.Area.Service(wish.Service) is null => Refusal.UnknownService,
        SwitchService wish when visit.Service == wish.Service => NothingToDo,
        SwitchService wish => new([
            .. visit.State is TicketState.Called ? [new TicketArrived(visit.Id, wish.Counter, now)] : (QueueEvent[])[],
            new ServiceSwitched(visit.Id, wish.Counter, wish.Service, now)]),
        _ => throw new UnreachableException(),
    };

    private Decision<QueueEvent> Finished(Finish wish, Ticket visit, Setting setting, DateTimeOffset now)
    {
        if (wish.Given.Any(g => setting.Area.Service(g.Service) is null))
        {
            return Refusal.UnknownService;
        }

        if (wish.Given.Count > MostGiven || wish.Given.Any(g => g.Quantity is not (>= 1 and <= MostGiven)))
        {
            return Refusal.WrongQuantity;
        }

        return Left(wish.Counter, [
            .. wish.Given.Count > 0 ? [new ServicesGiven(visit.Id, wish.Counter, wish.Given, now)] : (QueueEvent[])[],
            wish.ForPickup ? new PickupPromised(visit.Id, wish.Counter, now) : new TicketServed(visit.Id, wish.Counter, now),
        ]);
    }

    /// <summary>Who did not come gets as many further chances as the clerk's own area gives, wherever the ticket is from.</summary>
    private static QueueEvent Missing(Ticket visit, CounterId counter, Setting setting, DateTimeOffset now) =>
        visit.Misses < setting.Area.Rules.MissedReturns
            ? new TicketReturned(visit.Id, counter, ReturnWay.After, setting.Area.Rules.MissedReturnsAfter, null, Missed: true, now)
            : new TicketMissed(visit.Id, counter, now);

    /// <summary>Nothing waits over night: a time of tomorrow would never come.</summary>
    private bool IsLaterToday(DateTimeOffset time, Setting setting, DateTimeOffset now) => time > now && time < setting.Office.Instant(Key.Day, WallTime.DayEnds);

    private Refusal? WhyNotTo(Transfer wish, Setting setting)
    {
        var there = wish.To.Area is { } id && id != setting.Area.Id ? setting.Office.Area(id) : setting.Area;
        return there is null ? Refusal.UnknownTarget
            : wish.To.Service is { } service && there.Service(service) is null ? Refusal.UnknownService
            : wish.To.Counter is { } counter && there.Counter(counter) is null ? Refusal.UnknownTarget
            : there == setting.Area ? wish.To switch
            {
                { Counter: null, Clerk: null, Service: null } => Refusal.UnknownTarget, // From here to here.
                { Clerk: { } clerk } when SeatOf(clerk) is null => Refusal.ClerkNotHere,
                { Clerk: { } self } when At(wish.Counter).Clerk == self => Refusal.UnknownTarget,
                { Counter: { } same } when same == wish.Counter => Refusal.UnknownTarget,
                _ => null,
            }
            : wish.To switch
            {
                { Clerk: not null } or { Service: null } => Refusal.UnknownTarget, // Another area has services of its own, and its own clerks.
                _ => there.Services.Any(s => setting.Area.Services.Any(own => own.Letter == s.Letter)) ? Refusal.LettersShared : null,
            };
    }

    /// <summary>The counter is free again; who asked for a pause has it.</summary>
    private Decision<QueueEvent> Left(CounterId counter, params QueueEvent[] events) => At(counter).Presence is Presence.PauseAfter
        ? new([.. events, new PresenceChanged(counter, Presence.Pause, events[^1].At)])
        : new(events);

    private Queue ApplyVisit(QueueEvent happened) => happened switch
    {
        ServicesGiven e => Touched(e.Counter, c => c),
        ServiceSwitched e => Step(e.Ticket, e.Counter, e.At, t => PartEnded(t, e.At) with
        {
            Service = e.Service,
            Also = [.. t.Also.Where(s => s != e.Service)],
            PartCalledAt = e.At,
            ArrivedAt = e.At,
        }, c => c),
        TicketServed e => Step(e.Ticket, e.Counter, e.At, t => PartEnded(t, e.At) with { State = TicketState.Served, EndedAt = e.At },
            c => c with { Ticket = null, Served = c.Served + 1 }),
        PickupPromised e => Step(e.Ticket, e.Counter, e.At, t => PartEnded(t, e.At) with { State = TicketState.Pickup },
            c => c with { Ticket = null, Served = c.Served + 1 }),
        TicketMissed e => Step(e.Ticket, e.Counter, e.At, t => PartEnded(t, e.At) with { State = TicketState.Missed, EndedAt = e.At, Misses = t.Misses + 1 },
            c => c with { Ticket = null }),
        TicketReturned e => Step(e.Ticket, e.Counter, e.At, t => PartEnded(t, e.At) with
        {
            State = TicketState.Waiting,
            Counter = null,
            ArrivedAt = null,
            Misses = t.Misses + (e.Missed ? 1 : 0),
            DueAt = e.Way is ReturnWay.ToEnd ? e.At : t.DueAt,
            NotBefore = e.Until,
            NotBeforeCall = e.After is { } after ? CallsMade + after : null,
        }, c => c with { Ticket = null }),
        TicketParked e => Step(e.Ticket, e.Counter, e.At, t => PartEnded(t, e.At) with { State = TicketState.Parked, ArrivedAt = null, WakeAt = e.WakeAt },
            c => c with { Ticket = null }),
        TicketTransferred e when e.To.Area is { } area && area != Key.Area => Changed(PartEnded(Tickets[e.Ticket], e.At) with
        {
            State = TicketState.Transferred,
            EndedAt = e.At,
            ToArea = area,
            OnItsWay = e.To,
            Journeys = Tickets[e.Ticket].Journeys + 1,
        }, e.Counter, c => c with { Ticket = null, LastStep = null }), // It has left the house.
        TicketTransferred e => Step(e.Ticket, e.Counter, e.At, t => PartEnded(t, e.At) with
        {
            State = TicketState.Waiting,
            Counter = null,
            ArrivedAt = null,
            // The second wait counts from here; who was never seen at a counter has had only the first.
            DueAt = t.ArrivedAt is null ? t.DueAt : e.At,
            Service = e.To.Service ?? t.Service,
            ForCounter = e.To.Counter,
            ForClerk = e.To.Clerk,
        }, c => c with { Ticket = null }),
        _ => throw new UnreachableException(),
    };

    private static Ticket PartEnded(Ticket ticket, DateTimeOffset at) => ticket.Counter is { } counter && ticket.PartCalledAt is { } called
        ? ticket with { Parts = [.. ticket.Parts, new(ticket.Service, counter, called, ticket.ArrivedAt, at)], PartCalledAt = null }
        : ticket;

    /// <summary>A step of a clerk that may be taken back for a while.</summary>
    private Queue Step(TicketId id, CounterId counter, DateTimeOffset at, Func<Ticket, Ticket> change, Func<CounterState, CounterState> atCounter)
    {
        var before = Tickets[id];
        var after = change(before);
        return Changed(after, counter, c => atCounter(c) with { LastStep = new(at, before, after.State, before.Changes + 1) });
    }
}
