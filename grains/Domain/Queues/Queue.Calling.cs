using System.Diagnostics;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Queues;

// Calling a ticket to a counter, and going on with one.
public sealed partial record Queue
{
    /// <summary>Calling also opens the counter and ends the visit there: a clerk with a box presses one button, not three.</summary>
    private Decision<QueueEvent> Call(CallNext wish, Setting setting, DateTimeOffset now)
    {
        var ending = VisitAt(wish.Counter) is not { } visit ? null
            : DidNotCome(wish, visit, setting, now) ? Missing(visit, wish.Counter, setting, now)
            : new TicketServed(visit.Id, wish.Counter, now);
        if (At(wish.Counter).Presence is Presence.PauseAfter && ending is not null)
        {
            return Left(wish.Counter, ending); // The pause was announced: nobody is called into it.
        }

        List<QueueEvent> events = [.. Opening(wish.Counter, now)];
        if (NextFor(wish.Counter, setting, now) is not { } next)
        {
            return new(events, Refusal.NobodyWaiting);
        }

        if (ending is not null)
        {
            events.Add(ending);
        }

        events.Add(new TicketCalled(next.Ticket.Id, wish.Counter, now, next.Why));
        return new(events);
    }

    private Decision<QueueEvent> Call(CallTicket wish, Setting setting, DateTimeOffset now)
    {
        if (!Tickets.TryGetValue(wish.Ticket, out var ticket))
        {
            return Refusal.UnknownTicket;
        }

        if (ticket.State is not (TicketState.Waiting or TicketState.Parked or TicketState.Pickup))
        {
            return Refusal.NotWaiting;
        }

        // Whoever is next anyway may be called by everybody; the parked and those who come for a document have had their turn.
        if (!setting.Area.Rules.MayCallAny && ticket.State is TicketState.Waiting && NextFor(wish.Counter, setting, now)?.Ticket.Id != ticket.Id)
        {
            return Refusal.NotPermitted;
        }

        return new([
            .. Opening(wish.Counter, now),
            .. VisitAt(wish.Counter) is { } visit ? [new TicketServed(visit.Id, wish.Counter, now)] : (QueueEvent[])[],
            new TicketCalled(ticket.Id, wish.Counter, now, new(WhyKind.Chosen)),
        ]);
    }

    private Decision<QueueEvent> GoOn(Resume wish, DateTimeOffset now) =>
        !Tickets.TryGetValue(wish.Ticket, out var ticket) ? Refusal.UnknownTicket
        : ticket.State is not (TicketState.Parked or TicketState.Pickup) ? Refusal.NotWaiting
        : VisitAt(wish.Counter) is not null ? Refusal.VisitOpen
        : new Decision<QueueEvent>([.. Opening(wish.Counter, now), new TicketResumed(ticket.Id, wish.Counter, now)]);

    /// <summary>Who calls is there and ready.</summary>
    private IEnumerable<QueueEvent> Opening(CounterId counter, DateTimeOffset now)
    {
        if (!At(counter).Open)
        {
            yield return new CounterOpened(counter, now);
        }
        else if (At(counter).Presence is not Presence.Ready)
        {
            yield return new PresenceChanged(counter, Presence.Ready, now);
        }
    }

    /// <summary>"Next" twice within seconds at a counter that has buttons only: nobody can have been served in between.</summary>
    private bool DidNotCome(CallNext wish, Ticket visit, Setting setting, DateTimeOffset now) =>
        wish.ByButton && At(wish.Counter).Clerk is null && visit is { State: TicketState.Called, PartCalledAt: { } called }
        && now - called <= TimeSpan.FromSeconds(setting.Area.Rules.TwiceNextSeconds) && setting.Area.Rules.TwiceNextSeconds > 0;

    private Queue ApplyCalling(QueueEvent happened) => happened switch
    {
        TicketCalled e => Changed(Tickets[e.Ticket] with
        {
            State = TicketState.Called,
            Counter = e.Counter,
            Calls = Tickets[e.Ticket].Calls + 1,
            CalledAt = Tickets[e.Ticket].CalledAt ?? e.At,
            LastCallAt = e.At,
            PartCalledAt = e.At,
            ArrivedAt = null,
            EndedAt = null,
            NotBefore = null,
            NotBeforeCall = null,
            WakeAt = null,
            ForCounter = null,
            ForClerk = null,
        }, e.Counter, c => c with { Ticket = e.Ticket, LastStep = null }, calls: 1), // What the counter did before can no longer be taken back.
        TicketResumed e => Step(e.Ticket, e.Counter, e.At, t => t with
        {
            State = TicketState.Serving,
            Counter = e.Counter,
            PartCalledAt = e.At,
            ArrivedAt = e.At,
            WakeAt = null,
        }, c => c with { Ticket = e.Ticket }),
        TicketRecalled e => Changed(Tickets[e.Ticket] with { Calls = Tickets[e.Ticket].Calls + 1, LastCallAt = e.At }, e.Counter),
        TicketArrived e => Step(e.Ticket, e.Counter, e.At, t => t with { State = TicketState.Serving, ArrivedAt = e.At }, c => c),
        _ => throw new UnreachableException(),
    };
}
