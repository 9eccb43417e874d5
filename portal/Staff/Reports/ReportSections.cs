using Aufruf.Domain.Queues;
using Aufruf.Domain.Reports;
using Aufruf.Portal.Staff.Charts;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>What each report shows, from the figures to pictures and tables. Pure.</summary>
public static class ReportSections
{
    /// <summary>The reports, in the order of the navigation; the names stand in addresses.</summary>
    public static readonly IReadOnlyList<string> Names = ["overview", "tickets", "times", "missed", "limits", "load", "forecasts"];

    public static IReadOnlyList<Section> Of(string report, OfficeReport figures, ReportWords words) => report switch
    {
        "overview" => [Days(figures, words)],
        "tickets" => [States(figures, words), Given(figures, words)],
        "times" => TimesSections.Of(figures, words),
        "missed" => [Missed(By.Service, figures, words), Missed(By.Hour, figures, words)],
        "limits" => [Caps(figures, words), Stops(figures, words)],
        "load" => [Load(figures, words)],
        "forecasts" => figures.Forecasts.Count == 0 ? [] : [Honest(By.Service, figures, words), Honest(By.Hour, figures, words)],
        _ => [],
    };

    private static Section Days(OfficeReport figures, ReportWords words) => new(words["days.title"], words["days.text"],
        words.Bars("days", words["days.title"], [.. figures.Days.Select(d => (words.ShortDay(d.Day), d.Wait))]), words.TimesLegend,
        new("days", words["days.title"], [words["day"], words["tickets"], words["served"], words["missed"], words["mean.wait"], words["median.wait"], words["p90.wait"]],
        [
            .. figures.Days.Select(d => (Cell[])[Cell.Of(ReportWords.Iso(d.Day)), Cell.Of(d.Tickets, d.Wait.IsSmall), Cell.Of(d.Served), Cell.Of(d.Missed),
                Cell.Of(d.Wait.Mean), Cell.Of(d.Wait.Median), Cell.Of(d.Wait.P90)]),
        ]));

    private static Section States(OfficeReport figures, ReportWords words)
    {
        static int Others(ServiceTotals s) => s.Transferred + s.Expired + s.Open;
        string[] fills = ["solid", "hatch", "lines", "dots"];
        var chart = figures.Services.Count == 0 ? null : StackedBars.Draw("states", words["states.title"], words["states.chart"], fills,
            [.. figures.Services.Select(s => new StackedBars.Row(words.Service(s.Service), [s.Served, s.Missed, s.CancelledByCitizen + s.CancelledByClerk, Others(s)],
                words.Texts.Say("states.end", ("n", words.Count(s.Tickets)))))]);
        return new(words["states.title"], words["states.text"], chart,
            [new("solid", words["served"]), new("hatch", words["missed"]), new("lines", words["cancelled"]), new("dots", words["others"])],
            new("states", words["states.title"],
                [words["by.service"], words["tickets"], words["served"], words["missed"], words["cancelled.citizen"], words["cancelled.clerk"], words["transferred"], words["expired"], words["open"], words["cutoff"], words["appointments"], words["priorities"]],
                [.. figures.Services.Select(s => (Cell[])[Cell.Of(words.Service(s.Service)), Cell.Of(s.Tickets), Cell.Of(s.Served), Cell.Of(s.Missed), Cell.Of(s.CancelledByCitizen), Cell.Of(s.CancelledByClerk),
                    Cell.Of(s.Transferred), Cell.Of(s.Expired), Cell.Of(s.Open), Cell.Of(s.CutOff), Cell.Of(s.Appointments), Cell.Of(s.Priorities)])]));
    }

    private static Section Given(OfficeReport figures, ReportWords words) => new(words["given.title"], words["given.text"], null, [],
        new("given", words["given.title"], [words["by.service"], words["visits"], words["quantity"]],
            [.. figures.Given.Select(g => (Cell[])[Cell.Of(words.Service(g.Service)), Cell.Of(g.Visits), Cell.Of(g.Quantity)])]));

    private static Section Missed(By by, OfficeReport figures, ReportWords words)
    {
        MissedTotals[] rows = [.. figures.Missed.Where(m => m.By == by)];
        var (id, title) = (by is By.Service ? "missed-service" : "missed-hour", words[by is By.Service ? "missed.service" : "missed.hour"]);
        var chart = rows.All(r => r.Called == 0) ? null : StackedBars.Draw(id, title, words["missed.chart"], ["solid", "hatch"],
            [.. rows.Select(r => new StackedBars.Row(words.Key(by, r.Key), [r.Called - r.Missed, r.Missed],
                r.Called < Distribution.FewestForP90 ? words.Texts.Say("missed.few", ("n", r.Missed), ("of", r.Called)) : words.Texts.Say("missed.end", ("n", r.Missed), ("share", words.Percent(r.Missed / (double)r.Called)))))]);
        return new(title, by is By.Service ? words["missed.text"] : null, chart, [new("solid", words["came"]), new("hatch", words["missed"])],
            new(id, title, [words.Name(by), words["called"], words["missed"], words["missed.share"], words["invain"], words["appointments.called"], words["appointments.missed"]],
                [.. rows.Select(r => (Cell[])[Cell.Of(words.Key(by, r.Key)), Cell.Of(r.Called, r.Called is > 0 and < Distribution.FewestForP90), Cell.Of(r.Missed),
                    Cell.Of(r.Called >= Distribution.FewestForP90 ? 100.0 * r.Missed / r.Called : null), Cell.Of(r.InVain), Cell.Of(r.Appointments), Cell.Of(r.AppointmentsMissed)])]));
    }

    private static Section Caps(OfficeReport figures, ReportWords words) => new(words["caps.title"], words["caps.text"], null, [],
        new("caps", words["caps.title"], [words["day"], words["by.service"], words["cap"], words["taken"], words["reached"]],
            [.. figures.CapsReached.Select(c => (Cell[])[Cell.Of(ReportWords.Iso(c.Day)), Cell.Of(words.Service(c.Service)), Cell.Of(c.Cap), Cell.Of(c.Taken), Cell.Of(words.Clock(c.At))])]));

    private static Section Stops(OfficeReport figures, ReportWords words) => new(words["stops.title"], words["stops.text"], null, [],
        new("stops", words["stops.title"], [words["day"], words["by.service"], words["stop.kind"], words["from"], words["to"]],
            [.. figures.Stops.Select(s => (Cell[])[Cell.Of(ReportWords.Iso(s.Day)), Cell.Of(words.Service(s.Service)), Cell.Of(words[s.Kind is StopKind.ByClerk ? "stop.clerk" : "stop.automatic"]),
                Cell.Of(words.Clock(s.From)), Cell.Of(s.To is { } to ? words.Clock(to) : words["dayend"])])]));

    private static Section Load(OfficeReport figures, ReportWords words) => new(words["load.title"], words["load.text"],
        figures.Load.Count == 0 ? null : LoadChart.Draw("load", words["load.title"], words["load.chart"],
            [.. figures.Load.Select(q => new LoadChart.Quarter(q.Start, q.Arrivals, q.Waiting, q.OpenCounters))], words.Round,
            start => start.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
        [new("dots", words["arrivals"]), new("curve", words["waiting.persons"]), new("steps", words["opencounters"])],
        new("load", words["load.title"], [words["quarter"], words["arrivals"], words["waiting.persons"], words["opencounters"]],
            [.. figures.Load.Select(q => (Cell[])[Cell.Of(q.Start.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)), Cell.Of(q.Arrivals), Cell.Of(q.Waiting), Cell.Of(q.OpenCounters)])]), Folded: true);

    private static Section Honest(By by, OfficeReport figures, ReportWords words)
    {
        Honesty[] rows = [.. figures.Forecasts.Where(f => f.By is null || f.By == by)];
        var (id, title) = (by is By.Service ? "forecasts-service" : "forecasts-hour", words[by is By.Service ? "honest.service" : "honest.hour"]);
        var chart = rows.All(r => r.Within is null) ? null : StackedBars.Draw(id, title, words["honest.chart"], ["dots", "solid", "hatch"],
            [.. rows.Where(r => r.Within is not null).Select(r => new StackedBars.Row(words.Key(r.By, r.Key), [r.Sooner ?? 0, r.Within ?? 0, r.Later ?? 0],
                words.Texts.Say("honest.end", ("share", words.Percent(r.Within ?? 0)))))], most: 1);
        return new(title, by is By.Service ? words["honest.text"] : null, chart, [new("dots", words["sooner"]), new("solid", words["within"]), new("hatch", words["later"])],
            new(id, title, [words.Name(by), words["forecasts.known"], words["forecasts.unknown"], words["sooner.percent"], words["within.percent"], words["later.percent"], words["meanerror"]],
                [.. rows.Select(r => (Cell[])[Cell.Of(words.Key(r.By, r.Key)), Cell.Of(r.Given, r.Given is > 0 and < Honesty.FewestForShares), Cell.Of(r.WithoutOutcome),
                    Cell.Of(100 * r.Sooner), Cell.Of(100 * r.Within), Cell.Of(100 * r.Later), Cell.Of(r.MeanError)])]));
    }
}
