namespace Aufruf.Domain.Queues;

/// <summary>A counter of another area, as a queue sees it that it calls from.</summary>
/// <param name="Services">Of this area; empty: it calls only what is kept for its clerk.</param>
internal sealed record Visitor(CounterId Counter, ClerkId? Clerk, IReadOnlyList<ServiceId> Services);

/// <summary>The next ticket of a counter over several areas.</summary>
/// <param name="Queue">Where it waits.</param>
public sealed record NextOfAll(Queue Queue, NextTicket Next);

/// <summary>One order over several areas: of the tickets that each area would give a counter next, the same rules choose one.</summary>
/// <remarks>
/// Each area names its own first by its own rules. Among these, due tickets come before early appointments. Tickets of other areas count
/// as the first group of the work profile. Within a group the rules of the counter's own area compare them, as two of its own tickets.
/// </remarks>
public static class FurtherCalls
{
    /// <summary>The other areas that a counter calls from: those of its work profile, and with a clerk all that see its calls.</summary>
    public static IEnumerable<WaitingArea> FurtherAreas(this Queue home, CounterId counter, Setting setting) =>
        from area in setting.Office.Areas
        where area.Id != setting.Area.Id && setting.Office.SeesCalls(area.Id, setting.Area.Id)
            && VisitorIn(home, area.Id, counter, setting) is { Services.Count: > 0 } or { Clerk: not null }
        select area;

    /// <summary>Whether a ticket here is kept for a clerk.</summary>
    public static bool KeepsFor(this Queue queue, ClerkId clerk) =>
        queue.Waiting.Heads.Any(head => head.Line.Clerk == clerk);

    /// <param name="others">Queues of other areas on the same day.</param>
    public static NextOfAll? NextOver(this Queue home, CounterId counter, Setting setting, IEnumerable<Queue> others, DateTimeOffset now)
    {
        var best = home.NextFor(counter, setting, now) is { } own ? new NextOfAll(home, own) : null;
        foreach (var queue in others.Where(q => q.Key.Day == home.Key.Day && !q.Ended))
        {
            if (setting.Office.Area(queue.Key.Area) is { } area
                && queue.NextFor(VisitorIn(home, area.Id, counter, setting), setting with { Area = area }, now) is { Stage: < 2 } next
                && (best is null || IsBefore(next, best.Next)))
            {
                best = new(queue, next);
            }
        }

        return best;

        bool IsBefore(NextTicket one, NextTicket other) =>
            (one.Stage, one.Group).CompareTo((other.Stage, other.Group)) is not 0 and var earlier ? earlier < 0
                : setting.Area.Rules.IsBefore(one.Ticket.Candidate, other.Ticket.Candidate, now);
    }

    /// <summary>The tickets of another area that a counter would call, the first ones first.</summary>
    /// <remarks>Those held back count when their turn came.</remarks>
    public static IEnumerable<Ticket> CallableBy(this Queue queue, Queue home, CounterId counter, Setting setting, DateTimeOffset now)
    {
        var visitor = VisitorIn(home, queue.Key.Area, counter, setting);
        return queue.Waiting.All.Concat(queue.ReleasedOfHeld(now))
            .Where(x => visitor.Services.Contains(x.Line.Service) || (x.Line.Clerk is { } clerk && clerk == visitor.Clerk))
            .Select(x => queue.Tickets[x.Candidate.Ticket]).OrderBy(t => t.DueAt).ThenBy(t => t.Place);
    }

    /// <summary>The services of another area that a counter calls, by the work profile chosen there.</summary>
    public static IReadOnlyList<ServiceId> ServicesIn(Queue home, string area, CounterId counter, Setting setting) =>
        setting.Area.Profile(home.At(counter).Profile)?.Further.FirstOrDefault(further => further.Area == area)?.Services ?? [];

    internal static Visitor VisitorIn(Queue home, string area, CounterId counter, Setting setting) =>
        new(counter, home.At(counter).Clerk, ServicesIn(home, area, counter, setting));
}
