using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Reports;

/// <summary>Reads a day event by event: the queue itself says what each event means, undone steps included; here is kept what the queue need not remember.</summary>
internal sealed class DayReader(QueueKey key, bool perClerk)
{
    /// <summary>What a ticket does not remember of itself.</summary>
    private sealed class Story(DateTimeOffset arrived)
    {
        public DateTimeOffset Arrived { get; } = arrived;
        public WaitingClass? Class { get; set; }
        public CounterId? FirstCounter { get; set; }
        public CancelledBy? CancelledBy { get; set; }
        public List<Span> Waits { get; } = [];
        public HashSet<DateTimeOffset> CalledAt { get; } = [];
        public List<(PartEnd End, ClerkId? Clerk)> Parts { get; } = [];
        public List<(DateTimeOffset At, IReadOnlyList<GivenService> Given)> Given { get; } = [];
        public List<ForecastFact> Forecasts { get; } = [];
    }

    private readonly Dictionary<TicketId, Story> _stories = [];
    private readonly List<CounterSpan> _counters = [];
    private readonly List<StopSpan> _stops = [];
    private Queue _queue = Queue.Empty(key);
    private DateTimeOffset? _lastAt;

    public void Read(QueueEvent happened)
    {
        var before = _queue;
        _queue = before.Apply(happened);
        _lastAt = happened.At;
        if (happened.OfTicket() is { } ticket)
        {
            Follow(ticket, happened, before);
        }

        if (happened is CounterOpened or CounterClosed or ClerkLoggedIn or PresenceChanged && CounterOf(happened) is { } counter)
        {
            Follow(counter, happened.At, before);
        }

        if (happened is ServiceStopped stopped)
        {
            Release(stopped.Service, stopped.At); // A clerk's stop takes the place of an automatic one.
            _stops.Add(new(stopped.Service, stopped.Kind, new(stopped.At, null)));
        }
        else if (happened is ServiceReleased released)
        {
            Release(released.Service, released.At);
        }
    }

    private void Follow(TicketId id, QueueEvent happened, Queue queueBefore)
    {
        var (before, now) = (queueBefore.Tickets.GetValueOrDefault(id), _queue.Tickets[id]);
        var story = _stories.TryGetValue(id, out var known) ? known : _stories[id] = new Story(happened.At);
        switch (happened)
        {
            case TicketCalled called:
                story.Class ??= before?.Class;
                story.FirstCounter ??= called.Counter;
                story.CalledAt.Add(called.At);
                break;
            case ServicesGiven given:
                story.Given.Add((given.At, given.Given));
                break;
            case StepUndone undone when queueBefore.At(undone.Counter).LastStep is { } step:
                story.Given.RemoveAll(given => given.At == step.At);
                break;
            case ForecastGiven told:
                story.Forecasts.Add(new(told.At, told.P10, told.P50, told.P90));
                break;
            case TicketCancelled cancelled:
                story.CancelledBy = cancelled.By is null ? CancelledBy.Citizen : CancelledBy.Clerk;
                break;
        }

        var (waited, waits) = (before?.State is TicketState.Waiting, now.State is TicketState.Waiting);
        if (waited && !waits)
        {
            story.Waits[^1] = story.Waits[^1] with { To = happened.At };
        }
        else if (waits && !waited)
        {
            story.Waits.Add(new(happened.At, null));
        }

        if (now.Parts.Count > story.Parts.Count)
        {
            story.Parts.Add((EndOf(happened), perClerk ? queueBefore.At(now.Parts[^1].Counter).Clerk : null));
        }
        else if (now.Parts.Count < story.Parts.Count)
        {
            story.Parts.RemoveRange(now.Parts.Count, story.Parts.Count - now.Parts.Count);
        }
    }

    private void Follow(CounterId counter, DateTimeOffset at, Queue queueBefore)
    {
        var (before, now) = (queueBefore.At(counter), _queue.At(counter));
        if ((before.Open, before.Calling) == (now.Open, now.Calling))
        {
            return;
        }

        if (before.Open)
        {
            var last = _counters.FindLastIndex(span => span.Counter == counter);
            _counters[last] = _counters[last] with { Time = _counters[last].Time with { To = at } };
        }

        if (now.Open)
        {
            _counters.Add(new(counter, !now.Calling, new(at, null)));
        }
    }

    private void Release(ServiceId service, DateTimeOffset at)
    {
        if (_stops.FindLastIndex(stop => stop.Service == service && stop.Time.To is null) is >= 0 and var open)
        {
            _stops[open] = _stops[open] with { Time = _stops[open].Time with { To = at } };
        }
    }

    public DayFacts Facts() => new(key, _queue.Ended, _lastAt, [.. _queue.Tickets.Values.OrderBy(t => t.Place).Select(FactOf)], _counters, _stops);

    private TicketFact FactOf(Ticket ticket)
    {
        var story = _stories[ticket.Id];
        var times = TicketTimes.Of(ticket);
        PartFact[] parts = [.. ticket.Parts.Zip(story.Parts, (part, more) => new PartFact(part.Service, part.Counter, part.CalledAt, part.ArrivedAt, part.EndedAt,
            story.CalledAt.Contains(part.CalledAt) ? part.WalkTime : null, PartFact.IsAccurate(more.End, part.ArrivedAt) ? part.ServiceTime : null, more.End, more.Clerk))];
        return new(ticket.Wanted, story.Class ?? ticket.Class, ticket.Language, story.Arrived, ticket.Booked > story.Arrived ? ticket.Booked.Value : story.Arrived,
            ticket.CalledAt, story.FirstCounter, ticket.Calls, ticket.Misses, ticket.State, ticket.CutOff)
        {
            Booked = ticket.Booked,
            FromArea = ticket.FromArea,
            ToArea = ticket.ToArea,
            Priority = ticket.Priority,
            CancelledBy = ticket.State is TicketState.Cancelled ? story.CancelledBy : null,
            WaitTime = times.Wait,
            ServiceTime = times.AreAccurate && parts.All(p => p.Accurate) ? times.Service : null,
            Waits = story.Waits,
            Parts = parts,
            Given = story.Given.Count > 0 ? [.. story.Given.SelectMany(g => g.Given)] : [.. DoneIn(parts)],
            Forecasts = story.Forecasts,
        };
    }

    private static IEnumerable<GivenService> DoneIn(IEnumerable<PartFact> parts) => parts
        .Where(p => p.End is PartEnd.Served or PartEnd.Pickup or PartEnd.Switched or PartEnd.CutOff)
        .Select(p => p.Service).Distinct().Select(service => new GivenService(service, 1));

    private static PartEnd EndOf(QueueEvent happened) => happened switch
    {
        TicketServed => PartEnd.Served,
        PickupPromised => PartEnd.Pickup,
        TicketMissed => PartEnd.Missed,
        TicketReturned { Missed: true } => PartEnd.Missed,
        TicketReturned => PartEnd.Returned,
        TicketParked => PartEnd.Parked,
        TicketTransferred => PartEnd.Transferred,
        ServiceSwitched => PartEnd.Switched,
        _ => PartEnd.CutOff,
    };

    private static CounterId? CounterOf(QueueEvent happened) => happened switch
    {
        CounterOpened e => e.Counter,
        CounterClosed e => e.Counter,
        ClerkLoggedIn e => e.Counter,
        PresenceChanged e => e.Counter,
        _ => null,
    };
}

/// <summary>Which ticket an event is about.</summary>
internal static class EventOfTicket
{
    public static TicketId? OfTicket(this QueueEvent happened) => happened switch
    {
        TicketTaken e => e.Ticket,
        CheckedIn e => e.Ticket,
        TicketTakenOver e => e.Ticket,
        TakeOverConfirmed e => e.Ticket,
        TakeOverRefused e => e.Ticket,
        ForecastGiven e => e.Ticket,
        TicketCalled e => e.Ticket,
        TicketRecalled e => e.Ticket,
        TicketArrived e => e.Ticket,
        ServicesGiven e => e.Ticket,
        TicketServed e => e.Ticket,
        PickupPromised e => e.Ticket,
        TicketMissed e => e.Ticket,
        TicketReturned e => e.Ticket,
        TicketParked e => e.Ticket,
        TicketResumed e => e.Ticket,
        TicketTransferred e => e.Ticket,
        ServiceSwitched e => e.Ticket,
        ServicesChosen e => e.Ticket,
        StepUndone e => e.Ticket,
        TicketReactivated e => e.Ticket,
        TicketCancelled e => e.Ticket,
        PriorityGiven e => e.Ticket,
        RemarkWritten e => e.Ticket,
        VisitCutOff e => e.Ticket,
        TicketExpired e => e.Ticket,
        _ => null,
    };
}
