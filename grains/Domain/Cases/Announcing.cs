namespace Aufruf.Domain.Cases;

/// <summary>When a decision counts as announced, and the last day of a remedy. Each rule is dated, and belongs to one law.</summary>
public static class Announcing
{
    /// <summary>A rule of one law, from a day of posting on.</summary>
    /// <param name="Days">After the day of posting.</param>
    /// <param name="OnWorkingDay">A Saturday, Sunday or public holiday moves it to the next working day.</param>
    private sealed record DatedRule(string Law, DateOnly PostedFrom, int Days, bool OnWorkingDay);

    private static readonly DatedRule[] Rules =
    [
        // § 122(2) and § 108(3) AO; the fourth day since the PostModG, the third before it. The day of posting decides.
        new("ao-122", new(1977, 1, 1), 3, true),
        new("ao-122", new(2025, 1, 1), 4, true),
        // Given by hand at the counter, or fetched: announced at once.
        new("handed-over", DateOnly.MinValue, 0, false),
    ];

    public static IEnumerable<string> Laws => Rules.Select(rule => rule.Law).Distinct();

    /// <summary>The day on which a decision counts as announced; null: the law is unknown, or has no rule for that day.</summary>
    public static DateOnly? AnnouncedOn(string law, DateOnly posted, HolidaysOf state) =>
        Rules.Where(rule => rule.Law == law && rule.PostedFrom <= posted).MaxBy(rule => rule.PostedFrom) is { } rule
            ? rule.OnWorkingDay ? WorkingDayFrom(posted.AddDays(rule.Days), state) : posted.AddDays(rule.Days) : null;

    /// <summary>The last day of a remedy of so many months. Source: §§ 187-188, 193 BGB.</summary>
    public static DateOnly RemedyUntil(DateOnly announced, int months, HolidaysOf state) =>
        WorkingDayFrom(announced.AddMonths(months), state);

    /// <summary>That day, or the next one that is no Saturday, Sunday or public holiday.</summary>
    public static DateOnly WorkingDayFrom(DateOnly day, HolidaysOf state)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || state.NameOf(day) is not null)
        {
            day = day.AddDays(1);
        }

        return day;
    }
}
