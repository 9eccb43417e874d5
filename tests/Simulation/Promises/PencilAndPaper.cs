using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Simulation.Promises;

/// <summary>The next ticket, found by looking at every ticket: slow, without an index, and not with the domain's code.</summary>
internal static class PencilAndPaper
{
    private enum Turn { Due, Early, HeldBack }

    private sealed record Entry(Ticket Ticket, Turn Turn, int Group);

    public static Ticket? Next(Queue queue, CounterId counter, Setting setting, DateTimeOffset now)
    {
        if (setting.Area.Counter(counter) is not { } here)
        {
            return null;
        }

        var entries = Everybody(queue, here, setting, now);
        return entries.Where(e => e.Turn is not Turn.HeldBack).OrderBy(e => e.Turn).ThenBy(e => e.Group)
                .ThenByDescending(e => Points(e.Ticket, setting.Area.Rules, now)).ThenBy(e => e.Ticket.DueAt).ThenBy(e => e.Ticket.Place)
                    .FirstOrDefault()?.Ticket
            ?? entries.OrderBy(e => e.Ticket.NotBeforeCall).ThenBy(e => e.Ticket.Place).FirstOrDefault()?.Ticket;
    }

    private static List<Entry> Everybody(Queue queue, Counter here, Setting setting, DateTimeOffset now)
    {
        var desk = queue.At(here.Id);
        var seats = setting.Area.Counters.Select(c => queue.At(c.Id)).Where(c => c.Open).ToList();
        bool IsMine(Ticket t) => t.ForCounter == here.Id || (t.ForClerk is not null && t.ForClerk == desk.Clerk);
        var kept = setting.Area.Rules.KeptMinutes;
        bool IsTheirs(Ticket t) => !IsMine(t) && (kept == 0 || t.KeptFrom is not { } from || (now - from).TotalMinutes <= kept)
            && (seats.Any(c => c.Id == t.ForCounter || (t.ForClerk is not null && c.Clerk == t.ForClerk))
                || (t.ForClerk is { } clerk && setting.SitsElsewhere(clerk)));
        bool HasTurn(Ticket t) => t.NotBeforeCall is null || t.NotBeforeCall <= queue.CallsMade;

        var waiting = queue.Tickets.Values.Where(t => t.State is TicketState.Waiting && !IsTheirs(t) && !(t.NotBefore > now)).ToList();
        var profile = setting.Area.Profiles.FirstOrDefault(p => p.Id == desk.Profile);
        var groups = profile?.Groups.Select(g => g.ToArray()).ToArray() ?? [[.. here.Services]];

        int? GroupOf(Ticket t)
        {
            if (IsMine(t))
            {
                return 0;
            }

            var longest = waiting.Where(o => o.Service == t.Service && o.DueAt <= now && HasTurn(o))
                .Select(o => (now - o.DueAt).TotalMinutes).DefaultIfEmpty(0).Max();
            var listed = Array.FindIndex(groups, g => g.Contains(t.Service));
            var isKnown = setting.Area.Counters.Any(c => c.Services.Contains(t.Service))
                || setting.Area.Profiles.Any(p => p.Groups.Any(g => g.Contains(t.Service)) || p.Also.Any(a => a.Service == t.Service));
            return profile?.Also.Any(a => a.Service == t.Service && longest > a.WhenMinutes) is true ? 0
                : listed >= 0 ? (longest > 60 ? 0 : listed)
                : isKnown ? null : 0;
        }

        return [.. from t in waiting
                   let @group = GroupOf(t)
                   where @group is not null
                   select new Entry(t, !HasTurn(t) ? Turn.HeldBack : t.DueAt <= now ? Turn.Due : Turn.Early, @group.Value)];
    }

    private static double Points(Ticket t, AreaRules rules, DateTimeOffset now)
    {
        var minutes = (now - t.DueAt).TotalMinutes;
        return rules.Policy switch
        {
            PolicyKind.Fifo => minutes,
            PolicyKind.AccumulatingPriority => minutes * rules.Rates.Of(t.Class),
            _ => minutes - (t.Booked is not null ? 0 : t.Class is WaitingClass.WalkIn ? rules.PatienceMinutes
                : rules.PatienceMinutes / 2.0),
        };
    }
}
