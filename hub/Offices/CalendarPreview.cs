using System.Globalization;
using Aufruf.Domain.Appointments;
using Calendar = Aufruf.Domain.Appointments.Calendar;

namespace Aufruf.Hub.Offices;

/// <summary>Prints the appointments that a calendar gives, day by day, and when the public may book them.</summary>
internal static class CalendarPreview
{
    public static IEnumerable<string> Of(Office office, Calendar calendar, DateOnly from, int days)
    {
        yield return "";
        yield return $"Appointments: {calendar.Id}, {calendar.Name.In("en")}"
            + (calendar.AlsoAt.Count == 0 ? "" : $", also at {string.Join(", ", calendar.AlsoAt)}");
        foreach (var day in Enumerable.Range(0, days).Select(from.AddDays))
        {
            yield return $"  {HoursPreview.Text(day)}  {Line(office, calendar, day)}";
        }
    }

    private static string Line(Office office, Calendar calendar, DateOnly day)
    {
        var spans = office.SpansOn(calendar, day);
        return spans.Count == 0 ? $"none{Why(office, calendar, day)}"
            : $"{string.Join("  ", spans.Select(Text)),-44}{string.Join(", ", Released(office, calendar, day))}"
                + Why(office, calendar, day);
    }

    private static string Text(CalendarSpan span) => span.Online < span.Counters
        ? $"{span.From}-{span.To} x{span.Counters} ({span.Online} online)" : $"{span.From}-{span.To} x{span.Counters}";

    /// <summary>"40 % on 2026-10-03": of all counters' time, the staff's share included.</summary>
    private static IEnumerable<string> Released(Office office, Calendar calendar, DateOnly day)
    {
        var pieces = office.PiecesOn(calendar, day);
        var whole = pieces.Sum(piece => (piece.To - piece.From).TotalMinutes);
        return from piece in pieces
               group piece by office.Day(piece.ReleasedAt) into share
               orderby share.Key
               select string.Create(CultureInfo.InvariantCulture,
                   $"{share.Sum(piece => (piece.To - piece.From).TotalMinutes) * 100 / whole:0} % from {share.Key:yyyy-MM-dd}");
    }

    private static string Why(Office office, Calendar calendar, DateOnly day)
    {
        var why = calendar.Exceptions.FirstOrDefault(e => e.Contains(day)) is { } differs ? differs.Reason ?? []
            : office.IsClosedAllDay(day) ? office.Hours?.ExceptionOn(day)?.Reason ?? office.Hours?.Holidays.NameOf(day) : null;
        return why is null ? "" : why.Count == 0 ? " (an exception)" : $" ({why.In(office.Languages[0])})";
    }
}
