using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using Aufruf.Domain.Reports;
using Aufruf.Tests.Running;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain.Reports;

/// <summary>From rows to figures.</summary>
public class OfficeReportTests
{
    private static TicketFact Waited(double minutes, DateTimeOffset arrived, ServiceId? service = null) =>
        new(service ?? Passport, WaitingClass.WalkIn, "de", arrived, arrived, arrived.AddMinutes(minutes), One, 1, 0, TicketState.Served,
            false)
        {
            WaitTime = TimeSpan.FromMinutes(minutes),
            Waits = [new(arrived, arrived.AddMinutes(minutes))],
        };

    private static DayFacts Of(DateOnly day, TicketFact[] tickets, IReadOnlyList<CounterSpan>? counters = null) =>
        new(Key with { Day = day }, true, tickets.Length > 0 ? tickets[^1].Arrived : null, tickets, counters ?? [], []);

    private static ReportScope Scope(DateOnly day, Office? office = null, ServiceId? service = null) =>
        new(office ?? SmallOffice.Office, new(day, day, null, service),
            new DateTimeOffset(day.AddDays(2), TimeOnly.MinValue, TimeSpan.Zero));

    private static OfficeReport Report(params TicketFact[] tickets) => OfficeReport.Of([Of(Day, tickets)], Scope(Day));

    [Theory]
    [InlineData(new double[0], null, null, null)]
    [InlineData(new double[] { 3, 5 }, 4.0, null, null)] // Two cases have a mean, but no middle worth telling.
    [InlineData(new double[] { 1, 2, 3, 4, 100 }, 22.0, 3.0, null)]
    [InlineData(new double[] { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 }, 5.5, 5.5, 9.1)]
    public void Figures_are_told_only_where_there_are_cases_enough(double[] minutes, double? mean, double? median, double? p90)
    {
        var figures = Distribution.Of(minutes.Select(TimeSpan.FromMinutes));
        Assert.Equal((minutes.Length, minutes.Length is > 0 and < 10), (figures.Count, figures.IsSmall));
        Assert.Equal((mean, median, p90), (Rounded(figures.Mean), Rounded(figures.Median), Rounded(figures.P90)));
    }

    private static double? Rounded(double? number) => number is { } n ? Math.Round(n, 6) : null;

    [Fact]
    public void Hours_and_weekdays_are_those_of_the_offices_clock()
    {
        var report = Report(Waited(5, Nine.AddMinutes(59)), Waited(7, Nine.AddMinutes(60)));
        Assert.Equal(["09", "10"], report.TimesOf(Measure.Wait, By.Hour).Groups.Select(g => g.Key)); // Nine in Berlin is eight in UTC.
        Assert.Equal(["1"], report.TimesOf(Measure.Wait, By.Weekday).Groups.Select(g => g.Key));
        Assert.Equal([("1", 2)], report.TimesOf(Measure.Wait, By.Counter).Groups.Select(g => (g.Key, g.Times.Count)));
    }

    [Theory]
    [InlineData(2026, 3, 29, 92)]  // Clocks go forward: 23 hours.
    [InlineData(2026, 10, 25, 100)] // Clocks go back: 25 hours.
    [InlineData(2026, 11, 23, 96)]
    public void A_day_has_as_many_quarters_as_its_clock_shows(int year, int month, int date, int quarters) =>
        Assert.Equal(quarters, QuarterHour.QuartersOf(new(year, month, date), Scope(new(year, month, date))).Count());

    [Fact]
    public void A_quarter_that_comes_twice_is_divided_by_two_and_one_that_does_not_come_is_not_there()
    {
        var back = new DateOnly(2026, 10, 25);
        var first = new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero); // 02:00 in summer time; an hour later it is 02:00 again.
        var load = OfficeReport.Of([Of(back, [Waited(15, first)], [new(One, false, new(first, first.AddHours(2)))])], Scope(back)).Load;
        Assert.Equal((new TimeOnly(2, 0), 0.5, 0.5, 1.0), (load[0].Start, load[0].Arrivals, load[0].Waiting, load[0].OpenCounters));
        Assert.Equal(4, load.Count);

        var forward = new DateOnly(2026, 3, 29);
        var one = new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.Zero); // 01:00; at 02:00 it is 03:00.
        Assert.Equal([1, 3], OfficeReport.Of([Of(forward, [], [new(One, false, new(one, one.AddHours(2)))])], Scope(forward)).Load.Select(
            q => q.Start.Hour).Distinct());
    }

    [Fact]
    public void Load_says_who_came_who_waited_and_who_was_there_to_call()
    {
        var load = OfficeReport.Of(
            [Of(Day, [Waited(30, Nine), Waited(7.5, Nine.AddMinutes(15))], [new(One, false, new(Nine, Nine.AddMinutes(20))),
            new(One, true, new(Nine.AddMinutes(20), Nine.AddMinutes(60)))])], Scope(Day)).Load;
        Assert.Equal([(1, 1, 1), (1, 1.5, 0.333)], load.Select(q => (q.Arrivals, q.Waiting, Math.Round(q.OpenCounters, 3))));
    }

    [Fact]
    public void What_still_goes_on_has_lasted_until_now_today_and_until_the_last_word_on_another_day()
    {
        var open = new CounterSpan(One, false, new(Nine, null));
        var day = new DayFacts(Key, false, Nine.AddMinutes(30), [], [open], []);
        var now = new ReportScope(SmallOffice.Office, new(Day, Day), Nine.AddMinutes(45));
        Assert.Equal(3, OfficeReport.Of([day], now).Load.Count);
        Assert.Equal(2, OfficeReport.Of([day], now with { Now = Nine.AddDays(3) }).Load.Count);
    }

    [Fact]
    public void Forecasts_are_held_against_the_first_call()
    {
        static TicketFact Forecast(double became) => Waited(became, Nine) with { Forecasts = [new(Nine, 5, 10, 20)] };
        var report = Report(
            [.. Enumerable.Range(0, 8).Select(_ => Forecast(12)), Forecast(4), Forecast(26),
                Forecast(0) with { FirstCall = null, WaitTime = null }]);
        var all = report.Forecasts.Single(f => f.By is null);
        Assert.Equal((10, 1, 0.1, 0.8, 0.1), (all.Given, all.WithoutOutcome, all.Sooner, all.Within, all.Later));
        Assert.Equal(((8 * 2) + 6 + 16) / 10.0, all.MeanError);
        Assert.Null(Report(Forecast(12)).Forecasts[0].Within); // One case is no share.
    }

    [Fact]
    public void A_service_filter_leaves_the_others_out_but_not_the_counters()
    {
        var facts = Of(Day, [Waited(5, Nine), Waited(6, Nine, Residence)], [new(One, false, new(Nine, Nine.AddMinutes(15)))]);
        var report = OfficeReport.Of([facts], Scope(Day, service: Residence));
        Assert.Equal([Residence], report.Services.Select(s => s.Service));
        Assert.Equal((1, 1), (report.Load[0].Arrivals, report.Load[0].OpenCounters));
    }

    [Fact]
    public void A_cap_is_reached_when_the_last_ticket_it_allows_is_taken()
    {
        var capped = SmallOffice.Office with
        {
            Areas = [Area with { Services = [.. Area.Services.Select(s => s.Id == Passport ? s with { DailyCap = 2 } : s)] }]
        };
        var facts = Of(Day, [Waited(1, Nine), Waited(1, Nine.AddMinutes(9)) with { FromArea = "upstairs" }, Waited(1, Nine.AddMinutes(10)),
            Waited(1, Nine.AddMinutes(20))]);
        var reached = Assert.Single(OfficeReport.Of([facts], Scope(Day, capped)).CapsReached);
        Assert.Equal((2, 3, Nine.AddMinutes(10)), (reached.Cap, reached.Taken, reached.At));
    }

    [Fact]
    public void Nothing_is_told_about_single_clerks_unless_the_authority_says_so()
    {
        var (key, entries) = PlausibleDay.Of(SmallOffice.Office, Area, Day, 3);
        var facts = DayFacts.Of(key, entries.SelectMany(e => e.Events), perClerk: true);
        Assert.DoesNotContain(OfficeReport.Of([facts], Scope(Day)).Times, t => t.By is By.Clerk);
        var allowed = OfficeReport.Of([facts], Scope(Day, SmallOffice.Office with { Reports = new(PerClerk: true) }));
        Assert.Contains(allowed.TimesOf(Measure.Service, By.Clerk).Groups, g => g.Key == "clerk-1");
    }

    [Fact]
    public void Nothing_happened_is_an_empty_report_and_not_an_error()
    {
        var report = OfficeReport.Of([], Scope(Day));
        Assert.Empty(report.Days);
        Assert.Empty(report.Load);
        Assert.Empty(report.Forecasts);
        Assert.Equal(0, report.TimesOf(Measure.Wait, By.Hour).All.Count);
    }

    [Fact]
    public void Every_way_to_count_a_generated_day_comes_to_the_same_sum()
    {
        var facts = PlausibleWeeks.WorkingDays(Day, 10).Select(day => PlausibleDay.Of(SmallOffice.Office, Area, day, 11))
            .Select(day => DayFacts.Of(day.Key, day.Entries.SelectMany(e => e.Events))).ToArray();
        var report = OfficeReport.Of(facts, new(SmallOffice.Office, new(Day.AddDays(-27), Day), Nine));
        var tickets = facts.Sum(f => f.Tickets.Count);
        Assert.Equal(tickets, report.Services.Sum(s => s.Served + s.Missed + s.CancelledByCitizen + s.CancelledByClerk + s.Transferred
            + s.Expired + s.Lapsed + s.Open));
        Assert.Equal(tickets, report.Days.Sum(d => d.Tickets));
        Assert.All(Enum.GetValues<Measure>(), measure => Assert.All([By.Hour, By.Weekday, By.Service, By.Counter], by =>
            Assert.Equal(report.TimesOf(measure, by).All.Count, report.TimesOf(measure, by).Groups.Sum(g => g.Times.Count))));
        Assert.Equal(tickets, report.Load.Sum(q => q.Arrivals) * 10, 6);
        Assert.Equal(report.Missed.Where(m => m.By is By.Service).Sum(m => m.Called), report.Missed.Where(m => m.By is By.Hour)
            .Sum(m => m.Called));
    }
}
