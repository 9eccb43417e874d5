using System.Globalization;
using static Aufruf.Hub.Offices.OfficeRules;

namespace Aufruf.Hub.Offices;

/// <summary>Checks that opening hours and closed days end after they begin, which a schema cannot express.</summary>
internal static class HoursRules
{
    public static IEnumerable<Finding> Broken(Office office) =>
    [
        .. (office.Hours?.Series ?? []).SelectMany((series, i) => OfSeries(series, $"hours.series[{i}]")),
        .. (office.Hours?.Exceptions ?? []).SelectMany((exception, i) => (IEnumerable<Finding>)
        [
            .. Reversed(exception.First, exception.Last, $"hours.exceptions[{i}]"),
            .. exception.Hours.SelectMany((span, s) => Reversed(span, $"hours.exceptions[{i}].hours[{s}]")),
        ]),
        .. office.Areas.SelectMany((area, a) => area.Services.SelectMany((service, s) => service.Closed.SelectMany((days, d) =>
            Reversed(days.First, days.Last, $"areas[{a}].services[{s}].closed[{d}]")))),
    ];

    internal static IEnumerable<Finding> OfSeries(HoursSeries series, string path) =>
    [
        .. Reversed(series.Span, path),
        .. series.Since is { } since && series.Until is { } until ? Reversed(since, until, path) : [],
        .. series is { EveryWeeks: > 1, Since: null }
            ? (Finding[])[
                new($"{path}.everyWeeks",
                $"every {series.EveryWeeks} weeks, but from when? Expected 'since' with a date in a week in which these hours apply.",
                $"Alle {series.EveryWeeks} Wochen, aber ab wann? Nennen Sie ein Datum in einer Woche, in der diese Zeiten gelten.")]
                : [],
        .. series is { EveryWeeks: > 1, OfMonth.Count: > 0 }
            ? (Finding[])[new($"{path}.ofMonth",
                "either certain weeks of a month or every so many weeks; expected 'ofMonth' or 'everyWeeks', not both.",
                "Entweder bestimmte Wochen im Monat oder alle so viele Wochen, nicht beides.")] : [],
    ];

    internal static IEnumerable<Finding> Reversed(HoursSpan span, string path) =>
        span.From.Minutes < span.To.Minutes ? []
            : [new(path, $"ends at {span.To} but begins at {span.From}; expected an end after the beginning "
                + "(midnight is \"24:00\", and hours over midnight are two entries).",
                $"Das Ende {span.To} liegt nicht nach dem Beginn {span.From}. Mitternacht ist „24:00“; "
                + "Zeiten über Mitternacht sind zwei Einträge.")];

    internal static IEnumerable<Finding> Reversed(DateOnly first, DateOnly last, string path) =>
        first <= last ? [] : [new(path, $"ends on {last:yyyy-MM-dd} but begins on {first:yyyy-MM-dd}; expected the earlier date first.",
            $"Der letzte Tag {German(last)} liegt vor dem ersten {German(first)}.")];

    /// <summary>"02.03.2026".</summary>
    internal static string German(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}
