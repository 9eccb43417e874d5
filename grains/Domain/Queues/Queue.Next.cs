using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Domain.Queues;

/// <summary>The ticket a counter would call now, and why.</summary>
public sealed record NextTicket(Ticket Ticket, Why Why);

// Who is next.
public sealed partial record Queue
{
    // Work profiles have an order, and an order may starve those at its end: after an hour everybody belongs to the first group.
    private static readonly TimeSpan CatchUp = TimeSpan.FromMinutes(60);

    /// <summary>One who may be called here, and in which group of the work profile: 0 is called before 1.</summary>
    /// <param name="TooLong">For <see cref="WhyKind.WaitsTooLong"/>: who waits longer than this.</param>
    private readonly record struct Callable(Candidate Candidate, int Group, WhyKind? Why, TimeSpan TooLong = default);

    /// <summary>A counter that calls: what of it counts for every line.</summary>
    /// <param name="Groups">The groups of services of its work profile, or its own services as the only one.</param>
    /// <param name="Longest">Per service, since when the one has waited who has waited longest of those it could call; empty where no rule asks.</param>
    private sealed record Caller(
        Counter Counter, ClerkId? Clerk, WorkProfile? Profile, IReadOnlyList<IReadOnlyList<ServiceId>> Groups, Dictionary<ServiceId, DateTimeOffset> Longest);

    /// <summary>The ticket a counter would call now, and null only when nobody waits whom it may call.</summary>
    /// <remarks>Due tickets of the first group, by the area's policy; then those of later groups; then appointments that are early; then those held back for some calls.</remarks>
    public NextTicket? NextFor(CounterId counter, Setting setting, DateTimeOffset now)
    {
        if (setting.Area.Counter(counter) is not { } here)
        {
            return null;
        }

        var (area, caller) = (setting.Area, CallerAt(here, setting.Area, now));
        Callable? due = null, early = null;
        Ticket? heldBack = null;
        foreach (var (line, first) in Waiting.Heads)
        {
            Consider(line, first);
        }

        foreach (var ticket in Waiting.Held)
        {
            if (ticket.NotBefore > now)
            {
                continue; // Comes back at a time.
            }

            if (ticket.NotBeforeCall <= CallsMade || ticket.NotBeforeCall is null)
            {
                Consider(Waiting.LineOf(ticket), ticket.Candidate);
            }
            else if (GroupOf(Waiting.LineOf(ticket), caller, area, now) is not null && (heldBack is null || Order(ticket).CompareTo(Order(heldBack)) < 0))
            {
                heldBack = ticket;
            }
        }

        return due is { } best ? Because(best, now)
            : early is { } next ? Because(next, now)
            : heldBack is not null ? new(heldBack, WhyOf(heldBack, now))
            : null;

        static (long?, long) Order(Ticket ticket) => (ticket.NotBeforeCall, ticket.Place);

        void Consider(Waiting.Line line, Candidate first)
        {
            if (GroupOf(line, caller, area, now) is { } call)
            {
                ref var bestYet = ref first.DueAt <= now ? ref due : ref early;
                bestYet = bestYet is { } other && !IsBefore(call with { Candidate = first }, other) ? other : call with { Candidate = first };
            }
        }

        bool IsBefore(Callable one, Callable other) => one.Group != other.Group ? one.Group < other.Group : area.Rules.IsBefore(one.Candidate, other.Candidate, now);
    }

    /// <summary>How many who wait now would be called before a ticket, by the counters that may call it.</summary>
    public int AheadOf(Ticket ticket, Setting setting, DateTimeOffset now)
    {
        var services = setting.Area.CalledWith(ticket.Service);
        return Waiting.All.Select(x => x.Candidate).Concat(Waiting.Held.Where(t => IsReleased(t, now)).Select(t => t.Candidate))
            .Count(x => services(x.Service) && x.Ticket != ticket.Id && setting.Area.Rules.IsBefore(x, ticket.Candidate, now));
    }

    /// <summary>Whether a held back ticket's time and turn have come.</summary>
    private bool IsReleased(Ticket ticket, DateTimeOffset now) =>
        (ticket.NotBefore is null || ticket.NotBefore <= now) && (ticket.NotBeforeCall is null || ticket.NotBeforeCall <= CallsMade);

    private NextTicket Because(Callable best, DateTimeOffset now)
    {
        var ticket = Tickets[best.Candidate.Ticket];
        // That somebody waits too long opens the group to all who want the same; to others it is not the reason.
        return new(ticket, best.Why is not { } why || (why is WhyKind.WaitsTooLong && now - best.Candidate.DueAt <= best.TooLong)
            ? WhyOf(ticket, now)
            : new(why, best.Candidate.DueAt));
    }

    private static Why WhyOf(Ticket ticket, DateTimeOffset now) => ticket.Class switch
    {
        WaitingClass.Priority => new(WhyKind.Priority, ticket.DueAt, ticket.Priority),
        WaitingClass.Appointment or WaitingClass.PriorityAppointment => new(ticket.Booked <= now ? WhyKind.AppointmentDue : WhyKind.EarlyAppointment, ticket.Booked, ticket.Priority),
        WaitingClass.Transferred => new(WhyKind.Transferred, ticket.DueAt),
        _ => new(WhyKind.LongestWait, ticket.DueAt),
    };

    private Caller CallerAt(Counter here, WaitingArea area, DateTimeOffset now)
    {
        var state = At(here.Id);
        var profile = area.Profile(state.Profile);
        var caller = new Caller(here, state.Clerk, profile, profile?.Groups ?? [here.Services], []);
        if (profile is not null)
        {
            NoteLongestWaits(caller, area, now);
        }

        return caller;
    }

    /// <summary>In which group a counter calls a line; null when it may not.</summary>
    private Callable? GroupOf(Waiting.Line line, Caller caller, WaitingArea area, DateTimeOffset now)
    {
        if (IsSentTo(line, caller))
        {
            return new(default, 0, WhyKind.SentHere);
        }

        if (IsKeptFromAll(line, area))
        {
            return null;
        }

        var (group, groups) = (0, caller.Groups);
        while (group < groups.Count && !groups[group].Contains(line.Service))
        {
            group++;
        }

        var waited = now - caller.Longest.GetValueOrDefault(line.Service, now);
        if (group > 0 && caller.Profile?.AlsoFor(line.Service) is { } also && waited > TimeSpan.FromMinutes(also.WhenMinutes))
        {
            return new(default, 0, WhyKind.WaitsTooLong, TimeSpan.FromMinutes(also.WhenMinutes));
        }

        if (group < groups.Count)
        {
            return group > 0 && waited > CatchUp ? new(default, 0, WhyKind.WaitsTooLong, CatchUp) : new(default, group, null);
        }

        return area.IsCalledBySomebody(line.Service) ? null : new(default, 0, null);
    }

    private static bool IsSentTo(Waiting.Line line, Caller caller) => line.Counter == caller.Counter.Id || (line.Clerk is not null && line.Clerk == caller.Clerk);

    /// <summary>Sent to somebody who is there. When nobody is, or the counter has left the configuration, the ticket is everybody's again.</summary>
    private bool IsKeptFromAll(Waiting.Line line, WaitingArea area) =>
        (line.Counter is { } counter && At(counter).Open && area.Counter(counter) is not null)
        || (line.Clerk is { } clerk && SeatOf(clerk) is { } seat && area.Counter(seat.Id) is not null);

    private void NoteLongestWaits(Caller caller, WaitingArea area, DateTimeOffset now)
    {
        var longest = caller.Longest;
        var lines = Waiting.Heads.Concat(Waiting.Held.Where(t => IsReleased(t, now)).Select(t => (Line: Waiting.LineOf(t), First: t.Candidate)));
        foreach (var (line, first) in lines)
        {
            if (first.DueAt <= now && (IsSentTo(line, caller) || !IsKeptFromAll(line, area)))
            {
                longest[first.Service] = longest.TryGetValue(first.Service, out var since) && since < first.DueAt ? since : first.DueAt;
            }
        }
    }
}
