using System.Globalization;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Reports;
using Aufruf.Portal.Staff.Charts;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>The charts and tables of each report, from its figures. Pure.</summary>
public sealed class ReportSections(OfficeReport figures, ReportWords words)
{
    /// <summary>The reports, in the order of the navigation; the names stand in addresses.</summary>
    public static readonly IReadOnlyList<string> Names = ["overview", "tickets", "times", "missed", "limits", "load", "forecasts"];

    public IReadOnlyList<Section> Of(string report) => report switch
    {
        "overview" => [Days()],
        "tickets" => [States(), Given()],
        "times" => [.. figures.Times.Where(t => t.All.Count > 0).Select(Times)],
        "missed" => [Missed(By.Service), Missed(By.Hour)],
        "limits" => [Caps(), Stops()],
        "load" => [Load()],
        "forecasts" => figures.Forecasts.Count == 0 ? [] : [Accuracy(By.Service), Accuracy(By.Hour)],
        _ => [],
    };

    private Section Days() => new(words["days.title"], words["days.text"],
        words.Bars("days", words["days.title"], [.. figures.Days.Select(d => (words.ShortDay(d.Day), d.Wait))]), words.TimesLegend,
        Table("days", words["days.title"],
            words.All("day", "tickets", "served", "missed", "mean.wait", "median.wait", "p90.wait"), figures.Days,
            d => [ReportWords.Iso(d.Day), Cell.Count(d.Tickets, d.Wait.IsSmall), d.Served, d.Missed,
                d.Wait.Mean, d.Wait.Median, d.Wait.P90]));

    private Section States()
    {
        static int Others(ServiceTotals s) => s.Transferred + s.Expired + s.Lapsed + s.Open;
        var title = words["states.title"];
        StackedBars.Row[] bars = [.. figures.Services.Select(s => new StackedBars.Row(words.Service(s.Service),
            [s.Served, s.Missed, s.CancelledByCitizen + s.CancelledByClerk, Others(s)], words.Count(s.Tickets)))];
        return new(title, words["states.text"],
            bars.Length == 0 ? null : StackedBars.Draw("states", title, words["states.chart"], ["solid", "hatch", "lines", "dots"], bars),
            [new("solid", words["served"]), new("hatch", words["missed"]), new("lines", words["cancelled"]), new("dots", words["others"])],
            Table("states", title,
                words.All("by.service", "tickets", "served", "nothing.done", "papers.missing", "missed", "cancelled.citizen",
                    "cancelled.clerk", "transferred", "expired", "lapsed",
                    "open", "cutoff", "from.home", "appointments", "priorities"), figures.Services,
                s => [words.Service(s.Service), s.Tickets, s.Served, s.NothingDone, s.PapersMissing, s.Missed, s.CancelledByCitizen,
                    s.CancelledByClerk, s.Transferred, s.Expired, s.Lapsed, s.Open, s.CutOff, s.FromHome, s.Appointments, s.Priorities]));
    }

    private Section Given() => new(words["given.title"], words["given.text"], null, [],
        Table("given", words["given.title"], words.All("by.service", "visits", "quantity"), figures.Given,
            g => [words.Service(g.Service), g.Visits, g.Quantity]));

    private Section Times(TimesReport times)
    {
        var title = words.Texts.Say("times.title", ("measure", words.Name(times.Measure)), ("by", words.Name(times.By)));
        var id = $"{times.Measure}-{times.By}".ToLowerInvariant();
        var text = words["times.text." + times.Measure.ToString().ToLowerInvariant()]
            + (times.Unmarked > 0 ? " " + words.Texts.Say("times.unmarked", ("n", words.Count(times.Unmarked))) : "");
        (string Label, Distribution Times)[] groups = [.. times.Groups.Select(g => (words.Key(times.By, g.Key), g.Times))];
        return new(title, times.By is By.Hour ? text : null, words.Bars(id, title, groups), words.TimesLegend,
            Table(id, title, [words.Name(times.By), .. words.All("count", "mean", "median", "p90")],
                groups.Append((Label: words["all"], Times: times.All)),
                g => [g.Label, Cell.Count(g.Times.Count, g.Times.IsSmall), g.Times.Mean, g.Times.Median, g.Times.P90]));
    }

    private Section Missed(By by)
    {
        MissedTotals[] rows = [.. figures.Missed.Where(m => m.By == by)];
        var (id, title) = by is By.Service ? ("missed-service", words["missed.service"]) : ("missed-hour", words["missed.hour"]);
        var chart = rows.All(r => r.Called == 0) ? null : StackedBars.Draw(id, title, words["missed.chart"], ["solid", "hatch"],
            [.. rows.Select(r => new StackedBars.Row(words.Key(by, r.Key), [r.Called - r.Missed, r.Missed],
                r.Called < Distribution.FewestForP90 ? words.Texts.Say("missed.few", ("n", r.Missed), ("of", r.Called))
                    : words.Texts.Say("missed.end", ("n", r.Missed), ("share", words.Percent(r.Missed / (double)r.Called)))))]);
        return new(title, by is By.Service ? words["missed.text"] : null, chart,
            [new("solid", words["came"]), new("hatch", words["missed"])],
            Table(id, title, [words.Name(by),
                .. words.All("called", "missed", "missed.share", "invain", "appointments.called", "appointments.missed")], rows,
                r => [words.Key(by, r.Key), Cell.Count(r.Called, r.Called is > 0 and < Distribution.FewestForP90), r.Missed,
                    r.Called < Distribution.FewestForP90 ? (double?)null : 100.0 * r.Missed / r.Called, r.InVain,
                    r.Appointments, r.AppointmentsMissed]));
    }

    private Section Caps() => new(words["caps.title"], words["caps.text"], null, [],
        Table("caps", words["caps.title"], words.All("day", "by.service", "cap", "taken", "reached"), figures.CapsReached,
            c => [ReportWords.Iso(c.Day), words.Service(c.Service), c.Cap, c.Taken, words.Clock(c.At)]));

    private Section Stops() => new(words["stops.title"], words["stops.text"], null, [],
        Table("stops", words["stops.title"], words.All("day", "by.service", "stop.kind", "from", "to"), figures.Stops,
            s => [ReportWords.Iso(s.Day), words.Service(s.Service), words[s.Kind is StopKind.ByClerk ? "stop.clerk" : "stop.automatic"],
                words.Clock(s.From), s.To is { } to ? words.Clock(to) : words["dayend"]]));

    private Section Load()
    {
        static string Clock(TimeOnly start) => start.ToString("HH:mm", CultureInfo.InvariantCulture);
        var title = words["load.title"];
        return new(title, words["load.text"],
            figures.Load.Count == 0 ? null : LoadChart.Draw("load", title, words["load.chart"],
                [.. figures.Load.Select(q => new LoadChart.Quarter(q.Start, q.Arrivals, q.Waiting, q.OpenCounters))], words.Round, Clock),
            [new("dots", words["arrivals"]), new("curve", words["waiting.persons"]), new("steps", words["opencounters"])],
            Table("load", title, words.All("quarter", "arrivals", "waiting.persons", "opencounters"), figures.Load,
                q => [Clock(q.Start), q.Arrivals, q.Waiting, q.OpenCounters]), Folded: true);
    }

    private Section Accuracy(By by)
    {
        ForecastAccuracy[] rows = [.. figures.Forecasts.Where(f => f.By is null || f.By == by)];
        var (id, title) = by is By.Service ? ("forecasts-service", words["accuracy.service"]) : ("forecasts-hour", words["accuracy.hour"]);
        StackedBars.Row[] bars = [.. rows.Where(r => r.Within is not null)
            .Select(r => new StackedBars.Row(words.Key(r.By, r.Key), [r.Sooner ?? 0, r.Within ?? 0, r.Later ?? 0],
                words.Texts.Say("accuracy.end", ("share", words.Percent(r.Within ?? 0)))))];
        return new(title, by is By.Service ? words["accuracy.text"] : null,
            bars.Length == 0 ? null : StackedBars.Draw(id, title, words["accuracy.chart"], ["dots", "solid", "hatch"], bars, most: 1),
            [new("dots", words["sooner"]), new("solid", words["within"]), new("hatch", words["later"])],
            Table(id, title, [words.Name(by), .. words.All(
                "forecasts.known", "forecasts.unknown", "sooner.percent", "within.percent", "later.percent", "meanerror")], rows,
                r => [words.Key(r.By, r.Key), Cell.Count(r.Given, r.Given is > 0 and < ForecastAccuracy.FewestForShares), r.WithoutOutcome,
                    100 * r.Sooner, 100 * r.Within, 100 * r.Later, r.MeanError]));
    }

    private static ReportTable Table<T>(string id, string caption, string[] columns, IEnumerable<T> items, Func<T, Cell[]> row) =>
        new(id, caption, columns, [.. items.Select(row)]);
}
