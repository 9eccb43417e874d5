using System.Globalization;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain;

public class OfficeClockTests
{
    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-11-23T22:59:59Z", "2026-11-23")]
    [InlineData("2026-11-23T23:00:00Z", "2026-11-24")]
    [InlineData("2026-03-28T22:59:59Z", "2026-03-28")] // The night clocks go forward: still winter time at midnight.
    [InlineData("2026-03-29T21:59:59Z", "2026-03-29")]
    [InlineData("2026-03-29T22:00:00Z", "2026-03-30")]
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25")] // The night clocks go back: still summer time at midnight.
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25")]
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25")]
    [InlineData("2026-10-25T23:00:00Z", "2026-10-26")]
    public void A_day_is_the_date_on_the_offices_wall(string instant, string day) =>
        Assert.Equal(DateOnly.Parse(day, CultureInfo.InvariantCulture), SmallOffice.Office.Day(Instant(instant)));

    [Theory]
    [InlineData("Europe/Berlin", "2026-11-23T10:00:00Z", "2026-11-23T23:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-28T23:30:00Z", "2026-03-29T22:00:00Z")] // A day of 23 hours.
    [InlineData("Europe/Berlin", "2026-10-24T22:30:00Z", "2026-10-25T23:00:00Z")] // A day of 25 hours.
    [InlineData("America/Havana", "2026-03-07T12:00:00Z", "2026-03-08T05:00:00Z")] // There midnight itself is skipped: the day begins at 1:00.
    [InlineData("America/Havana", "2026-10-31T12:00:00Z", "2026-11-01T04:00:00Z")] // And in autumn 0:30 comes twice: the first begins the day.
    public void The_next_day_begins_at_the_first_instant_of_its_date(string zone, string instant, string begins)
    {
        var office = SmallOffice.Office with { TimeZone = zone };
        var next = office.NextDay(Instant(instant));
        Assert.Equal(Instant(begins), next);
        Assert.Equal(office.Day(Instant(instant)).AddDays(1), office.Day(next));
        Assert.Equal(office.Day(Instant(instant)), office.Day(next.AddSeconds(-1)));
    }

    [Fact]
    public void A_queue_belongs_to_the_day_of_the_office() =>
        Assert.Equal("town.rathaus.hall.2026-11-24", SmallOffice.Office.QueueOf(SmallOffice.Area, Instant("2026-11-23T23:30:00Z")).ToString());
}
