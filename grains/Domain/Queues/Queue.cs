using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Aufruf.Domain.Offices;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Queues;

/// <summary>One waiting area on one day: who waits, and who is called where. Numbers start at 1 every day.</summary>
/// <remarks>Immutable: every event gives a new queue that shares what did not change, so a screen may keep the one it has shown.</remarks>
[JsonConverter(typeof(QueueJson))]
public sealed record Queue
{
    private Queue(QueueKey key) => Key = key;

    public static Queue Empty(QueueKey key) => new(key);

    public QueueKey Key { get; }

    /// <summary>Every ticket of the day.</summary>
    public ImmutableDictionary<TicketId, Ticket> Tickets { get; private init; } = ImmutableDictionary<TicketId, Ticket>.Empty;

    /// <summary>Every counter that was used today.</summary>
    public ImmutableDictionary<CounterId, CounterState> Counters { get; private init; } = ImmutableDictionary<CounterId, CounterState>.Empty;

    /// <summary>Who waits, in order of arrival.</summary>
    public Waiting Waiting { get; private init; } = Waiting.None;

    private ImmutableDictionary<TicketCode, TicketId> Codes { get; init; } = ImmutableDictionary<TicketCode, TicketId>.Empty;
    private ImmutableDictionary<TicketNumber, TicketId> Alive { get; init; } = ImmutableDictionary<TicketNumber, TicketId>.Empty;
    private ImmutableDictionary<char, TicketNumber> LastNumbers { get; init; } = ImmutableDictionary<char, TicketNumber>.Empty;

    /// <summary>The state of a counter; closed and unused when nothing happened there today.</summary>
    public CounterState At(CounterId counter) => Counters.GetValueOrDefault(counter) ?? new CounterState(counter, FirstRevision);

    /// <summary>The ticket called to or served at a counter; null when there is none.</summary>
    public Ticket? VisitAt(CounterId counter) => At(counter).Ticket is { } id ? Tickets[id] : null;

    /// <summary>How many visits were finished at a counter today.</summary>
    public int ServedAt(CounterId counter) => At(counter).Served;

    public Ticket? Find(TicketCode code) => Codes.TryGetValue(code, out var id) ? Tickets[id] : null;

    /// <summary>The ticket a counter would call now, and null only when nobody waits whom it may call.</summary>
    public Ticket? NextFor(CounterId counter, WaitingArea area) =>
        area.Counter(counter) is { } here && Waiting.First(service => area.MayCall(here, service)) is { } id ? Tickets[id] : null;

    // A day never has 100,000 changes at one counter; so revisions grow over days, and a sign that was off over night ignores yesterday's.
    private long FirstRevision => Key.Day.DayNumber * 100_000L;

    private static readonly Decision<QueueEvent> NothingToDo = new([]);

    public Decision<QueueEvent> Decide(QueueCommand command, WaitingArea area, DateTimeOffset now) => command switch
    {
        TakeTicket wish => Take(wish, area, now),
        IgnorePress wish => new([new PressIgnored(wish.Counter, wish.Reason, now)], wish.Reason),
        IgnoreTicket wish => new([new TicketIgnored(wish.Service, wish.Reason, now)], wish.Reason),
        AtCounter wish when area.Counter(wish.Counter) is null && At(wish.Counter).Ticket is null => Refusal.UnknownCounter,
        AtCounter { Seen: { } seen } wish when seen != At(wish.Counter).Revision => new([new PressIgnored(wish.Counter, Refusal.StaleFace, now)], Refusal.StaleFace),
        CallNext wish => Call(wish.Counter, area, now),
        OpenCounter wish when At(wish.Counter).Open => NothingToDo,
        OpenCounter wish => new CounterOpened(wish.Counter, now),
        CloseCounter wish when VisitAt(wish.Counter) is not null => Refusal.VisitOpen,
        CloseCounter wish when At(wish.Counter).Open => new CounterClosed(wish.Counter, now),
        CloseCounter => NothingToDo,
        AtCounter wish when VisitAt(wish.Counter) is { } visit => DecideVisit(wish, visit, now),
        AtCounter => Refusal.CounterIdle,
        _ => throw new UnreachableException(),
    };

    private static Decision<QueueEvent> DecideVisit(AtCounter command, Ticket visit, DateTimeOffset now) => command switch
    {
        Recall wish => new TicketRecalled(visit.Id, wish.Counter, now),
        MarkArrived when visit.State is TicketState.Serving => Refusal.AlreadyArrived,
        MarkArrived wish => new TicketArrived(visit.Id, wish.Counter, now),
        Finish wish => new TicketServed(visit.Id, wish.Counter, now),
        MarkMissed when visit.State is TicketState.Serving => Refusal.AlreadyArrived,
        MarkMissed wish => new TicketMissed(visit.Id, wish.Counter, now),
        _ => throw new UnreachableException(),
    };

    private Decision<QueueEvent> Take(TakeTicket wish, WaitingArea area, DateTimeOffset now)
    {
        if (area.Service(wish.Service) is not { } service)
        {
            return Refusal.UnknownService;
        }

        return FreeNumber(service.Letter) is { } number
            ? new TicketTaken(wish.Ticket, wish.Code, number, wish.Service, wish.Language, now)
            : Refusal.NoNumberLeft;
    }

    /// <summary>Calling also opens the counter and finishes the visit there: a clerk with a box presses one button, not three.</summary>
    private Decision<QueueEvent> Call(CounterId counter, WaitingArea area, DateTimeOffset now)
    {
        var events = new List<QueueEvent>(3);
        if (!At(counter).Open)
        {
            events.Add(new CounterOpened(counter, now));
        }

        if (NextFor(counter, area) is not { } next)
        {
            return new(events, Refusal.NobodyWaiting);
        }

        if (VisitAt(counter) is { } visit)
        {
            events.Add(new TicketServed(visit.Id, counter, now));
        }

        events.Add(new TicketCalled(next.Id, counter, now));
        return new(events);
    }

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

    public Queue Apply(QueueEvent happened) => happened switch
    {
        TicketTaken e => Joined(new Ticket(e.Ticket, e.Code, e.Number, e.Service, e.Language, Place: Tickets.Count + 1, e.At)),
        TicketCalled e => Changed(Tickets[e.Ticket] with { State = TicketState.Called, Counter = e.Counter, Calls = Tickets[e.Ticket].Calls + 1, CalledAt = Tickets[e.Ticket].CalledAt ?? e.At, LastCallAt = e.At })
            .Touched(e.Counter, c => c with { Ticket = e.Ticket }),
        TicketRecalled e => Changed(Tickets[e.Ticket] with { Calls = Tickets[e.Ticket].Calls + 1, LastCallAt = e.At }).Touched(e.Counter, c => c),
        TicketArrived e => Changed(Tickets[e.Ticket] with { State = TicketState.Serving, ArrivedAt = e.At }).Touched(e.Counter, c => c),
        TicketServed e => Changed(Tickets[e.Ticket] with { State = TicketState.Served, EndedAt = e.At }).Touched(e.Counter, c => c with { Ticket = null, Served = c.Served + 1 }),
        TicketMissed e => Changed(Tickets[e.Ticket] with { State = TicketState.Missed, EndedAt = e.At }).Touched(e.Counter, c => c with { Ticket = null }),
        CounterOpened e => Touched(e.Counter, c => c with { Open = true }),
        CounterClosed e => Touched(e.Counter, c => c with { Open = false }),
        PressIgnored or TicketIgnored => this,
        _ => throw new UnreachableException(),
    };

    private Queue Touched(CounterId counter, Func<CounterState, CounterState> change)
    {
        var before = At(counter);
        return this with { Counters = Counters.SetItem(counter, change(before) with { Revision = before.Revision + 1 }) };
    }

    private Queue Joined(Ticket ticket) => this with
    {
        Tickets = Tickets.Add(ticket.Id, ticket),
        Codes = Codes.SetItem(ticket.Code, ticket.Id),
        Alive = ticket.Alive ? Alive.Add(ticket.Number, ticket.Id) : Alive,
        Waiting = ticket.State is TicketState.Waiting ? Waiting.Add(ticket) : Waiting,
        LastNumbers = LastNumbers.SetItem(ticket.Number.Letter, ticket.Number),
    };

    private Queue Changed(Ticket after)
    {
        var before = Tickets[after.Id];
        return this with
        {
            Tickets = Tickets.SetItem(after.Id, after),
            Alive = after.Alive ? Alive : Alive.Remove(after.Number),
            Waiting = before.State is TicketState.Waiting ? Waiting.Remove(before) : Waiting,
        };
    }

    /// <summary>The same queue from its tickets and counters, as it crosses from one hub to another.</summary>
    internal static Queue Restore(QueueKey key, IReadOnlyList<Ticket> tickets, IReadOnlyList<CounterState> counters) =>
        tickets.OrderBy(t => t.Place).Aggregate(
            new Queue(key) { Counters = counters.ToImmutableDictionary(c => c.Id) },
            (queue, ticket) => queue.Joined(ticket));
}
