using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Reports;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>The figures of all offices of an authority in one table, for those who see its reports: on the screen and as a file.</summary>
[Needs(Permission.Reports, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class OfficesPage(IReports reports, IAccessBook log) : StaffPage
{
    private ReportFilter? _filter;

    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    public IReadOnlyList<Office> Offices { get; private set; } = [];

    public ReportFilter Filter => _filter ?? throw new InvalidOperationException("The page is shown only after its days were read.");

    /// <summary>Null: no figures could be read, and the page says why.</summary>
    public ReportTable? Table { get; private set; }

    /// <summary>The sentences about figures that are not of this moment.</summary>
    public IReadOnlyList<string> Notices { get; private set; } = [];

    /// <summary>The journal cannot be read now.</summary>
    public bool Unavailable { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Offices = May(Domain.Identity.Permission.Reports, Authority) ? reports.OfficesOf(Authority) : [];
        if (Offices.Count == 0 || (_filter = ReportFilter.Read(Request.Query, null, reports.Today(Offices[0]))) is not { } filter)
        {
            return NotFound();
        }

        if (filter.Query is not { } query)
        {
            Response.StatusCode = 400;
            return Page();
        }

        try
        {
            var answers = new List<(Office Office, ReportAnswer Answer)>();
            foreach (var office in Offices)
            {
                answers.Add((office, await reports.ReadAsync(office, query, cancellationToken)));
            }

            Notices = [.. answers.SelectMany(one => ReportNotices.Of(one.Answer, new(Texts, one.Office))).Distinct()];
            Table = TableOf([.. answers.Select(one => (one.Office.Name.In(Texts.Language), one.Answer.Report))]);
        }
        catch (JournalUnavailableException)
        {
            (Unavailable, Response.StatusCode) = (true, 503);
            return Page();
        }

        return Request.Query["csv"].ToString() == Table.Id ? await DownloadAsync(Table) : Page();
    }

    private async Task<IActionResult> DownloadAsync(ReportTable table)
    {
        await log.NoteAsync(Authority,
            new(SignedInAs, null, AccessKind.Report, $"{table.Id} {Filter.From}..{Filter.To}", AccessWay.Page));
        return File(Csv.Of(table, Texts), Csv.Type, $"{Authority}-{table.Id}-{Filter.From}-{Filter.To}.csv");
    }

    private ReportTable TableOf(IReadOnlyList<(string Name, OfficeReport Report)> offices)
    {
        var sum = offices.Select(one => Counts.Of(one.Report)).Aggregate(new Counts(0, 0, 0, 0), (all, one) => all + one);
        return new("offices", Texts["offices.all"],
            [Texts["offices.one"], .. ((string[])["tickets", "served", "missed", "missed.share"]).Select(key => Texts[key]),
                .. new[] { Measure.Wait, Measure.Service }.SelectMany(measure => ((string[])["median", "p90"]).Select(key =>
                    $"{Texts[$"measure.{measure.ToString().ToLowerInvariant()}"]}: {Texts[key]}")), Texts["offices.kept"]],
            [.. offices.Select(one => RowOf(one.Name, Counts.Of(one.Report), one.Report)), RowOf(Texts["all"], sum, null)]);
    }

    private static IReadOnlyList<Cell> RowOf(string name, Counts counts, OfficeReport? report) =>
    [
        name, counts.Tickets, counts.Served, counts.Missed,
        counts.Called < Distribution.FewestForP90 ? new Cell(null, null) : 100.0 * counts.Missed / counts.Called,
        .. report is null ? Enumerable.Repeat<Cell>("", 5) : // There is no median of medians.
        [
            .. new[] { Measure.Wait, Measure.Service }.Select(measure => report.TimesOf(measure, By.Hour).All)
                .SelectMany(times => (Cell[])[times.Median, times.P90]),
            100 * report.Forecasts.FirstOrDefault(forecast => forecast.By is null)?.Within,
        ],
    ];

    private readonly record struct Counts(int Tickets, int Served, int Missed, int Called)
    {
        public static Counts Of(OfficeReport report) => new(report.Days.Sum(day => day.Tickets),
            report.Services.Sum(service => service.Served), report.Services.Sum(service => service.Missed),
            report.Missed.Where(missed => missed.By is By.Service).Sum(missed => missed.Called));

        public static Counts operator +(Counts one, Counts other) => new(one.Tickets + other.Tickets, one.Served + other.Served,
            one.Missed + other.Missed, one.Called + other.Called);
    }
}
