namespace Aufruf.Domain.Appointments;

/// <summary>Makes the capacity of a week from a calendar: pieces of counters' time, each with the moment of its release.</summary>
public static class WeekPlan
{
    /// <summary>In order of their beginning. The same calendar always gives the same pieces.</summary>
    public static IReadOnlyList<Piece> PiecesOf(this Office office, Calendar calendar, DateOnly monday) =>
        [.. Enumerable.Range(0, 7).SelectMany(day => office.PiecesOn(calendar, monday.AddDays(day)))
            .OrderBy(p => p.From).ThenBy(p => p.To)];

    /// <summary>The spans of a day in which a calendar gives appointments; empty: none.</summary>
    public static IReadOnlyList<CalendarSpan> SpansOn(this Office office, Calendar calendar, DateOnly day) =>
        day < calendar.Since || day > calendar.Until ? []
        : calendar.Exceptions.FirstOrDefault(e => e.Contains(day)) is { } differs ? differs.Hours
        : office.IsClosedAllDay(day) ? []
        : [.. calendar.Series.Where(s => s.AppliesOn(day)).Select(s => new CalendarSpan(s.From, s.To, s.Counters) { Online = s.Online })];

    /// <summary>The pieces of one day, in no order.</summary>
    public static IReadOnlyList<Piece> PiecesOn(this Office office, Calendar calendar, DateOnly day)
    {
        var plan = calendar.Release;
        var cut = office.SpansOn(calendar, day).SelectMany((span, s) => Enumerable.Range(0, span.Counters).SelectMany(counter =>
            Cut(span, plan.PieceMinutes).Select((piece, p) => (piece.From, piece.To, IsOnline: counter < (span.Online ?? span.Counters),
                Rank: Rank($"{office.Key}.{calendar.Id} {day:yyyy-MM-dd} {s} {counter} {p}"))))).ToList();
        var online = cut.Where(p => p.IsOnline).OrderBy(p => p.Rank).ToList();
        var (pieces, whole, given) = (new List<Piece>(), online.Sum(p => p.To.Minutes - p.From.Minutes), 0);
        foreach (var (from, to, _, _) in online)
        {
            // A piece belongs to the share that has its middle.
            var middle = given + ((to.Minutes - from.Minutes) / 2.0);
            given += to.Minutes - from.Minutes;
            Add(from, to, office.Instant(day.AddDays(-StepAt(plan, middle / whole).DaysAhead), plan.At));
        }

        foreach (var (from, to, _, _) in cut.Where(p => !p.IsOnline))
        {
            Add(from, to, office.Instant(day, from).AddHours(-plan.StaffShareHours));
        }

        return pieces;

        void Add(WallTime from, WallTime to, DateTimeOffset releasedAt)
        {
            // Later the public could not book it any more.
            var latest = office.Instant(day, from).AddMinutes(-calendar.Rules.LeadMinutes - plan.WishesFirstMinutes);
            var piece = new Piece(office.Instant(day, from), office.Instant(day, to), releasedAt < latest ? releasedAt : latest);
            if (piece.From < piece.To) // Hours within the hour that is skipped in spring do not exist.
            {
                pieces.Add(piece);
            }
        }
    }

    /// <param name="share">From 0 to 1, of what the public may book on the day.</param>
    private static ReleaseStep StepAt(ReleasePlan plan, double share)
    {
        var percent = 0;
        foreach (var step in plan.Steps)
        {
            percent += step.Percent;
            if (share * 100 < percent)
            {
                return step;
            }
        }

        return plan.Steps[^1];
    }

    private static IEnumerable<HoursSpan> Cut(CalendarSpan span, int minutes)
    {
        for (var from = span.From.Minutes; from < span.To.Minutes; from += minutes)
        {
            yield return new(new(from), new(Math.Min(from + minutes, span.To.Minutes)));
        }
    }

    /// <summary>Spreads the shares over the day, always in the same way: FNV-1a, mixed once more.</summary>
    private static ulong Rank(FormattableString of)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in of.ToString(CultureInfo.InvariantCulture))
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        return hash ^ (hash >> 33);
    }
}
