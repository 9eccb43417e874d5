using Aufruf.Domain.Appointments;
using static Aufruf.Hub.Offices.OfficeRules;

namespace Aufruf.Hub.Offices;

/// <summary>Warns of opening hours that are allowed but probably not intended. It looks two years ahead.</summary>
internal static class HoursWarnings
{
    // Long enough for "the fifth Monday of a month".
    private const int DaysAhead = 2 * 366;

    public static IEnumerable<Finding> Of(Office office, DateOnly from) => office.Hours is not { } hours ? [] :
    [
        .. hours.Series.SelectMany((series, i) => OfSeries(hours, series, i, from)),
        .. hours.Exceptions.SelectMany((exception, i) => OfException(hours, exception, i, from)),
        .. office.Calendars.SelectMany((calendar, c) => OfCalendar(office, hours, calendar, $"calendars[{c}]", from)),
        .. office.Areas.SelectMany((area, a) => OfLastTicket(office, hours, area, $"areas[{a}].rules.lastTicketMinutes", from)),
    ];

    private static IEnumerable<Finding> OfSeries(OpeningHours hours, HoursSeries series, int index, DateOnly from)
    {
        var path = $"hours.series[{index}]";
        if (series.Until < from)
        {
            yield return new(path, $"has ended on {series.Until:yyyy-MM-dd} and may be removed.",
                $"Gilt seit dem {German(series.Until.Value)} nicht mehr und kann gelöscht werden.");
            yield break;
        }

        // Hours that begin in three years are checked from their beginning on.
        var days = Ahead(series.Since > from ? series.Since.Value : from).Where(series.AppliesOn).ToList();
        if (days.Count == 0)
        {
            yield return new(path, "applies on no day.", "Gilt an keinem Tag.");
        }

        foreach (var (other, o) in hours.Series.Take(index).Select((other, o) => (other, o)))
        {
            if (other.Span.Overlaps(series.Span) && days.Where(other.AppliesOn).Cast<DateOnly?>().FirstOrDefault() is { } both)
            {
                yield return new(path, $"overlaps with hours.series[{o}], first on {Text(both)} "
                    + $"({other.Span} and {series.Span}); together they are one time.",
                    $"Überschneidet sich mit Zeile {o + 1} ({other.Span} und {series.Span}), zuerst am {German(both)}; "
                    + "zusammen sind sie eine Öffnungszeit.");
            }
        }
    }

    private static IEnumerable<Finding> OfException(OpeningHours hours, HoursException exception, int index, DateOnly from)
    {
        var path = $"hours.exceptions[{index}]";
        if (exception.Last < from)
        {
            yield break; // Days of past years do no harm.
        }

        var days = Ahead(exception.First).TakeWhile(day => day <= exception.Last).ToList();
        if (days.TrueForAll(day => !ReferenceEquals(hours.ExceptionOn(day), exception)))
        {
            yield return new(path, "never applies: exceptions before it decide all of its days.",
                "Gilt nie: Frühere Ausnahmen bestimmen alle diese Tage.");
        }
        else if (exception.Hours.Count == 0 && days.TrueForAll(day =>
            hours.RegularOn(day).Count == 0 || hours.Holidays.NameOf(day) is not null))
        {
            yield return new(path, $"closes {Text(exception)}, closed anyway.", "Schließt nur Tage, an denen ohnehin geschlossen ist.");
        }

        if (HoursSpan.Joined(exception.Hours).Count < exception.Hours.Count)
        {
            yield return new(
                path, $"has hours that overlap or touch; together they are {string.Join(' ', HoursSpan.Joined(exception.Hours))}.",
                $"Die Zeiten überschneiden oder berühren sich; zusammen sind es {string.Join(' ', HoursSpan.Joined(exception.Hours))}.");
        }
    }

    /// <summary>Appointments outside the opening hours are usual. On a day with shortened hours that is rarely meant.</summary>
    private static IEnumerable<Finding> OfCalendar(Office office, OpeningHours hours, Calendar calendar, string path, DateOnly first) =>
        from exception in hours.Exceptions
        where exception.Last >= first && exception.Hours.Count > 0
        let outside = Ahead(exception.First).TakeWhile(day => day <= exception.Last)
            .Where(day => ReferenceEquals(hours.ExceptionOn(day), exception) && office.SpansOn(calendar, day)
                .Any(span => !hours.On(day).Any(open => open.From.Minutes <= span.From.Minutes && span.To.Minutes <= open.To.Minutes)))
            .Cast<DateOnly?>().FirstOrDefault()
        where outside is not null
        select new Finding(path, $"has appointments on {Text(outside.Value)} outside the hours of this exception, {string.Join(
            ' ', hours.On(outside.Value))}; give '{calendar.Id}' an exception, too, unless that is meant.",
            $"Hat am {German(outside.Value)} Termine außerhalb der Zeiten dieser Ausnahme, {string.Join(
            ' ', hours.On(outside.Value))}. Geben Sie auch „{calendar.Id}“ eine Ausnahme, wenn das nicht so gemeint ist.");

    private static IEnumerable<Finding> OfLastTicket(Office office, OpeningHours hours, WaitingArea area, string path, DateOnly from)
    {
        var tooShort = Ahead(from).Where(day => hours.On(day) is { Count: > 0 } spans
            && spans[^1].To.Minutes - area.Rules.LastTicketMinutes <= spans[0].From.Minutes)
            .Cast<DateOnly?>().FirstOrDefault();
        return tooShort is not { } day ? [] :
            [new(path, $"gives no ticket at all on {Text(day)}, open {string.Join(
                ' ', hours.On(day))}: tickets of '{area.Id}' end {area.Rules.LastTicketMinutes} minutes before {office.Id} closes.",
                $"Am {German(day)} gibt es gar keine Nummern, offen {string.Join(' ', hours.On(day))}: In „{area.Id}“ enden sie "
                + $"{area.Rules.LastTicketMinutes} Minuten vor der Schließung.")];
    }

    private static IEnumerable<DateOnly> Ahead(DateOnly from) => Enumerable.Range(0, DaysAhead).Select(from.AddDays);

    private static string Text(HoursException exception) => exception.First == exception.Last ? Text(exception.First)
        : $"{Text(exception.First)} to {Text(exception.Last)}";

    private static string German(DateOnly day) => HoursRules.German(day);

    private static string Text(DateOnly day) => HoursPreview.Text(day);
}
