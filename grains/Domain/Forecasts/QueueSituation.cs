namespace Aufruf.Domain.Forecasts;

/// <summary>A queue as a forecast sees it.</summary>
public static class QueueSituation
{
    public static Situation SituationOf(this Queue queue, Setting setting, DateTimeOffset now) => new(
        setting.Office.LocalTime(now), setting.Area.Rules,
        [.. setting.Area.Counters.Where(c => queue.At(c.Id).Open).Select(c => CounterOf(queue, c, setting.Area, now))],
        [
            .. queue.Waiting.All.Select(w => new WaitingNow(w.Candidate)
            {
                ForCounter = ForCounter(queue, w.Line, setting.Area.Rules.Keeps(w.Line.KeptFrom, now)),
            }),
            .. queue.Waiting.Held.Select(t => new WaitingNow(t.Candidate)
            {
                ForCounter = ForCounter(queue, Waiting.LineOf(t), setting.Area.Rules.Keeps(t.KeptFrom, now)),
                NotBefore = t.NotBefore,
                NotBeforeCalls = (int)Math.Max(0, (t.NotBeforeCall ?? 0) - queue.CallsMade),
            }),
        ])
    {
        Coming = [.. from id in queue.Coming let t = queue.Tickets[id] orderby t.Place select new ComingNow(
            t.Candidate, t.Home?.Earliest ?? t.DueAt)],
        ClosesAt = setting.Office.ClosesAt(now),
    };

    private static CounterNow CounterOf(Queue queue, Counter counter, WaitingArea area, DateTimeOffset now)
    {
        var (state, profile) = (queue.At(counter.Id), area.Profile(queue.At(counter.Id).Profile));
        var groups = profile?.Groups ?? [counter.Services];
        ServiceId[] everybodys = [.. area.Services.Select(s => s.Id).Where(s => !area.IsCalledBySomebody(s))];
        return new(counter.Id, [[.. groups[0], .. everybodys], .. groups.Skip(1)])
        {
            Also = profile?.Also ?? [],
            Visit = queue.VisitAt(counter.Id) is { } visit ? new(visit.Id, visit.Service, visit.PartCalledAt ?? visit.LastCallAt ?? now)
                : null,
            Absences = state.Presence switch
            {
                Presence.Pause => [new(state.PausedAt ?? now, null)],
                Presence.PauseAfter => [new(now, null)],
                _ => [],
            },
        };
    }

    /// <summary>Every counter may call a ticket that was kept too long, or whose counter is closed or clerk absent.</summary>
    private static CounterId? ForCounter(Queue queue, Waiting.Line line, bool isKept) =>
        !isKept ? null
        : line.Counter is { } sentTo && queue.At(sentTo).Open ? sentTo
        : line.Clerk is { } present ? queue.SeatOf(present)?.Id
        : null;
}
