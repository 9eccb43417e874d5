using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>Calendars as tests write them: Series("mo tu", "08:00-12:30", counters: 2, online: 1).</summary>
internal static class CalendarOf
{
    public static CalendarSeries Series(string days, string span, int counters = 1, int? online = null)
    {
        var hours = HoursOf.Series(days, span);
        return new(hours.Days, hours.From, hours.To, counters) { Online = online };
    }

    public static CalendarSeries Daily(string span, int counters = 1, int? online = null) =>
        Series("mo tu we th fr sa su", span, counters, online);

    public static Calendar Calendar(params CalendarSeries[] series) => new("service", SmallOffice.Both("Service", "Service"),
    [
        new(SmallOffice.Passport, 10) { FurtherMinutes = 7 }, new(SmallOffice.Residence, 15),
        new(SmallOffice.Collection, 5) { MostPersons = 2, FurtherMinutes = 0 },
    ], series);

    public static CalendarException On(string first, string? last = null, params string[] spans) =>
        new(HoursOf.Date(first), HoursOf.Date(last ?? first),
            [.. spans.Select(HoursOf.Span).Select(span => new CalendarSpan(span.From, span.To, 1))]);

    /// <summary>"08:00-12:30 x2", or "none".</summary>
    public static string TextOf(this Calendar calendar, string day, OpeningHours? hours = null) =>
        HoursOf.Office(hours).SpansOn(calendar, HoursOf.Date(day)) is { Count: > 0 } spans
            ? string.Join(' ', spans.Select(s => $"{s.From}-{s.To} x{s.Counters}")) : "none";

    /// <summary>In hours and minutes of UTC.</summary>
    public static string PiecesInUtc(this Calendar calendar, string day) => string.Join(' ',
        HoursOf.Office().PiecesOn(calendar, HoursOf.Date(day)).OrderBy(p => p.From).Select(p => $"{p.From.UtcDateTime:HH:mm}-{p.To.UtcDateTime:HH:mm}"));
}
