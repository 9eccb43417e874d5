namespace Aufruf.Domain.Queues;

/// <summary>The ticket a counter would call now, and why.</summary>
public sealed record NextTicket(Ticket Ticket, Why Why)
{
    /// <summary>Due tickets come before early appointments, and those before tickets that are held back.</summary>
    internal int Stage { get; init; }

    /// <summary>The group of the work profile: 0 is called before 1.</summary>
    internal int Group { get; init; }
}

/// <summary>The order in which a counter calls the tickets that wait.</summary>
public static class CallOrder
{
    // A work profile has an order that could starve its last groups: after an hour every ticket belongs to the first group.
    private static readonly TimeSpan CatchUp = TimeSpan.FromMinutes(60);

    /// <summary>A ticket that may be called here, and in which group of the work profile: 0 is called before 1.</summary>
    /// <param name="TooLong">For <see cref="WhyKind.WaitsTooLong"/>: the longest wait that is not too long.</param>
    private readonly record struct Callable(Candidate Candidate, int Group, WhyKind? Why = null, TimeSpan TooLong = default);

    /// <summary>The ticket a counter would call now; null only when no ticket waits that it may call.</summary>
    /// <remarks>Due tickets of the first group come first, by the area's policy; then those of later groups. Early appointments follow, and
    /// at last tickets that are held back for some calls.</remarks>
    /// <param name="only">Of this service, which the counter need not list; null: of all that it calls.</param>
    public static NextTicket? NextFor(this Queue queue, CounterId counter, Setting setting, DateTimeOffset now, ServiceId? only = null)
    {
        return setting.Area.Counter(counter) is { } here
            ? NextFor(queue, new Caller(queue, here, setting, now, only), setting.Area.Rules, now, only) : null;
    }

    /// <summary>The ticket that a counter of another area would call here now.</summary>
    internal static NextTicket? NextFor(this Queue queue, Visitor visitor, Setting setting, DateTimeOffset now, ServiceId? only = null) =>
        NextFor(queue, new Caller(queue, visitor, setting, now), setting.Area.Rules, now, only);

    private static NextTicket? NextFor(Queue queue, Caller caller, AreaRules rules, DateTimeOffset now, ServiceId? only)
    {
        Callable? due = null, early = null;
        foreach (var (line, first) in queue.Released(now))
        {
            if ((only ?? line.Service) == line.Service && caller.GroupOf(line) is { } group)
            {
                ref var best = ref first.DueAt <= now ? ref due : ref early;
                var call = group with { Candidate = first };
                best = best is { } other && !IsBefore(call, other) ? other : call;
            }
        }

        return (due ?? early) is { } next
                ? new(queue.Tickets[next.Candidate.Ticket], ReasonOf(next)) { Stage = due is null ? 1 : 0, Group = next.Group }
            : queue.Waiting.Held.Where(t => !(t.NotBefore > now) && (only ?? t.Service) == t.Service
                    && caller.GroupOf(Waiting.LineOf(t)) is not null)
                .MinBy(t => (t.NotBeforeCall, t.Place)) is { } heldBack ? new(heldBack, WhyOf(heldBack, rules, now)) { Stage = 2 }
            : null;

        bool IsBefore(Callable one, Callable other) => one.Group != other.Group ? one.Group < other.Group
            : rules.IsBefore(one.Candidate, other.Candidate, now);

        // One long wait opens the group to all tickets of the service; for the others it is not the reason.
        Why ReasonOf(Callable call) => call.Why is { } why && (why is not WhyKind.WaitsTooLong || now - call.Candidate.DueAt > call.TooLong)
            ? new(why, call.Candidate.DueAt)
            : WhyOf(queue.Tickets[call.Candidate.Ticket], rules, now);
    }

    /// <summary>How many waiting tickets would be called before this one, by the counters that may call it.</summary>
    public static int AheadOf(this Queue queue, Ticket ticket, Setting setting, DateTimeOffset now)
    {
        var services = setting.Area.CalledWith(ticket.Service);
        return queue.Waiting.All.Concat(queue.ReleasedOfHeld(now))
            .Count(x => services(x.Candidate.Service) && x.Candidate.Ticket != ticket.Id
                && setting.Area.Rules.IsBefore(x.Candidate, ticket.Candidate, now));
    }

    /// <summary>The first ticket of each line, and every held back ticket whose time and turn have come.</summary>
    private static IEnumerable<(Waiting.Line Line, Candidate First)> Released(this Queue queue, DateTimeOffset now) =>
        queue.Waiting.Heads.Concat(queue.ReleasedOfHeld(now));

    internal static IEnumerable<(Waiting.Line Line, Candidate Candidate)> ReleasedOfHeld(this Queue queue, DateTimeOffset now) =>
        from ticket in queue.Waiting.Held
        where !(ticket.NotBefore > now) && !(ticket.NotBeforeCall > queue.CallsMade)
        select (Waiting.LineOf(ticket), ticket.Candidate);

    private static Why WhyOf(Ticket ticket, AreaRules rules, DateTimeOffset now) => ticket.Class switch
    {
        // It was sent to one counter or clerk, and is called elsewhere.
        _ when ticket.ForCounter is not null || ticket.ForClerk is not null =>
            new(rules.Keeps(ticket.KeptFrom, now) ? WhyKind.KeeperGone : WhyKind.KeptTooLong, ticket.DueAt),
        WaitingClass.Priority => new(WhyKind.Priority, ticket.DueAt, ticket.Priority),
        WaitingClass.Appointment or WaitingClass.PriorityAppointment =>
            new(ticket.Booked <= now ? WhyKind.AppointmentDue : WhyKind.EarlyAppointment, ticket.Booked, ticket.Priority),
        WaitingClass.Transferred => new(WhyKind.Transferred, ticket.DueAt),
        _ => new(WhyKind.LongestWait, ticket.DueAt),
    };

    /// <summary>A counter that calls now: it knows which lines it may call, and in which group.</summary>
    private sealed class Caller
    {
        private readonly Queue _queue;
        private readonly CounterId _counter;
        private readonly ClerkId? _clerk;
        private readonly Setting _setting;
        private readonly DateTimeOffset _now;
        private readonly WorkProfile? _profile;
        private readonly IReadOnlyList<IReadOnlyList<ServiceId>> _groups;

        /// <summary>Per service: the earliest due time of the tickets that this counter could call; empty without a work profile.</summary>
        private readonly Dictionary<ServiceId, DateTimeOffset> _earliest = [];

        private readonly bool _isVisitor;

        public Caller(Queue queue, Visitor visitor, Setting setting, DateTimeOffset now)
        {
            (_queue, _counter, _clerk, _setting, _now) = (queue, visitor.Counter, visitor.Clerk, setting, now);
            (_groups, _isVisitor) = ([visitor.Services], true);
        }

        public Caller(Queue queue, Counter counter, Setting setting, DateTimeOffset now, ServiceId? only)
        {
            var state = queue.At(counter.Id);
            (_queue, _counter, _clerk, _setting, _now) = (queue, counter.Id, state.Clerk, setting, now);
            _profile = only is null ? setting.Area.Profile(state.Profile) : null;
            _groups = only is { } service ? [[service]] : _profile?.Groups ?? [counter.Services];
            foreach (var (line, first) in _profile is null ? [] : queue.Released(now))
            {
                if (first.DueAt <= now && (IsSentHere(line) || !IsSentElsewhere(line)))
                {
                    _earliest[first.Service] =
                        _earliest.TryGetValue(first.Service, out var since) && since < first.DueAt ? since : first.DueAt;
                }
            }
        }

        /// <summary>The group in which the counter calls a line; null when it may not call it.</summary>
        public Callable? GroupOf(Waiting.Line line)
        {
            if (IsSentHere(line))
            {
                return new(default, 0, WhyKind.SentHere);
            }

            if (IsSentElsewhere(line))
            {
                return null;
            }

            var group = 0;
            while (group < _groups.Count && !_groups[group].Contains(line.Service))
            {
                group++;
            }

            var waited = _now - _earliest.GetValueOrDefault(line.Service, _now);
            if (group > 0 && _profile?.AlsoFor(line.Service) is { } also && waited > TimeSpan.FromMinutes(also.WhenMinutes))
            {
                return new(default, 0, WhyKind.WaitsTooLong, TimeSpan.FromMinutes(also.WhenMinutes));
            }

            return group == _groups.Count ? (_isVisitor || _setting.Area.IsCalledBySomebody(line.Service) ? null : new(default, 0))
                : group > 0 && waited > CatchUp ? new(default, 0, WhyKind.WaitsTooLong, CatchUp)
                : new(default, group);
        }

        private bool IsSentHere(Waiting.Line line) =>
            line.Counter == _counter || (line.Clerk is not null && line.Clerk == _clerk);

        /// <summary>Sent to a counter of the area or a clerk of the office that is there; not kept too long. Otherwise every counter may
        /// call it.</summary>
        private bool IsSentElsewhere(Waiting.Line line) => _setting.Area.Rules.Keeps(line.KeptFrom, _now)
            && ((line.Counter is { } counter && _queue.At(counter).Open && _setting.Area.Counter(counter) is not null)
                || (line.Clerk is { } clerk && (_setting.SitsElsewhere(clerk)
                    || (_queue.SeatOf(clerk) is { } seat && _setting.Area.Counter(seat.Id) is not null))));
    }
}
