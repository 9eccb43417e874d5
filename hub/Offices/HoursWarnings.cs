using Aufruf.Domain.Offices;
using static Aufruf.Hub.Offices.OfficeRules;

namespace Aufruf.Hub.Offices;

/// <summary>What is allowed in opening hours but probably not meant. Looked for from one day on, two years ahead.</summary>
internal static class HoursWarnings
{
    // Long enough for "the fifth Monday of a month": whatever has not applied by then is not meant.
    private const int DaysAhead = 2 * 366;

    public static IEnumerable<Finding> Of(Office office, DateOnly from) => office.Hours is not { } hours ? [] :
    [
        .. hours.Series.SelectMany((series, i) => OfSeries(hours, series, i, from)),
        .. hours.Exceptions.SelectMany((exception, i) => OfException(hours, exception, i, from)),
        .. office.Areas.SelectMany((area, a) => OfLastTicket(office, hours, area, $"areas[{a}].rules.lastTicketMinutes", from)),
    ];

    private static IEnumerable<Finding> OfSeries(OpeningHours hours, HoursSeries series, int index, DateOnly from)
    {
        var path = $"hours.series[{index}]";
        if (series.Until < from)
        {
            yield return new(path, $"has ended on {series.Until:yyyy-MM-dd} and may be removed.");
            yield break;
        }

        // One that begins only in three years is looked at from then on.
        var days = Ahead(series.Since > from ? series.Since.Value : from).Where(series.AppliesOn).ToList();
        if (days.Count == 0)
        {
            yield return new(path, "applies on no day.");
        }

        foreach (var (other, o) in hours.Series.Take(index).Select((other, o) => (other, o)))
        {
            if (other.Span.Overlaps(series.Span) && days.Where(other.AppliesOn).Cast<DateOnly?>().FirstOrDefault() is { } both)
            {
                yield return new(path, $"overlaps with hours.series[{o}], first on {Told(both)} ({other.Span} and {series.Span}); together they are one time.");
            }
        }
    }

    private static IEnumerable<Finding> OfException(OpeningHours hours, HoursException exception, int index, DateOnly from)
    {
        var path = $"hours.exceptions[{index}]";
        if (exception.Last < from)
        {
            yield break; // Past years' days are kept by many, and do no harm.
        }

        var days = Ahead(exception.First).TakeWhile(day => day <= exception.Last).ToList();
        if (days.TrueForAll(day => !ReferenceEquals(hours.ExceptionOn(day), exception)))
        {
            yield return new(path, "never applies: exceptions before it decide all of its days.");
        }
        else if (exception.Hours.Count == 0 && days.TrueForAll(day => hours.RegularOn(day).Count == 0))
        {
            yield return new(path, $"closes {Told(exception)}, closed anyway.");
        }

        if (HoursSpan.Joined(exception.Hours).Count < exception.Hours.Count)
        {
            yield return new(path, $"has hours that overlap or touch; together they are {string.Join(' ', HoursSpan.Joined(exception.Hours))}.");
        }
    }

    private static IEnumerable<Finding> OfLastTicket(Office office, OpeningHours hours, WaitingArea area, string path, DateOnly from)
    {
        var tooShort = Ahead(from).Where(day => hours.On(day) is { Count: > 0 } spans && spans[^1].To.Minutes - area.Rules.LastTicketMinutes <= spans[0].From.Minutes)
            .Cast<DateOnly?>().FirstOrDefault();
        return tooShort is not { } day ? [] :
            [new(path, $"gives no ticket at all on {Told(day)}, open {string.Join(' ', hours.On(day))}: tickets of '{area.Id}' end {area.Rules.LastTicketMinutes} minutes before {office.Id} closes.")];
    }

    private static IEnumerable<DateOnly> Ahead(DateOnly from) => Enumerable.Range(0, DaysAhead).Select(from.AddDays);

    private static string Told(HoursException exception) => exception.First == exception.Last ? Told(exception.First) : $"{Told(exception.First)} to {Told(exception.Last)}";

    private static string Told(DateOnly day) => HoursPreview.Told(day);
}
