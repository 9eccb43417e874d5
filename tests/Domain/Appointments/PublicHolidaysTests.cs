using Aufruf.Domain.Offices;
using static Aufruf.Tests.Domain.HoursOf;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>The public holidays of North Rhine-Westphalia.</summary>
public class PublicHolidaysTests
{
    // The dates of Easter Sunday, as any calendar of these years has them.
    private static readonly Dictionary<int, string> Easter = new()
    {
        [2024] = "03-31", [2025] = "04-20", [2026] = "04-05", [2027] = "03-28", [2028] = "04-16", [2029] = "04-01",
        [2030] = "04-21", [2031] = "04-13", [2032] = "03-28", [2033] = "04-17", [2034] = "04-09", [2035] = "03-25",
    };

    [Fact]
    public void Easter_is_where_it_is_known_to_be()
    {
        Assert.All(Easter, known => Assert.Equal(Date($"{known.Key}-{known.Value}"), PublicHolidays.EasterOf(known.Key)));
        Assert.Equal(Date("2038-04-25"), PublicHolidays.EasterOf(2038)); // The latest there can be.
    }

    [Fact]
    public void A_year_has_eleven_public_holidays_by_their_names()
    {
        (int AfterEaster, string Name)[] movable =
            [(-2, "Karfreitag"), (1, "Ostermontag"), (39, "Christi Himmelfahrt"), (50, "Pfingstmontag"), (60, "Fronleichnam")];
        (string Day, string Name)[] standing =
        [
            ("01-01", "Neujahr"), ("05-01", "Tag der Arbeit"), ("10-03", "Tag der Deutschen Einheit"), ("11-01", "Allerheiligen"),
            ("12-25", "Erster Weihnachtstag"), ("12-26", "Zweiter Weihnachtstag"),
        ];
        foreach (var (year, easter) in Easter)
        {
            var expected = movable.Select(m => (Date($"{year}-{easter}").AddDays(m.AfterEaster), m.Name))
                .Concat(standing.Select(s => (Date($"{year}-{s.Day}"), s.Name))).Order();
            var first = Date($"{year}-01-01");
            var found = Enumerable.Range(0, first.AddYears(1).DayNumber - first.DayNumber).Select(first.AddDays)
                .Select(day => (day, Name: HolidaysOf.Nw.NameOf(day)?.In("de")))
                .Where(x => x.Name is not null).Select(x => (x.day, x.Name!));
            Assert.Equal(expected, found);
        }
    }

    [Theory]
    [InlineData("2026-04-03", "Karfreitag")]
    [InlineData("2026-05-14", "Christi Himmelfahrt")]
    [InlineData("2026-05-25", "Pfingstmontag")]
    [InlineData("2026-06-04", "Fronleichnam")]
    [InlineData("2027-03-26", "Karfreitag")]
    [InlineData("2027-05-27", "Fronleichnam")]
    [InlineData("2026-04-05", null)] // Easter Sunday is none in North Rhine-Westphalia.
    [InlineData("2026-10-31", null)]
    [InlineData("2026-12-24", null)]
    public void The_dates_of_a_printed_calendar(string day, string? name) => Assert.Equal(name, HolidaysOf.Nw.NameOf(Date(day))?.In("de"));

    [Fact]
    public void An_office_is_closed_on_a_public_holiday_unless_an_exception_opens_it()
    {
        var hours = new OpeningHours([HoursOf.Daily("08:00-12:00")], [On("2026-10-03", null, "10:00-18:00")]) { Holidays = HolidaysOf.Nw };
        Assert.Equal(["closed", "10:00-18:00", "08:00-12:00"],
            ((string[])["2026-05-01", "2026-10-03", "2026-12-24"]).Select(hours.TextOf));
        Assert.Equal("08:00-12:00", (hours with { Holidays = HolidaysOf.None }).TextOf("2026-05-01"));
    }
}
