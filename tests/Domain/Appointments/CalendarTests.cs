using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;
using static Aufruf.Tests.Domain.Appointments.CalendarOf;
using static Aufruf.Tests.Domain.HoursOf;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>When a calendar gives appointments, and how long they are.</summary>
public class CalendarTests
{
    private static CalendarSeries Mondays => CalendarOf.Series("mo", "08:00-12:00", 2);

    [Theory]
    [InlineData("2026-11-23", "08:00-12:00 x2")]
    [InlineData("2026-11-24", "none")]
    [InlineData("2026-11-30", "08:00-12:00 x2")]
    public void A_series_returns_every_week(string day, string spans) => Assert.Equal(spans, Calendar(Mondays).TextOf(day));

    [Theory]
    [InlineData("2026-12-21", "08:00-12:00 x2")]
    [InlineData("2026-12-28", "none")] // Week 53.
    [InlineData("2027-01-04", "08:00-12:00 x2")]
    public void A_series_of_every_other_week_counts_from_its_first(string day, string spans) =>
        Assert.Equal(spans, Calendar(Mondays with { EveryWeeks = 2, Since = Date("2026-11-23") }).TextOf(day));

    [Theory]
    [InlineData("2026-12-07", "08:00-12:00 x2")]
    [InlineData("2026-12-14", "none")]
    [InlineData("2026-12-28", "08:00-12:00 x2")]
    public void A_series_may_apply_on_the_first_and_the_last_monday_of_a_month(string day, string spans) =>
        Assert.Equal(spans, Calendar(Mondays with { OfMonth = [WeekOfMonth.First, WeekOfMonth.Last] }).TextOf(day));

    [Theory]
    [InlineData("2026-11-23", "none")]
    [InlineData("2026-11-30", "08:00-12:00 x2")]
    [InlineData("2026-12-14", "08:00-12:00 x2")]
    [InlineData("2026-12-21", "none")]
    public void A_series_and_a_calendar_have_a_first_and_a_last_day(string day, string spans)
    {
        var (since, until) = (Date("2026-11-30"), Date("2026-12-14"));
        Assert.Equal(spans, Calendar(Mondays with { Since = since, Until = until }).TextOf(day));
        Assert.Equal(spans, (Calendar(Mondays) with { Since = since, Until = until }).TextOf(day));
    }

    [Fact]
    public void Counters_of_several_series_are_added_up() => Assert.Equal("08:00-12:00 x2 10:00-11:00 x1",
        Calendar(Mondays, CalendarOf.Series("mo", "10:00-11:00")).TextOf("2026-11-23"));

    [Fact]
    public void An_exception_decides_its_days_alone()
    {
        var calendar = Calendar(Mondays) with
        {
            Exceptions = [CalendarOf.On("2026-11-23"), CalendarOf.On("2026-11-23", "2026-11-24", "14:00-15:00")],
        };
        Assert.Equal(["none", "14:00-15:00 x1", "none", "08:00-12:00 x2"],
            ((string[])["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-30"]).Select(day => calendar.TextOf(day)));
    }

    [Fact]
    public void A_closed_day_of_the_office_and_a_public_holiday_have_no_appointments_unless_the_calendar_says_so()
    {
        var hours = new OpeningHours([], [HoursOf.On("2026-12-24"), HoursOf.On("2026-12-28", null, "09:00-10:00")])
        {
            Holidays = HolidaysOf.Nw,
        };
        var calendar = Calendar(CalendarOf.Daily("08:00-12:00")) with { Exceptions = [CalendarOf.On("2026-12-26", null, "10:00-11:00")] };
        Assert.Equal(["none", "none", "10:00-11:00 x1", "08:00-12:00 x1", "08:00-12:00 x1"],
            ((string[])["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27", "2026-12-28"]).Select(day => calendar.TextOf(day, hours)));
        Assert.Equal("08:00-12:00 x1", calendar.TextOf("2026-12-25")); // An office without hours.
    }

    [Theory]
    [InlineData("2026-03-29", "23:00-00:00 00:00-01:00 01:00-02:00")] // 02:00 to 03:00 does not exist ...
    [InlineData("2026-10-25", "22:00-23:00 23:00-00:00 00:00-02:00 02:00-03:00")] // ... and exists twice.
    [InlineData("2028-02-29", "23:00-00:00 00:00-01:00 01:00-02:00 02:00-03:00")]
    public void On_the_days_of_clock_changes_there_are_as_many_pieces_as_hours(string day, string pieces) =>
        Assert.Equal(pieces, Calendar(CalendarOf.Daily("00:00-04:00")).PiecesInUtc(day));

    [Fact]
    public void A_span_that_is_skipped_in_spring_gives_no_appointment() =>
        Assert.Equal("", Calendar(CalendarOf.Daily("02:00-03:00")).PiecesInUtc("2026-03-29"));

    [Theory]
    [InlineData(1, 0, 0, 10)]
    [InlineData(2, 0, 0, 17)]
    [InlineData(5, 0, 0, 38)]
    [InlineData(6, 0, 0, null)]
    [InlineData(0, 3, 0, 45)] // Each further person as long as the first.
    [InlineData(0, 0, 2, 5)] // The second person costs no time.
    [InlineData(0, 0, 3, null)]
    [InlineData(2, 1, 1, 37)]
    [InlineData(0, 0, 0, null)]
    public void An_appointment_is_as_long_as_its_services_and_persons_need(int passports, int residences, int collections, int? minutes)
    {
        Wanted[] all =
            [new(SmallOffice.Passport, passports), new(SmallOffice.Residence, residences), new(SmallOffice.Collection, collections)];
        Assert.Equal(minutes, Calendar().MinutesOf([.. all.Where(w => w.Persons > 0)]));
    }

    [Fact]
    public void A_service_is_wanted_once_by_at_least_one_person_and_must_be_offered()
    {
        Assert.Null(Calendar().MinutesOf([new(SmallOffice.Passport, 5), new(SmallOffice.Passport, 5)])); // A way around the most persons.
        Assert.Null(Calendar().MinutesOf([new(SmallOffice.Passport, 0)]));
        Assert.Null(Calendar().MinutesOf([new(SmallOffice.Passport), new(new("dog"))]));
    }

    [Theory]
    [InlineData("calendar/town.rathaus.service.2026-11-23", true)]
    [InlineData("calendar/town.rathaus.service.2026-11-24", false)] // A Tuesday.
    [InlineData("calendar/town.rathaus.2026-11-23", false)]
    [InlineData("calendar/.rathaus.service.2026-11-23", false)]
    [InlineData("calendar/town.rathaus.service.x.2026-11-23", false)]
    [InlineData("queue/town.rathaus.service.2026-11-23", false)]
    public void A_week_is_named_by_its_monday(string stream, bool isOne)
    {
        Assert.Equal(isOne, CalendarWeekKey.TryParseStream(stream, out var key));
        Assert.Equal(isOne ? stream : null, key?.Stream);
        Assert.True(!isOne || key == CalendarWeekKey.Of(SmallOffice.Office, "service", Date("2026-11-29")));
    }
}
