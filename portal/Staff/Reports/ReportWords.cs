using System.Globalization;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Reports;
using Aufruf.Portal.Staff.Charts;
using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>The words of reports: names instead of ids, figures in the reader's language.</summary>
public sealed class ReportWords(PortalTexts texts, Office office)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone);

    public PortalTexts Texts => texts;

    public string this[string key] => texts[key];

    public string[] All(params string[] keys) => [.. keys.Select(key => texts[key])];

    public string Service(ServiceId id) => office.Service(id)?.Service.Name.In(texts.Language) ?? id.Value;

    /// <summary>The words beside a bar: "09–10 Uhr", "Montag", "Schalter 3".</summary>
    public string Key(By? by, string key) => by switch
    {
        By.Hour => texts.Say("hour", ("from", key), ("to", (Number(key) + 1).ToString("00", CultureInfo.InvariantCulture))),
        By.Weekday => texts.Culture.DateTimeFormat.GetDayName((DayOfWeek)(Number(key) % 7)),
        By.Service => Service(new ServiceId(key)),
        By.Counter => texts.Say("counter.n", ("label", office.Counter(new CounterId(key))?.Counter.Label ?? key)),
        By.Clerk => key,
        _ => texts["all"],
    };

    public string Name(By by) => texts["by." + by.ToString().ToLowerInvariant()];

    public string Name(Measure measure) => texts["measure." + measure.ToString().ToLowerInvariant()];

    public string Minutes(double minutes) => texts.Say("minutes", ("n", Round(minutes)));

    public string Percent(double share) => texts.Say("percent", ("n", Math.Round(share * 100).ToString("0", texts.Culture)));

    /// <summary>To the minute; below ten with one decimal.</summary>
    public string Round(double number) => number.ToString(number is > 0 and < 9.95 ? "0.#" : "0", texts.Culture);

    public string Count(int n) => n.ToString("N0", texts.Culture);

    /// <summary>An instant on the office's clock.</summary>
    public string Clock(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Day and time.</summary>
    public string Moment(DateTimeOffset instant) =>
        $"{Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime))}, {Clock(instant)}";

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Period(ReportQuery query) => query.From == query.To ? Day(query.From)
        : texts.Say("period", ("from", Day(query.From)), ("to", Day(query.To)));

    private string Day(DateOnly day) => day.ToString(texts.Language == "de" ? "d. MMMM yyyy" : "d MMMM yyyy", texts.Culture);

    public string ShortDay(DateOnly day) => day.ToString(texts.Language == "de" ? "ddd d.M." : "ddd d MMM", texts.Culture);

    /// <summary>A chart of times; null when no median is known.</summary>
    public string? Bars(string id, string title, IReadOnlyList<(string Label, Distribution Times)> rows) =>
        rows.All(r => r.Times.Median is null) ? null : TimeBars.Draw(id, title, texts["chart.times"],
            [.. rows.Select(r => new TimeBars.Row(r.Label, r.Times.Median, r.Times.P90, texts.Say("toofew.n", ("n", r.Times.Count))))],
            (middle, p90) => p90 is null ? Minutes(middle) : texts.Say("bar.both", ("median", Minutes(middle)), ("p90", Round(p90.Value))),
            Round);

    public IReadOnlyList<Legend> TimesLegend => [new("solid", texts["median"]), new("whisker", texts["legend.p90"])];

    private static int Number(string key) => int.Parse(key, CultureInfo.InvariantCulture);
}
