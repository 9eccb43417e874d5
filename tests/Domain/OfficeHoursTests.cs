using Aufruf.Domain.Offices;
using static Aufruf.Tests.Domain.HoursOf;

namespace Aufruf.Tests.Domain;

/// <summary>Hours of the wall as instants: Berlin is one hour ahead of UTC in winter, two in summer.</summary>
public class OfficeHoursTests
{
    private static readonly Office Usual = Office(new OpeningHours(
        [Series("mo tu we th fr", "08:00-12:30"), Series("th", "14:00-18:00")], [On("2026-12-24", "2027-01-01")]));

    [Theory]
    [InlineData("2026-11-23", "08:00-12:30", "07:00-11:30")]
    [InlineData("2026-07-20", "08:00-12:30", "06:00-10:30")]
    [InlineData("2026-11-23", "00:00-24:00", "23:00-23:00")]
    [InlineData("2026-03-29", "00:00-24:00", "23:00-22:00")] // 23 hours.
    [InlineData("2026-10-25", "00:00-24:00", "22:00-23:00")] // 25 hours.
    [InlineData("2026-03-29", "02:30-06:00", "01:00-04:00")] // 2:30 is skipped: it opens at 3:00, the first time that exists.
    [InlineData("2026-03-29", "01:00-02:30", "00:00-01:00")] // It closes when the clock jumps.
    [InlineData("2026-03-29", "02:00-03:00", "closed")] // The hour that does not exist.
    [InlineData("2026-10-25", "02:30-06:00", "00:30-05:00")] // 2:30 comes twice: it opens the first time ...
    [InlineData("2026-10-25", "01:00-02:30", "23:00-00:30")] // ... and closes the first time.
    [InlineData("2026-10-25", "03:00-06:00", "02:00-05:00")]
    public void A_day_of_hours_becomes_instants(string day, string hours, string utc) => Assert.Equal(utc, Office(Daily(hours)).ToldInUtc(day));

    [Fact]
    public void Where_the_clock_jumps_at_midnight_the_day_opens_with_its_first_instant() =>
        Assert.Equal("05:00-16:00", (Office(Daily("00:00-12:00")) with { TimeZone = "America/Havana" }).ToldInUtc("2026-03-08"));

    [Theory]
    [InlineData("2026-11-26T06:59:59Z", false)]
    [InlineData("2026-11-26T07:00:00Z", true)]
    [InlineData("2026-11-26T11:29:59Z", true)]
    [InlineData("2026-11-26T11:30:00Z", false)] // Lunch.
    [InlineData("2026-11-26T13:00:00Z", true)]
    [InlineData("2026-11-26T17:00:00Z", false)]
    [InlineData("2026-11-28T09:00:00Z", false)]
    public void An_opening_is_included_and_a_closing_is_not(string instant, bool open) => Assert.Equal(open, Usual.IsOpenAt(Utc(instant)));

    [Theory]
    [InlineData("2026-11-26T09:00:00Z", "2026-11-26T17:00:00Z")] // Thursday: a lunch break does not end the day.
    [InlineData("2026-11-26T12:00:00Z", "2026-11-26T17:00:00Z")]
    [InlineData("2026-11-26T19:00:00Z", "2026-11-26T17:00:00Z")]
    [InlineData("2026-11-27T09:00:00Z", "2026-11-27T11:30:00Z")]
    [InlineData("2026-11-28T09:00:00Z", null)]
    [InlineData("2026-12-24T09:00:00Z", null)]
    public void A_day_closes_with_the_end_of_its_last_hours(string instant, string? closes) =>
        Assert.Equal(closes is null ? null : Utc(closes), Usual.ClosesAt(Utc(instant)));

    [Theory]
    [InlineData("2026-11-26T05:00:00Z", "2026-11-26T07:00:00Z")]
    [InlineData("2026-11-26T12:00:00Z", "2026-11-26T13:00:00Z")] // In the lunch break.
    [InlineData("2026-11-27T15:00:00Z", "2026-11-30T07:00:00Z")] // Friday evening: on Monday.
    [InlineData("2026-12-23T12:00:00Z", "2027-01-04T07:00:00Z")] // Closed over the turn of the year.
    [InlineData("2026-10-23T12:00:00Z", "2026-10-26T07:00:00Z")] // Winter time begins in between.
    [InlineData("2026-03-27T12:00:00Z", "2026-03-30T06:00:00Z")]
    public void Who_comes_too_late_is_told_when_the_doors_open_again(string instant, string opens) =>
        Assert.Equal(Utc(opens), Usual.NextOpening(Utc(instant), TimeSpan.FromDays(14)));

    [Fact]
    public void Nothing_is_promised_beyond_the_horizon()
    {
        Assert.Null(Usual.NextOpening(Utc("2026-12-23T12:00:00Z"), TimeSpan.FromDays(7)));
        Assert.Null(Usual.NextOpening(Utc("2026-11-27T06:00:00Z"), TimeSpan.FromMinutes(59)));
        Assert.Null(Office(Array.Empty<HoursSeries>()).NextOpening(Utc("2026-11-27T06:00:00Z"), TimeSpan.FromDays(400)));
    }

    [Theory]
    [InlineData("2026-11-26T11:25:00Z", true)] // Shortly before lunch: who waits then is served after it.
    [InlineData("2026-11-26T12:00:00Z", false)]
    [InlineData("2026-11-26T16:39:59Z", true)]
    [InlineData("2026-11-26T16:40:00Z", false)]
    [InlineData("2026-11-26T17:00:00Z", false)]
    [InlineData("2026-11-26T06:59:00Z", false)]
    public void Tickets_end_some_minutes_before_the_day_does(string instant, bool takes) => Assert.Equal(takes, Usual.TakesTicketsAt(Utc(instant), 20));

    [Fact]
    public void An_office_without_hours_is_always_open_and_one_without_series_never()
    {
        var (always, never) = (Office((OpeningHours?)null), Office(Array.Empty<HoursSeries>()));
        Assert.True(always.IsOpenAt(Utc("2026-11-29T02:00:00Z")));
        Assert.True(always.TakesTicketsAt(Utc("2026-11-29T22:59:00Z"), 30));
        Assert.Null(always.ClosesAt(Utc("2026-11-29T02:00:00Z")));
        Assert.Equal("23:00-23:00", always.ToldInUtc("2026-11-29"));
        Assert.False(never.IsOpenAt(Utc("2026-11-27T09:00:00Z")));
        Assert.Equal("closed", never.ToldInUtc("2026-11-27"));
    }
}
