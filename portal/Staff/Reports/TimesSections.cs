using Aufruf.Domain.Reports;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>Waiting, walking and being served, by everything they are told apart by.</summary>
public static class TimesSections
{
    public static IReadOnlyList<Section> Of(OfficeReport figures, ReportWords words) =>
    [
        .. figures.Times.Where(t => t.All.Count > 0).Select(times =>
        {
            var title = words.Texts.Say("times.title", ("measure", words.Name(times.Measure)), ("by", words.Name(times.By)));
            var id = $"{times.Measure}-{times.By}".ToLowerInvariant();
            return new Section(title, times.By is By.Hour ? TextOf(times, words) : null,
                words.Bars(id, title, [.. times.Groups.Select(g => (words.Key(times.By, g.Key), g.Times))]), words.TimesLegend,
                new(id, title, [words.Name(times.By), .. words.DistributionColumns],
                [
                    .. times.Groups.Select(g => (Cell[])[Cell.Of(words.Key(times.By, g.Key)), .. ReportWords.Cells(g.Times)]),
                    (Cell[])[Cell.Of(words["all"]), .. ReportWords.Cells(times.All)],
                ]));
        }),
    ];

    private static string TextOf(TimesReport times, ReportWords words) =>
        words["times.text." + times.Measure.ToString().ToLowerInvariant()] + (times.Unmarked > 0 ? " " + words.Texts.Say("times.unmarked", ("n", words.Count(times.Unmarked))) : "");
}
