using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Domain.Queues;

/// <summary>The ticket a counter would call now, and why.</summary>
public sealed record NextTicket(Ticket Ticket, Why Why);

// Who is next.
public sealed partial record Queue
{
    // Work profiles have an order, and an order may starve those at its end: after an hour everybody belongs to the first group.
    private const int CatchUpMinutes = 60;

    /// <summary>One who may be called here, and in which group of the work profile: 0 is called before 1.</summary>
    private readonly record struct Callable(Candidate Candidate, int Group, WhyKind? Why);

    /// <summary>The ticket a counter would call now, and null only when nobody waits whom it may call.</summary>
    /// <remarks>Due tickets of the first group, by the area's policy; then those of later groups; then appointments that are early; then those held back for some calls.</remarks>
    public NextTicket? NextFor(CounterId counter, Setting setting, DateTimeOffset now)
    {
        if (setting.Area.Counter(counter) is not { } here)
        {
            return null;
        }

        var (callable, early, heldBack) = (new List<Callable>(), new List<Callable>(), new List<Ticket>());
        var longest = LongestWaits();
        foreach (var (line, first) in Waiting.Heads)
        {
            if (GroupOf(line, here, setting.Area, longest, now) is { } call)
            {
                (first.DueAt <= now ? callable : early).Add(call with { Candidate = first });
            }
        }

        foreach (var ticket in Waiting.Held)
        {
            if (GroupOf(new(ticket.Service, ticket.Class, ticket.ForCounter, ticket.ForClerk), here, setting.Area, longest, now) is { } call)
            {
                if (IsReleased(ticket, now))
                {
                    (ticket.DueAt <= now ? callable : early).Add(call with { Candidate = ticket.Candidate });
                }
                else if (ticket.NotBefore is null || ticket.NotBefore <= now)
                {
                    heldBack.Add(ticket);
                }
            }
        }

        return Best(callable, setting.Area.Rules, now) ?? Best(early, setting.Area.Rules, now)
            ?? heldBack.OrderBy(t => t.NotBeforeCall).ThenBy(t => t.Place).Select(t => new NextTicket(t, new(WhyKind.LongestWait, t.DueAt))).FirstOrDefault();
    }

    /// <summary>How many who wait now would be called before a ticket, by the counters that may call it.</summary>
    public int AheadOf(Ticket ticket, Setting setting, DateTimeOffset now)
    {
        var services = setting.Area.CalledWith(ticket.Service);
        return Waiting.All.Count(x => services(x.Line.Service) && x.Candidate.Ticket != ticket.Id && setting.Area.Rules.IsBefore(x.Candidate, ticket.Candidate, now));
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
        var ticket = Tickets[best.Ticket];
        return new(ticket, callable.Find(c => c.Candidate.Ticket == best.Ticket).Why is { } why ? new(why, best.DueAt) : WhyOf(ticket, now));
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
        var state = At(here.Id);
        if (line.Counter == here.Id || (line.Clerk is not null && line.Clerk == state.Clerk))
        {
            return new(default, 0, WhyKind.SentHere);
        }

        // Sent to somebody else, and that somebody is there; when nobody is, the ticket is everybody's again.
        if ((line.Counter is { } other && At(other).Open) || (line.Clerk is { } clerk && Counters.Values.Any(c => c.Clerk == clerk)))
        {
            return null;
        }

        var profile = area.Profile(state.Profile);
        var groups = profile?.Groups ?? [here.Services];
        var group = groups.TakeWhile(g => !g.Contains(line.Service)).Count();
        var waited = now - longest[line.Service];
        if (group > 0 && profile?.Also.FirstOrDefault(a => a.Service == line.Service) is { } also && waited > TimeSpan.FromMinutes(also.WhenMinutes))
        {
            return new(default, 0, WhyKind.WaitsTooLong);
        }

        if (group < groups.Count)
        {
            return group > 0 && waited > TimeSpan.FromMinutes(CatchUpMinutes) ? new(default, 0, WhyKind.WaitsTooLong) : new(default, group, null);
        }

        return area.IsCalledBySomebody(line.Service) ? null : new(default, 0, null);
    }

    /// <summary>Per service, since when the one has waited who has waited longest.</summary>
    private Dictionary<ServiceId, DateTimeOffset> LongestWaits()
    {
        var longest = new Dictionary<ServiceId, DateTimeOffset>();
        foreach (var candidate in Waiting.Heads.Select(h => h.First).Concat(Waiting.Held.Select(t => t.Candidate)))
        {
            longest[candidate.Service] = longest.TryGetValue(candidate.Service, out var since) && since < candidate.DueAt ? since : candidate.DueAt;
        }

        return longest;
    }
}
