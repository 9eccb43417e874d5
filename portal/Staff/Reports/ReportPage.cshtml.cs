using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Reports;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>One report of the clerk's own office: on the screen, on paper, and each of its tables as a file.</summary>
[Needs(Permission.Reports, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class ReportPage(IReports reports, IAccessBook log) : StaffPage
{
    // Handed to the page only after the office was found.
    private (Office Office, ReportWords Words, ReportFilter Filter)? _found;

    [FromRoute(Name = "office")] public string OfficeKey { get; set; } = "";
    [FromRoute] public string Report { get; set; } = "overview";

    public Office Office => Found.Office;
    public ReportWords Words => Found.Words;
    public ReportFilter Filter => Found.Filter;

    /// <summary>Null: no figures could be read, and the page says why.</summary>
    public OfficeReport? Figures { get; private set; }

    /// <summary>The sentences about figures that are not of this moment.</summary>
    public IReadOnlyList<string> Notices { get; private set; } = [];

    public IReadOnlyList<Section> Sections { get; private set; } = [];

    /// <summary>The journal cannot be read now.</summary>
    public bool Unavailable { get; private set; }

    /// <summary>There are other offices, and the reader sees the reports of all.</summary>
    public bool HasOthers => May(Domain.Identity.Permission.Reports, Office.Authority.Id)
        && reports.OfficesOf(Office.Authority.Id).Count > 1;

    public string Title => Words[$"report.{Report}"];

    private (Office Office, ReportWords Words, ReportFilter Filter) Found =>
        _found ?? throw new InvalidOperationException("The page is shown only after its office was found.");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        // Another office's reports are answered like reports that do not exist.
        if (!May(Domain.Identity.Permission.Reports, OfficeKey) || reports.Office(OfficeKey) is not { } office
            || !ReportSections.Names.Contains(Report)
            || ReportFilter.Read(Request.Query, office, reports.Today(office)) is not { } filter)
        {
            return NotFound();
        }

        _found = (office, new ReportWords(Texts, office), filter);
        if (filter.Query is not { } query)
        {
            Response.StatusCode = 400;
            return Page();
        }

        try
        {
            var answer = await reports.ReadAsync(office, query, cancellationToken);
            Figures = answer.Report;
            Notices = [.. ReportNotices.Of(answer, Words)];
        }
        catch (JournalUnavailableException)
        {
            (Unavailable, Response.StatusCode) = (true, 503);
            return Page();
        }

        Sections = new ReportSections(Figures, Words).Of(Report);
        return Request.Query["csv"].ToString() is { Length: > 0 } file ? await DownloadAsync(file) : Page();
    }

    /// <summary>Figures that leave the house stand in the log of access.</summary>
    private async Task<IActionResult> DownloadAsync(string name)
    {
        if (Sections.FirstOrDefault(s => s.Table.Id == name) is not { } section)
        {
            return NotFound();
        }

        await log.NoteAsync(Office.Authority.Id,
            new(SignedInAs, OfficeKey, AccessKind.Report, $"{name} {Filter.From}..{Filter.To}", AccessWay.Page));
        return File(Csv.Of(section.Table, Texts), Csv.Type, $"{OfficeKey}-{name}-{Filter.From}-{Filter.To}.csv");
    }

    /// <summary>The figures at the top of the overview.</summary>
    public IReadOnlyList<(string Label, string Value, string? More)> Tiles(OfficeReport figures)
    {
        var (wait, service) = (figures.TimesOf(Measure.Wait, By.Hour).All, figures.TimesOf(Measure.Service, By.Hour).All);
        var (served, missed) = (figures.Services.Sum(s => s.Served), figures.Services.Sum(s => s.Missed));
        var called = figures.Missed.Where(m => m.By is By.Service).Sum(m => m.Called);
        var accuracy = figures.Forecasts.FirstOrDefault(f => f.By is null)?.Within;
        return
        [
            (Words["tickets"], Words.Count(figures.Days.Sum(d => d.Tickets)), Texts.Say("tile.served", ("n", Words.Count(served)))),
            (Words["measure.wait"], Median(wait), P90(wait)),
            (Words["measure.service"], Median(service), P90(service)),
            (Words["missed"], Words.Count(missed), called < Distribution.FewestForP90 ? null
                : Texts.Say("tile.missed", ("share", Words.Percent(missed / (double)called)))),
            (Words["tile.accuracy"], accuracy is { } share ? Words.Percent(share) : "–", Words["tile.accuracy.more"]),
        ];

        string Median(Distribution times) => times.Median is { } median ? Words.Minutes(median) : "–";
        string P90(Distribution times) => times.P90 is { } p90 ? Texts.Say("tile.p90", ("p90", Words.Minutes(p90))) : Words["toofew"];
    }
}
