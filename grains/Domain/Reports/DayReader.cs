namespace Aufruf.Domain.Reports;

/// <summary>Reads a day event by event. The queue interprets each event; the reader keeps the facts that it forgets.</summary>
public sealed class DayReader(QueueKey key)
{
    /// <summary>The facts of a ticket that the ticket itself does not hold.</summary>
    private sealed class TicketHistory(DateTimeOffset arrived)
    {
        public DateTimeOffset Arrived { get; set; } = arrived;
        public WaitingClass? Class { get; set; }
        public CounterId? FirstCounter { get; set; }
        public CancelledBy? CancelledBy { get; set; }
        public List<Span> Waits { get; } = [];
        public HashSet<DateTimeOffset> CalledAt { get; } = [];
        public List<(PartEnd End, ClerkId? Clerk, ServedOutcome? Outcome)> Parts { get; } = [];

        /// <summary>The services that a clerk stated at the end of a visit, and the part that ended with it.</summary>
        public List<(DateTimeOffset At, int Part, IReadOnlyList<GivenService> Given)> Given { get; } = [];
        public List<ForecastFact> Forecasts { get; } = [];
    }

    private readonly Dictionary<TicketId, TicketHistory> _histories = [];
    private readonly List<CounterSpan> _counters = [];
    private readonly List<StopSpan> _stops = [];
    private Queue _queue = Queue.Empty(key);
    private DateTimeOffset? _lastAt;

    /// <summary>The day was closed: nothing more will come.</summary>
    public bool Ended => _queue.Ended;

    public void Read(QueueEvent happened)
    {
        var before = _queue;
        _queue = before.Apply(happened);
        _lastAt = happened.At;
        if (happened is ITicketEvent { Ticket: var ticket })
        {
            Follow(ticket, happened, before);
        }

        if (happened is ICounterEvent { Counter: var counter })
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
        var history = _histories.TryGetValue(id, out var known) ? known : _histories[id] = new(happened.At);
        switch (happened)
        {
            case TicketCalled called:
                history.Class ??= before?.Class;
                history.FirstCounter ??= called.Counter;
                history.CalledAt.Add(called.At);
                break;
            case TransferAccepted { Wait: not null } when before is null:
                history.Arrived = now.HereSince; // It was fetched: its whole wait counts where it is called.
                break;
            case CameIn or CameInUndone or TicketReactivated when now.Home is not null:
                history.Arrived = now.HereSince; // The time at home is no wait.
                break;
            case ServicesGiven given:
                history.Given.Add((given.At, history.Parts.Count, given.Given));
                break;
            case StepUndone undone when queueBefore.At(undone.Counter).LastStep is { } step:
                history.Given.RemoveAll(given => given.At == step.At);
                if (now.CalledAt is null)
                {
                    (history.FirstCounter, history.Class) = (null, null); // The first call was taken back.
                }

                break;
            case ForecastGiven given:
                history.Forecasts.Add(new(given.At, given.P10, given.P50, given.P90));
                break;
            case TicketCancelled cancelled:
                history.CancelledBy = cancelled.By is null ? CancelledBy.Citizen : CancelledBy.Clerk;
                break;
        }

        var (waited, waits) = (before?.State is TicketState.Waiting, now.State is TicketState.Waiting);
        if (waited && !waits)
        {
            history.Waits[^1] = history.Waits[^1] with { To = happened.At };
        }
        else if (waits && !waited)
        {
            history.Waits.Add(new(happened.At, null));
        }

        if (now.Parts.Count > history.Parts.Count)
        {
            history.Parts.Add((EndOf(happened), queueBefore.At(now.Parts[^1].Counter).Clerk, (happened as TicketServed)?.Outcome));
        }
        else if (now.Parts.Count < history.Parts.Count)
        {
            history.Parts.RemoveRange(now.Parts.Count, history.Parts.Count - now.Parts.Count);
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

    /// <summary>The facts so far.</summary>
    /// <param name="perClerk">With the clerks; only where the authority has switched it on.</param>
    public DayFacts Facts(bool perClerk) => new(
        key, Ended, _lastAt, [.. _queue.Tickets.Values.OrderBy(t => t.Place).Select(t => FactOf(t, perClerk))], _counters, _stops);

    private TicketFact FactOf(Ticket ticket, bool perClerk)
    {
        var (history, times) = (_histories[ticket.Id], TicketTimes.Of(ticket));
        PartFact[] parts = [.. ticket.Parts.Zip(history.Parts, (part, more) => new PartFact(
            part.Service, part.Counter, part.CalledAt, part.ArrivedAt, part.EndedAt,
            history.CalledAt.Contains(part.CalledAt) ? part.WalkTime : null,
            PartFact.IsAccurate(more.End, part.ArrivedAt) ? part.ServiceTime : null, more.End,
            perClerk ? more.Clerk : null))];
        return new(ticket.Wanted, history.Class ?? ticket.Class, ticket.Language, history.Arrived,
            ticket.Booked is { } booked && booked > history.Arrived ? booked : history.Arrived,
            ticket.CalledAt, history.FirstCounter, ticket.Calls, ticket.Misses, ticket.State, ticket.CutOff)
        {
            Booked = ticket.Booked,
            FromHome = ticket.Home is not null,
            FromArea = ticket.FromArea,
            ToArea = ticket.ToArea,
            Priority = ticket.Priority,
            CancelledBy = ticket.State is TicketState.Cancelled ? history.CancelledBy : null,
            Outcome = ticket.Outcome,
            WaitTime = times.Wait,
            ServiceTime = times.AreAccurate && parts.All(p => p.Accurate) ? times.Service : null,
            Waits = history.Waits,
            Parts = parts,
            Given = [.. GivenIn(parts, history)],
            Forecasts = history.Forecasts,
        };
    }

    /// <summary>A visit that was taken up again, or that went on with a pickup, has several ends: each service counts once, with the
    /// highest number that was stated.</summary>
    private static IEnumerable<GivenService> GivenIn(PartFact[] parts, TicketHistory history)
    {
        var (all, from) = (new List<GivenService>(), 0);
        foreach (var (nr, part) in parts.Index().Where(p => p.Index == parts.Length - 1 || p.Item.End is PartEnd.Served or PartEnd.Pickup))
        {
            GivenService[] stated = [.. history.Given.Where(given => given.Part == nr).SelectMany(given => given.Given)];
            all.AddRange(stated.Length > 0 ? stated.GroupBy(g => g.Service).Select(g => new GivenService(g.Key, g.Sum(s => s.Quantity)))
                : history.Parts[nr].Outcome is null ? DoneIn(parts[from..(nr + 1)]) : []);
            from = nr + 1;
        }

        return all.GroupBy(given => given.Service).Select(given => given.MaxBy(g => g.Quantity)!);
    }

    /// <summary>Where nothing was stated, the visit gave what it was for.</summary>
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
}
