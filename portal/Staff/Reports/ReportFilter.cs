using System.Globalization;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Reports;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>The choices above a report, as they stand in the address.</summary>
/// <param name="Range">"today", "week" (since Monday), "four-weeks" or "custom".</param>
/// <param name="From">As typed: a wrong day is shown again.</param>
/// <param name="Wrong">Key of the sentence that names the error; null: there is none.</param>
/// <param name="Query">Null when there is an error.</param>
public sealed record ReportFilter(string Range, string From, string To, string Area, string Service, string? Wrong, ReportQuery? Query)
{
    public static readonly IReadOnlyList<string> Ranges = ["today", "week", "four-weeks", "custom"];

    // A year and some days; reading more takes minutes.
    private const int MostDays = 400;

    // All offices are read one after the other.
    private const int MostDaysOfAll = 100;

    /// <param name="office">Null: the figures of all offices are asked for.</param>
    /// <returns>Null when area or service do not exist.</returns>
    public static ReportFilter? Read(IQueryCollection asked, Office? office, DateOnly today)
    {
        var (area, service) = (asked["area"].ToString(), asked["service"].ToString());
        if ((area.Length > 0 && office?.Area(area) is null) || (service.Length > 0 && office?.Service(new ServiceId(service)) is null))
        {
            return null;
        }

        var range = Ranges.Contains(asked["range"].ToString()) ? asked["range"].ToString() : "four-weeks";
        var (from, to) = range switch
        {
            "today" => (Iso(today), Iso(today)),
            "week" => (Iso(today.AddDays(-(((int)today.DayOfWeek + 6) % 7))), Iso(today)),
            "four-weeks" => (Iso(today.AddDays(-27)), Iso(today)),
            _ => (asked["from"].ToString(), asked["to"].ToString()),
        };
        var (first, last) = (Parse(from), Parse(to));
        var wrong = first is null ? "filter.wrong.from" : last is null ? "filter.wrong.to" : last < first ? "filter.wrong.order"
            : last.Value.DayNumber - first.Value.DayNumber is var days && days >= MostDays ? "filter.wrong.long"
            : office is null && days >= MostDaysOfAll ? "filter.wrong.all" : null;
        return new(range, from, to, area, service, wrong, wrong is null && first is { } f && last is { } l
            ? new(f, l, area.Length > 0 ? area : null, service.Length > 0 ? new ServiceId(service) : null)
            : null);
    }

    /// <summary>The choice as an address, for links to the other reports and files.</summary>
    public string Address(string language, string? csv = null)
    {
        var (from, to) = Range == "custom" ? (From, To) : ("", "");
        (string Name, string? Value)[] parts =
            [("range", Range), ("from", from), ("to", to), ("area", Area), ("service", Service), ("lang", language), ("csv", csv)];
        return QueryString.Create(parts.Where(p => p.Value?.Length > 0).Select(p => KeyValuePair.Create(p.Name, p.Value))).ToString();
    }

    /// <summary>The same days of all offices.</summary>
    public string AddressForAll(string language) => (this with { Area = "", Service = "" }).Address(language);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 2000 and < 2200 ? day : null;
}
