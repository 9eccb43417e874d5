namespace Aufruf.Domain.Offices;

/// <summary>When an office is open, in instants. An office without hours is always open and never closes.</summary>
public static class OfficeHours
{
    /// <summary>The hours of one day of the office, in order, none overlapping; empty: closed.</summary>
    public static IReadOnlyList<OpenSpan> OpenOn(this Office office, DateOnly day) =>
    [
        .. (office.Hours?.On(day) ?? [new(WallTime.DayBegins, WallTime.DayEnds)])
            .Select(span => new OpenSpan(office.Instant(day, span.From), office.Instant(day, span.To)))
            .Where(span => span.From < span.To), // Hours within the hour that is skipped in spring do not exist.
    ];

    /// <summary>A public holiday, or an exception without hours. Calendars give no appointments then, unless they say so.</summary>
    public static bool IsClosedAllDay(this Office office, DateOnly day) => office.Hours is { } hours
        && (hours.ExceptionOn(day) is { } differs ? differs.Hours.Count == 0 : hours.Holidays.NameOf(day) is not null);

    public static bool IsOpenAt(this Office office, DateTimeOffset instant) =>
        office.Hours is null || office.OpenOn(office.Day(instant)).Any(span => span.Contains(instant));

    /// <summary>The end of the instant's day at the office; a lunch break does not end a day. Null: closed that day, or it never
    /// closes.</summary>
    /// <remarks>Midnight ends every day, even when the hours go on: a queue does not wait over night.</remarks>
    public static DateTimeOffset? ClosesAt(this Office office, DateTimeOffset instant) =>
        office.Hours is not null && office.OpenOn(office.Day(instant)) is [.., var last] ? last.To : null;

    /// <summary>The next opening after an instant; null: not before the horizon, or the office never closes.</summary>
    public static DateTimeOffset? NextOpening(this Office office, DateTimeOffset instant, TimeSpan horizon)
    {
        var (day, last) = (office.Day(instant), office.Day(instant + horizon));
        for (; office.Hours is not null && day <= last; day = day.AddDays(1))
        {
            foreach (var span in office.OpenOn(day).Where(span => span.From > instant))
            {
                return span.From <= instant + horizon ? span.From : null;
            }
        }

        return null;
    }

    /// <summary>Whether a ticket may be taken: the office is open and does not close within these minutes.</summary>
    public static bool TakesTicketsAt(this Office office, DateTimeOffset instant, int lastTicketMinutes) =>
        office.IsOpenAt(instant) && !(office.ClosesAt(instant)?.AddMinutes(-lastTicketMinutes) <= instant);
}
