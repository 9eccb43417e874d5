using System.Globalization;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Reports;
using Aufruf.Portal.Staff.Charts;
using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>How reports say things: names instead of ids, figures in the reader's language.</summary>
public sealed class ReportWords(PortalTexts texts, Office office)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone);

    public PortalTexts Texts => texts;

    public string this[string key] => texts[key];

    public string Service(ServiceId id) => office.Service(id)?.Service.Name.In(texts.Language) ?? id.Value;

    /// <summary>What stands beside a bar: "09–10 Uhr", "Montag", "Schalter 3".</summary>
    public string Key(By? by, string key) => by switch
    {
        By.Hour => texts.Say("hour", ("from", key), ("to", (int.Parse(key, CultureInfo.InvariantCulture) + 1).ToString("00", CultureInfo.InvariantCulture))),
        By.Weekday => texts.Culture.DateTimeFormat.GetDayName((DayOfWeek)(int.Parse(key, CultureInfo.InvariantCulture) % 7)),
        By.Service => Service(new ServiceId(key)),
        By.Counter => texts.Say("counter.n", ("label", office.Counter(new CounterId(key))?.Counter.Label ?? key)),
        By.Clerk => key,
        _ => texts["all"],
    };

    public string Name(By by) => texts["by." + by.ToString().ToLowerInvariant()];

    public string Name(Measure measure) => texts["measure." + measure.ToString().ToLowerInvariant()];

    public string Minutes(double minutes) => texts.Say("minutes", ("n", Round(minutes)));

    public string Percent(double share) => texts.Say("percent", ("n", Math.Round(share * 100).ToString("0", texts.Culture)));

    /// <summary>To the minute; below ten with one decimal, as far as that says something.</summary>
    public string Round(double number) => number.ToString(number is > 0 and < 9.95 ? "0.#" : "0", texts.Culture);

    public string Count(int n) => n.ToString("N0", texts.Culture);

    /// <summary>An instant on the office's clock.</summary>
    public string Clock(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Day(DateOnly day) => day.ToString(texts.Language == "de" ? "d. MMMM yyyy" : "d MMMM yyyy", texts.Culture);

    public string ShortDay(DateOnly day) => day.ToString(texts.Language == "de" ? "ddd d.M." : "ddd d MMM", texts.Culture);

    /// <summary>Bars of times, with the words for what is not known.</summary>
    public string? Bars(string id, string title, IReadOnlyList<(string Label, Distribution Times)> rows) => rows.Any(r => r.Times.Median is not null)
        ? TimeBars.Draw(id, title, texts["chart.times"], [.. rows.Select(r => new TimeBars.Row(r.Label, r.Times.Median, r.Times.P90, texts.Say("toofew.n", ("n", r.Times.Count))))],
            (middle, p90) => p90 is { } ninety ? texts.Say("bar.both", ("median", Minutes(middle)), ("p90", Round(ninety))) : Minutes(middle), Round)
        : null;

    public IReadOnlyList<Legend> TimesLegend => [new("solid", texts["median"]), new("whisker", texts["legend.p90"])];

    public static IEnumerable<Cell> Cells(Distribution times) =>
        [Cell.Of(times.Count, times.IsSmall), Cell.Of(times.Mean), Cell.Of(times.Median), Cell.Of(times.P90)];

    public string[] DistributionColumns => [texts["count"], texts["mean"], texts["median"], texts["p90"]];
}
