using System.Globalization;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>The day on which a posted decision counts as announced, and the last day of the remedy.</summary>
public class AnnouncingTests
{
    [Theory]
    // The fourth day since 2025: a Saturday, so the Monday after it.
    [InlineData("2025-03-11", "2025-03-17", "2025-04-17")]
    // The month ends on Good Friday, and Easter Monday is none either.
    [InlineData("2025-03-14", "2025-03-18", "2025-04-22")]
    // The day of posting decides: before 2025 it was the third day.
    [InlineData("2024-12-30", "2025-01-02", "2025-02-03")]
    [InlineData("2024-12-31", "2025-01-03", "2025-02-03")]
    [InlineData("2025-01-02", "2025-01-06", "2025-02-06")]
    // The fourth day is a Sunday and a holiday.
    [InlineData("2026-04-01", "2026-04-07", "2026-05-07")]
    // 31 January has no 31 February.
    [InlineData("2025-01-27", "2025-01-31", "2025-02-28")]
    [InlineData("2026-12-21", "2026-12-28", "2027-01-28")]
    public void A_posted_notice_is_announced_and_its_remedy_ends(string posted, string announced, string until)
    {
        Assert.Equal(Day(announced), Announcing.AnnouncedOn("ao-122", Day(posted), HolidaysOf.Nw));
        Assert.Equal(Day(until), Announcing.RemedyUntil(Day(announced), 1, HolidaysOf.Nw));
    }

    [Fact]
    public void That_which_is_given_by_hand_is_announced_at_once() =>
        Assert.Equal(new(2026, 11, 29), Announcing.AnnouncedOn("handed-over", new(2026, 11, 29), HolidaysOf.Nw));

    [Fact]
    public void A_law_without_a_rule_for_that_day_gives_none()
    {
        Assert.Null(Announcing.AnnouncedOn("unknown", new(2026, 1, 1), HolidaysOf.Nw));
        Assert.Null(Announcing.AnnouncedOn("ao-122", new(1970, 1, 1), HolidaysOf.Nw));
    }

    [Fact]
    public void No_day_of_twenty_years_is_announced_or_ends_on_a_day_without_work()
    {
        for (var posted = new DateOnly(2020, 1, 1); posted.Year < 2040; posted = posted.AddDays(1))
        {
            var announced = Announcing.AnnouncedOn("ao-122", posted, HolidaysOf.Nw)!.Value;
            Assert.Equal(announced, Announcing.WorkingDayFrom(announced, HolidaysOf.Nw));
            Assert.InRange(announced.DayNumber - posted.DayNumber, posted.Year < 2025 ? 3 : 4, 9);
        }
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
