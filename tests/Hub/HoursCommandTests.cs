using Aufruf.Domain.Offices;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;
using static Aufruf.Tests.Domain.HoursOf;

namespace Aufruf.Tests.Hub;

/// <summary>"./run hours": what an administrator sees before it matters.</summary>
public class HoursCommandTests
{
    private static readonly FakeTimeProvider Clock = new(SmallOffice.Nine);

    private static (int Code, string Words) Run(params string[] args)
    {
        using var words = new StringWriter();
        return (HoursCommand.Run(args, Clock, words), words.ToString());
    }

    private static string Example => $"--Hub:Offices={Repository.PathOf("hub", "demo", "with-hours")}";

    private static string[] Warnings(Office office) =>
        [.. HoursWarnings.Of(office, SmallOffice.Day).Select(found => $"{found.Path}: {found.English}")];

    private static string[] Warnings(HoursSeries[] series, params HoursException[] exceptions) =>
        Warnings(Office(new OpeningHours(series, exceptions)));

    [Fact]
    public void The_days_to_come_are_shown_with_their_exceptions_and_clock_changes()
    {
        var (code, words) = Run(Example, "--from", "2026-12-24", "--days", "5");
        Assert.Equal(0, code);
        Assert.Contains("Thu 2026-12-24  closed                  exception instead of 08:00-12:30  14:00-18:00: Heiligabend", words,
            StringComparison.Ordinal);
        Assert.Contains("Mon 2026-12-28  09:00-12:00 ", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Tue 2026-12-29  09:00", words, StringComparison.Ordinal);
        Assert.Contains("fuehrerschein: at most 25 tickets a day", words, StringComparison.Ordinal);
        Assert.Contains("a day of 25 hours", Run(Example, "--from", "2026-10-25", "--days", "1").Words, StringComparison.Ordinal);
        // From today on.
        Assert.Contains("  Mon 2026-11-23  08:00-12:30", Run(Example, "--office", "alsdorf.rathaus").Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Public_holidays_are_shown_by_name_and_an_exception_that_repeats_one_is_seen()
    {
        Assert.Contains("  Fri 2027-03-26  closed                  Karfreitag", Run(Example, "--from", "2027-03-26", "--days", "1").Words,
            StringComparison.Ordinal);
        Assert.Equal("hours.exceptions[0]: closes Fri 2026-12-25, closed anyway.", Assert.Single(Warnings(Office(
            new OpeningHours([Daily("08:00-12:00")], [On("2026-12-25")]) { Holidays = HolidaysOf.Nw }))));
    }

    [Fact]
    public void The_appointments_of_each_day_are_shown_with_their_counters_and_releases()
    {
        var words = Run(Example, "--from", "2026-12-21", "--days", "5").Words;
        Assert.Contains("Appointments: buergerservice, Citizens’ service", words, StringComparison.Ordinal);
        Assert.Matches(@"  Mon 2026-12-21  06:00-24:00 x1  08:00-12:30 x2 \(1 online\) +\d+ % from 2026-10-26, \d+ % from 2026-12-14, "
            + @"\d+ % from 2026-12-20, \d+ % from 2026-12-21", words);
        Assert.Contains("  Thu 2026-12-24  none (Heiligabend)", words, StringComparison.Ordinal);
        Assert.Contains("  Fri 2026-12-25  none (Erster Weihnachtstag)", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_is_no_error_and_names_the_line()
    {
        var (code, words) = Run(Example);
        Assert.Equal(0, code);
        Assert.Matches(@"alsdorf.rathaus.json, line \d+, calendars\[0\]: has appointments on Mon 2026-12-28 outside the hours of this "
            + "exception, 09:00-12:00;", words);
    }

    [Fact]
    public void An_office_without_hours_is_said_to_be_always_open() =>
        Assert.Contains("always open", Run($"--Hub:Offices={Repository.PathOf("hub", "demo")}").Words, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_file_and_a_wrong_argument_are_named()
    {
        using var folder = new TempFolder();
        folder.Write("amt.json", "{}");
        Assert.Equal(1, Run($"--Hub:Offices={folder.Path}").Code);
        Assert.All(((string[][])[["--days", "0"], ["--days", "many"], ["--from", "tomorrow"], ["--from", "9999-12-31"],
            ["--office", "x.y"]]), wrong =>
        {
            var (code, words) = Run([Example, .. wrong]);
            Assert.Equal(2, code);
            Assert.Contains("Usage: hours", words, StringComparison.Ordinal);
        });
        Assert.Equal(2, Run("--Hub:Offices=nowhere").Code);
    }

    [Fact]
    public void Ordinary_hours_give_no_warning() => Assert.Empty(Warnings(
        [Series("mo tu we th fr", "08:00-12:30"), Series("th", "14:00-18:00"),
            Series("sa", "10:00-13:00") with { OfMonth = [WeekOfMonth.Fifth] }],
        On("2026-12-24"), On("2026-12-28", "2027-01-03", "08:00-12:00"), On("2026-12-25", "2026-12-27")));

    [Fact]
    public void A_series_that_never_applies_is_seen()
    {
        Assert.Equal("hours.series[0]: has ended on 2026-11-22 and may be removed.",
            Assert.Single(Warnings([Daily("08:00-12:00") with { Until = Date("2026-11-22") }])));
        Assert.Equal("hours.series[0]: applies on no day.",
            Assert.Single(Warnings([Series("mo", "08:00-12:00") with { Since = Date("2026-12-01"), Until = Date("2026-12-05") }])));
        Assert.Empty(Warnings([Series("mo", "08:00-12:00") with { Since = Date("2031-01-01") }])); // It only begins late.
    }

    [Fact]
    public void Series_that_overlap_on_a_day_are_seen_with_that_day()
    {
        Assert.Equal(
            "hours.series[1]: overlaps with hours.series[0], first on Sat 2026-12-05 (08:00-12:00 and 10:00-13:00); "
            + "together they are one time.",
            Assert.Single(Warnings([Daily("08:00-12:00"), Series("sa", "10:00-13:00") with { OfMonth = [WeekOfMonth.First] }])));
        Assert.Empty(Warnings([Series("mo", "08:00-12:00"), Series("tu", "10:00-13:00")]));
        Assert.Empty(
            Warnings([Daily("08:00-12:00") with { Until = Date("2026-12-31") }, Daily("09:00-12:00") with { Since = Date("2027-01-01") }]));
    }

    [Fact]
    public void An_exception_without_effect_is_seen()
    {
        HoursSeries[] weekdays = [Series("mo tu we th fr", "08:00-12:00")];
        Assert.Equal("hours.exceptions[0]: closes Sat 2026-12-26 to Sun 2026-12-27, closed anyway.",
            Assert.Single(Warnings(weekdays, On("2026-12-26", "2026-12-27"))));
        Assert.Equal("hours.exceptions[1]: never applies: exceptions before it decide all of its days.",
            Assert.Single(Warnings(weekdays, On("2026-12-21", "2026-12-31"), On("2026-12-24", null, "08:00-10:00"))));
        Assert.Single(Warnings(weekdays, On("2026-12-24"), On("2026-12-24")));
        Assert.Empty(Warnings(weekdays, On("2026-11-22"))); // Past.
    }

    [Fact]
    public void Hours_of_an_exception_that_overlap_are_seen() =>
        Assert.Contains("together they are 08:00-13:00", Assert.Single(
            Warnings([Daily("08:00-12:00")], On("2026-12-24", null, "08:00-12:00", "11:00-13:00"))), StringComparison.Ordinal);

    [Fact]
    public void A_day_on_which_no_ticket_could_be_taken_is_seen()
    {
        var office = Office(new OpeningHours([Daily("08:00-12:00")], [On("2026-12-24", null, "08:00-08:30")]));
        Assert.Equal(
            "areas[0].rules.lastTicketMinutes: gives no ticket at all on Thu 2026-12-24, open 08:00-08:30: "
            + "tickets of 'hall' end 30 minutes before rathaus closes.",
            Assert.Single(Warnings(office with { Areas = [SmallOffice.Area with { Rules = new() { LastTicketMinutes = 30 } }] })));
    }
}
