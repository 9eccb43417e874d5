using Aufruf.Domain.Offices;
using static Aufruf.Tests.Domain.HoursOf;

namespace Aufruf.Tests.Domain;

public class OpeningHoursTests
{
    // 2026-11-23 is a Monday.
    private static readonly OpeningHours Usual = new(
        [Series("mo tu we th fr", "08:00-12:30"), Series("th", "14:00-18:00")],
        [On("2026-12-24"), On("2026-12-28", "2026-12-31", "08:00-12:00"), On("2026-12-30")]);

    [Theory]
    [InlineData("2026-11-23", "08:00-12:30")]
    [InlineData("2026-11-26", "08:00-12:30 14:00-18:00")] // A lunch break on Thursday.
    [InlineData("2026-11-28", "closed")]
    [InlineData("2026-11-29", "closed")]
    public void Regular_hours_return_every_week(string day, string hours) => Assert.Equal(hours, Usual.Told(day));

    [Theory]
    [InlineData("2026-12-24", "closed")]
    [InlineData("2026-12-23", "08:00-12:30")]
    [InlineData("2026-12-28", "08:00-12:00")] // Shortened days between the years, first and last included.
    [InlineData("2026-12-31", "08:00-12:00")]
    [InlineData("2026-12-30", "08:00-12:00")] // Of two exceptions the first decides.
    [InlineData("2027-01-04", "08:00-12:30")]
    public void An_exception_decides_its_days_alone(string day, string hours) => Assert.Equal(hours, Usual.Told(day));

    [Fact]
    public void An_exception_may_open_a_day_that_is_usually_closed() =>
        Assert.Equal("10:00-14:00", (Usual with { Exceptions = [On("2026-11-29", null, "10:00-14:00")] }).Told("2026-11-29")); // An open Sunday, for an election.

    [Theory]
    [InlineData("08:00-12:00", "10:00-16:00", "08:00-16:00")]
    [InlineData("08:00-12:00", "12:00-16:00", "08:00-16:00")]
    [InlineData("08:00-16:00", "10:00-12:00", "08:00-16:00")]
    [InlineData("14:00-16:00", "08:00-12:00", "08:00-12:00 14:00-16:00")]
    [InlineData("08:00-12:00", "00:00-24:00", "00:00-24:00")]
    public void Hours_of_several_series_are_added_up(string one, string other, string hours)
    {
        Assert.Equal(hours, new OpeningHours([Daily(one), Daily(other)], []).Told("2026-11-23"));
        Assert.Equal(hours, new OpeningHours([], [On("2026-11-23", null, one, other)]).Told("2026-11-23"));
    }

    [Theory]
    [InlineData("2026-12-14", "closed")]
    [InlineData("2026-12-21", "08:00-12:00")] // ISO week 52 of 2026 ...
    [InlineData("2026-12-28", "closed")] // ... week 53 ...
    [InlineData("2027-01-04", "08:00-12:00")] // ... week 1 of 2027: by even week numbers it would be the wrong one from here on.
    [InlineData("2027-01-11", "closed")]
    [InlineData("2026-01-05", "08:00-12:00")]
    [InlineData("2025-12-22", "closed")] // Before it began.
    public void Every_other_week_is_counted_from_an_anchor_and_not_by_week_numbers(string day, string hours) =>
        Assert.Equal(hours, new OpeningHours([Series("mo", "08:00-12:00") with { EveryWeeks = 2, Since = Date("2026-01-05") }], []).Told(day));

    [Fact]
    public void The_anchor_may_be_any_day_of_its_week()
    {
        var hours = new OpeningHours([Series("mo fr", "08:00-12:00") with { EveryWeeks = 3, Since = Date("2026-01-07") }], []);
        Assert.Equal(["closed", "08:00-12:00", "closed", "08:00-12:00"],
            ((string[])["2026-01-05", "2026-01-09", "2026-01-16", "2026-01-26"]).Select(hours.Told));
    }

    [Theory]
    [InlineData("2026-11-07", "10:00-13:00")] // First Saturday.
    [InlineData("2026-11-14", "closed")]
    [InlineData("2026-11-21", "10:00-13:00")] // Third.
    [InlineData("2026-11-28", "10:00-13:00")] // Fourth, and the last.
    [InlineData("2026-08-29", "10:00-13:00")] // Fifth, and the last.
    [InlineData("2026-08-22", "closed")] // Fourth, but not the last.
    [InlineData("2028-02-26", "10:00-13:00")] // Last of a February with 29 days ...
    [InlineData("2032-02-28", "10:00-13:00")] // ... even when the 29th is a Sunday.
    public void Some_weeks_of_a_month_are_counted_by_weekday(string day, string hours) => Assert.Equal(hours,
        new OpeningHours([Series("sa", "10:00-13:00") with { OfMonth = [WeekOfMonth.First, WeekOfMonth.Third, WeekOfMonth.Last] }], []).Told(day));

    [Theory]
    [InlineData("2028-02-29", "08:00-12:00")]
    [InlineData("2028-03-07", "closed")]
    [InlineData("2028-02-01", "08:00-12:00")]
    [InlineData("2028-01-25", "closed")]
    public void A_series_has_a_first_and_a_last_day(string day, string hours) => Assert.Equal(hours, // The 29th of February 2028 is a Tuesday.
        new OpeningHours([Series("tu", "08:00-12:00") with { Since = Date("2028-02-01"), Until = Date("2028-02-29") }], []).Told(day));

    [Theory]
    [InlineData("00:00", 0)]
    [InlineData("08:30", 510)]
    [InlineData("24:00", 1440)]
    [InlineData("24:01", null)]
    [InlineData("8:30", null)]
    [InlineData("08:60", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_time_on_the_wall_goes_from_0_to_24_hours(string? text, int? minutes)
    {
        Assert.Equal(minutes, WallTime.Parse(text)?.Minutes);
        Assert.True(minutes is null || WallTime.Parse(text).ToString() == text);
    }
}
