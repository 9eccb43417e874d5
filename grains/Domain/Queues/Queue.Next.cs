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

    /// <summary>The ticket a counter would call now, and null only when nobody waits whom it may call.</summary>
    /// <remarks>Due tickets of the first group, by the area's policy; then those of later groups; then appointments that are early; then those held back for some calls.</remarks>
    public NextTicket? NextFor(CounterId counter, Setting setting, DateTimeOffset now)
    {
        if (setting.Area.Counter(counter) is not { } here)
        {
            return null;
        }

        var (callable, early, heldBack) = (new List<Callable>(), new List<Callable>(), new List<Ticket>());
        var longest = LongestWaits(here, setting.Area, now);
        foreach (var (line, first) in Waiting.Heads)
        {
            if (GroupOf(line, here, setting.Area, longest, now) is { } call)
            {
                (first.DueAt <= now ? callable : early).Add(call with { Candidate = first });
            }
        }

        foreach (var ticket in Waiting.Held)
        {
            if ((ticket.NotBefore is { } time && time > now) || GroupOf(Waiting.LineOf(ticket), here, setting.Area, longest, now) is not { } call)
            {
                continue; // Comes back at a time, or is not for this counter.
            }

            if (ticket.NotBeforeCall > CallsMade)
            {
                heldBack.Add(ticket);
            }
            else
            {
                (ticket.DueAt <= now ? callable : early).Add(call with { Candidate = ticket.Candidate });
            }
        }

        return Best(callable, setting.Area.Rules, now) ?? Best(early, setting.Area.Rules, now)
            ?? heldBack.OrderBy(t => t.NotBeforeCall).ThenBy(t => t.Place).Select(t => new NextTicket(t, WhyOf(t, now))).FirstOrDefault();
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

    private NextTicket? Best(List<Callable> callable, AreaRules rules, DateTimeOffset now)
    {
        if (callable.Count == 0)
        {
            return null;
        }

        var group = callable.Min(c => c.Group);
        var best = rules.Next([.. callable.Where(c => c.Group == group).Select(c => c.Candidate)], now);
        var (ticket, why) = (Tickets[best.Ticket], callable.Find(c => c.Candidate.Ticket == best.Ticket).Why);
        // That somebody waits too long opens the group to all who want the same; to others it is not the reason.
        return new(ticket, why is null || (why is WhyKind.WaitsTooLong && now - best.DueAt <= callable.Find(c => c.Candidate.Ticket == best.Ticket).TooLong)
            ? WhyOf(ticket, now)
            : new(why.Value, best.DueAt));
    }

    private static Why WhyOf(Ticket ticket, DateTimeOffset now) => ticket.Class switch
    {
        WaitingClass.Priority => new(WhyKind.Priority, ticket.DueAt, ticket.Priority),
        WaitingClass.Appointment or WaitingClass.PriorityAppointment => new(ticket.Booked <= now ? WhyKind.AppointmentDue : WhyKind.EarlyAppointment, ticket.Booked, ticket.Priority),
        WaitingClass.Transferred => new(WhyKind.Transferred, ticket.DueAt),
        _ => new(WhyKind.LongestWait, ticket.DueAt),
    };

    /// <summary>In which group a counter calls a line; null when it may not.</summary>
    private Callable? GroupOf(Waiting.Line line, Counter here, WaitingArea area, Dictionary<ServiceId, DateTimeOffset> longest, DateTimeOffset now)
    {
        if (IsSentTo(line, here))
        {
            return new(default, 0, WhyKind.SentHere);
        }

        if (IsKeptFromAll(line, area))
        {
            return null;
        }

        var profile = area.Profile(At(here.Id).Profile);
        var groups = profile?.Groups ?? [here.Services];
        var group = groups.TakeWhile(g => !g.Contains(line.Service)).Count();
        var waited = now - longest.GetValueOrDefault(line.Service, now);
        if (group > 0 && profile?.Also.FirstOrDefault(a => a.Service == line.Service) is { } also && waited > TimeSpan.FromMinutes(also.WhenMinutes))
        {
            return new(default, 0, WhyKind.WaitsTooLong, TimeSpan.FromMinutes(also.WhenMinutes));
        }

        if (group < groups.Count)
        {
            return group > 0 && waited > CatchUp ? new(default, 0, WhyKind.WaitsTooLong, CatchUp) : new(default, group, null);
        }

        return area.IsCalledBySomebody(line.Service) ? null : new(default, 0, null);
    }

    private bool IsSentTo(Waiting.Line line, Counter here) => line.Counter == here.Id || (line.Clerk is not null && line.Clerk == At(here.Id).Clerk);

    /// <summary>Sent to somebody who is there. When nobody is, or the counter has left the configuration, the ticket is everybody's again.</summary>
    private bool IsKeptFromAll(Waiting.Line line, WaitingArea area) =>
        (line.Counter is { } counter && At(counter).Open && area.Counter(counter) is not null)
        || (line.Clerk is { } clerk && SeatOf(clerk) is { } seat && area.Counter(seat.Id) is not null);

    /// <summary>Per service, since when the one has waited who has waited longest of those this counter could call.</summary>
    private Dictionary<ServiceId, DateTimeOffset> LongestWaits(Counter here, WaitingArea area, DateTimeOffset now)
    {
        var longest = new Dictionary<ServiceId, DateTimeOffset>();
        var lines = Waiting.Heads.Concat(Waiting.Held.Where(t => IsReleased(t, now)).Select(t => (Line: Waiting.LineOf(t), First: t.Candidate)));
        foreach (var (line, first) in lines)
        {
            if (first.DueAt <= now && (IsSentTo(line, here) || !IsKeptFromAll(line, area)))
            {
                longest[first.Service] = longest.TryGetValue(first.Service, out var since) && since < first.DueAt ? since : first.DueAt;
            }
        }

        return longest;
    }
}
