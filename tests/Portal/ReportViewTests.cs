using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Aufruf.Domain.Reports;
using Aufruf.Portal.Staff.Charts;
using Aufruf.Portal.Staff.Reports;
using Aufruf.Portal.Texts;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Tests.Portal;

/// <summary>From figures to tables, files and drawings.</summary>
public class ReportViewTests
{
    private static readonly PortalTexts German = PortalTexts.ForStaff(["de"]);
    private static readonly PortalTexts English = PortalTexts.ForStaff(["en"]);

    private static readonly string[] Languages = ["de", "en"];

    private static OfficeReport Figures()
    {
        var facts = PlausibleWeeks.WorkingDays(SmallOffice.Day, 6).Select(day => PlausibleDay.Of(SmallOffice.Office, SmallOffice.Area, day, 2))
            .Select(day => DayFacts.Of(day.Key, day.Entries.SelectMany(e => e.Events))).ToArray();
        return OfficeReport.Of(facts, new(SmallOffice.Office, new(SmallOffice.Day.AddDays(-27), SmallOffice.Day), SmallOffice.Nine));
    }

    public static TheoryData<string, string> Reports => [.. from report in ReportSections.Names from language in Languages select (report, language)];

    [Theory, MemberData(nameof(Reports))]
    public void Every_report_has_tables_of_one_width_drawings_that_are_XML_and_files_that_read_back(string report, string language)
    {
        var texts = PortalTexts.ForStaff([language]);
        var sections = ReportSections.Of(report, Figures(), new ReportWords(texts, SmallOffice.Office));
        Assert.NotEmpty(sections);
        Assert.Equal(sections.Count, sections.Select(s => s.Table.Id).Distinct().Count());
        foreach (var section in sections)
        {
            Assert.All(section.Table.Rows, row => Assert.Equal(section.Table.Columns.Count, row.Count));
            if (section.Chart is { } chart)
            {
                var svg = XElement.Parse(chart);
                Assert.Equal("img", (string?)svg.Attribute("role"));
                Assert.Equal(["title", "desc"], svg.Elements().Take(2).Select(e => e.Name.LocalName));
                Assert.DoesNotContain("style=", chart, StringComparison.Ordinal); // The content security policy forbids it.
                Assert.DoesNotContain("NaN", chart, StringComparison.Ordinal);
            }

            var read = Parsed(Csv.Of(section.Table, texts), language == "de" ? ';' : ',');
            Assert.Equal(section.Table.Columns, read[0]);
            Assert.Equal(section.Table.Rows.Count + 1, read.Count);
            Assert.All(section.Table.Rows.Zip(read.Skip(1)), pair => Assert.All(pair.First.Zip(pair.Second), cell =>
            {
                if (cell.First.Number is { } number)
                {
                    Assert.Equal(number, double.Parse(cell.Second, language == "de" ? CultureInfo.GetCultureInfo("de-DE") : CultureInfo.InvariantCulture), 1);
                }
                else
                {
                    Assert.Equal(cell.First.Text ?? "", cell.Second);
                }
            }));
        }
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+49")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    public void A_spreadsheet_takes_no_text_for_a_formula(string text)
    {
        var file = Encoding.UTF8.GetString(Csv.Of(new("t", "t", ["a;\"b\""], [[Cell.Of(text)], [Cell.Of(1234.56, 1)]]), German));
        Assert.Equal($"\uFEFF\"a;\"\"b\"\"\"\r\n\"'{text}\"\r\n1234,6\r\n", file);
    }

    [Fact]
    public void Both_languages_have_the_same_words_with_the_same_places()
    {
        Assert.Equal(German.Keys.Order(StringComparer.Ordinal), English.Keys.Order(StringComparer.Ordinal));
        Assert.All(German.Keys, key => Assert.Equal(Places(German[key]), Places(English[key])));
        Assert.All(PortalTexts.For(["de"]).Keys, key => Assert.Equal(Places(PortalTexts.For(["de"])[key]), Places(PortalTexts.For(["en"])[key])));

        static IEnumerable<string> Places(string text) => System.Text.RegularExpressions.Regex.Matches(text, @"\{\w+\}").Select(m => m.Value).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("?range=today", "2026-11-25", "2026-11-25", null)]
    [InlineData("?range=week", "2026-11-23", "2026-11-25", null)]
    [InlineData("", "2026-10-29", "2026-11-25", null)]
    [InlineData("?range=custom&from=2026-01-01&to=2026-12-31", "2026-01-01", "2026-12-31", null)]
    [InlineData("?range=custom&from=1.1.2026&to=2026-12-31", null, null, "filter.wrong.from")]
    [InlineData("?range=custom&from=2026-01-01", null, null, "filter.wrong.to")]
    [InlineData("?range=custom&from=2026-02-01&to=2026-01-01", null, null, "filter.wrong.order")]
    [InlineData("?range=custom&from=2024-02-01&to=2026-01-01", null, null, "filter.wrong.long")]
    public void A_period_is_what_was_chosen_or_a_sentence_that_says_what_is_wrong(string address, string? from, string? to, string? wrong)
    {
        var filter = ReportFilter.Read(new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address)), SmallOffice.Office, new(2026, 11, 25));
        Assert.Equal(wrong, filter?.Wrong);
        Assert.Equal((from, to), (filter?.Query?.From.ToString("O", CultureInfo.InvariantCulture), filter?.Query?.To.ToString("O", CultureInfo.InvariantCulture)));
        Assert.True(wrong is null || German[wrong].Length > 0);
    }

    [Theory]
    [InlineData(7, 2, 8)]
    [InlineData(42, 20, 60)]
    [InlineData(0.8, 0.2, 0.8)]
    [InlineData(0, 1, 1)]
    public void An_axis_has_round_steps_and_reaches_far_enough(double most, double step, double end)
    {
        var (wide, far) = Svg.Axis(most);
        Assert.Equal((step, end), (Math.Round(wide, 6), Math.Round(far, 6)));
    }

    private static List<List<string>> Parsed(byte[] file, char separator)
    {
        Assert.Equal(Encoding.UTF8.GetPreamble(), file[..3]);
        var (lines, line, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        var text = Encoding.UTF8.GetString(file[3..]);
        for (var n = 0; n < text.Length; n++)
        {
            var sign = text[n];
            if (quoted && sign == '"' && n + 1 < text.Length && text[n + 1] == '"')
            {
                cell.Append(text[++n]);
            }
            else if (sign == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && (sign == separator || sign == '\n'))
            {
                line.Add(cell.ToString());
                cell.Clear();
                if (sign == '\n')
                {
                    lines.Add(line);
                    line = [];
                }
            }
            else if (quoted || sign != '\r')
            {
                cell.Append(sign);
            }
        }

        return lines;
    }
}
