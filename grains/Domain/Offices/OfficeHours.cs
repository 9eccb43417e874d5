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

    public static bool IsOpenAt(this Office office, DateTimeOffset instant) =>
        office.Hours is null || office.OpenOn(office.Day(instant)).Any(span => span.Contains(instant));

    /// <summary>When the instant's day ends for the office, be it past or to come; a lunch break does not end a day. Null: closed that day, or it never closes.</summary>
    /// <remarks>Midnight ends every day: a queue does not wait over night, even where the hours go on.</remarks>
    public static DateTimeOffset? ClosesAt(this Office office, DateTimeOffset instant) =>
        office.Hours is not null && office.OpenOn(office.Day(instant)) is [.., var last] ? last.To : null;

    /// <summary>The next time the doors open after an instant at which they are closed; null: not before the horizon, or it never closes.</summary>
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
