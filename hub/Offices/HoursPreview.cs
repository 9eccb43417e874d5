using System.Globalization;

namespace Aufruf.Hub.Offices;

/// <summary>Prints an office's opening hours day by day.</summary>
internal static class HoursPreview
{
    public static IEnumerable<string> Of(Office office, DateOnly from, int days)
    {
        yield return $"{office.Key}, {office.Name.In("en")}, {office.TimeZone}";
        if (office.Hours is not { } hours)
        {
            yield return "has no 'hours': it is always open. hub/demo/with-hours is an example of an office with hours.";
        }
        else
        {
            foreach (var day in Enumerable.Range(0, days).Select(from.AddDays))
            {
                yield return Line(office, hours, day);
            }

            yield return "";
            yield return "Exceptions to come";
            foreach (var exception in hours.Exceptions.Where(e => e.Last >= from).OrderBy(e => e.First))
            {
                yield return $"  {Text(exception.First, exception.Last),-34}{Text(
                    HoursSpan.Joined(exception.Hours)),-24}{exception.Reason?.In(office.Languages[0])}".TrimEnd();
            }
        }

        foreach (var line in Limits(office, from).Concat(office.Calendars.SelectMany(c => CalendarPreview.Of(office, c, from, days))))
        {
            yield return line;
        }
    }

    public static string Text(DateOnly day) => day.ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Line(Office office, OpeningHours hours, DateOnly day)
    {
        var exception = hours.ExceptionOn(day) is not { } differs ? hours.Holidays.NameOf(day)?.In(office.Languages[0]) ?? ""
            : $"exception instead of {Text(hours.RegularOn(day))}{(differs.Reason is { } reason ? $": {reason.In(office.Languages[0])}"
                : "")}";
        var length = office.Instant(day, WallTime.DayEnds) - office.Instant(day, WallTime.DayBegins);
        var change = length == TimeSpan.FromDays(1) ? ""
            : string.Create(CultureInfo.InvariantCulture, $"the clock changes: a day of {length.TotalHours:0.#} hours ");
        return $"  {Text(day)}  {Text(hours.On(day)),-24}{change}{exception}".TrimEnd();
    }

    private static IEnumerable<string> Limits(Office office, DateOnly from)
    {
        string[] all =
        [
            .. office.Areas.Where(a => office.Hours is not null && a.Rules.LastTicketMinutes > 0)
                .Select(a => $"  {a.Id}: tickets end {a.Rules.LastTicketMinutes} minutes before the day's last closing"),
            .. office.Areas.SelectMany(a => a.Services).Where(s => s.DailyCap is not null)
                .Select(s => $"  {s.Id}: at most {s.DailyCap} tickets a day"),
            .. office.Areas.SelectMany(a => a.Services).SelectMany(s => s.Closed.Where(c => c.Last >= from), (s, c) =>
                $"  {s.Id}: closed {Text(c.First, c.Last)}{(c.Reason is { } reason ? $": {reason.In(office.Languages[0])}" : "")}"),
        ];
        return all.Length == 0 ? [] : ["", "Limits", .. all];
    }

    private static string Text(DateOnly first, DateOnly last) => first == last ? Text(first) : $"{Text(first)} to {Text(last)}";

    private static string Text(IReadOnlyList<HoursSpan> spans) => spans.Count == 0 ? "closed" : string.Join("  ", spans);
}
