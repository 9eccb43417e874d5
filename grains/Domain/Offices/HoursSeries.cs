namespace Aufruf.Domain.Offices;

/// <summary>Hours that return every week, every n weeks, or in certain weeks of a month. A lunch break is two series.</summary>
public record HoursSeries(IReadOnlyList<Weekday> Days, WallTime From, WallTime To)
{
    /// <summary>2: every other week, counted from the week of <see cref="Since"/>; so a year's week 53 disturbs nothing.</summary>
    public int EveryWeeks { get; init; } = 1;

    /// <summary>Only on the first, second ... or last such day of a month. Empty: on all.</summary>
    public IReadOnlyList<WeekOfMonth> OfMonth { get; init; } = [];

    /// <summary>First day on which it may apply.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Last day on which it may apply.</summary>
    public DateOnly? Until { get; init; }

    [JsonIgnore]
    public HoursSpan Span => new(From, To);

    public bool AppliesOn(DateOnly day) =>
        Days.Contains(day.Weekday()) && !(day < Since) && !(day > Until) && InItsWeek(day)
        && (OfMonth.Count == 0 || OfMonth.Any(week => week.Holds(day)));

    private bool InItsWeek(DateOnly day) => EveryWeeks <= 1 || Since is not { } anchor
        || (day.MondayOfItsWeek().DayNumber - anchor.MondayOfItsWeek().DayNumber) / 7 % EveryWeeks == 0;
}
