namespace Aufruf.Domain.Offices;

/// <summary>The public holidays of a German state. Only those of North Rhine-Westphalia are built in; others stand in the file.</summary>
[JsonConverter(typeof(KebabEnum<HolidaysOf>))]
public enum HolidaysOf { None, Nw }

/// <remarks>Source: Feiertagsgesetz NW, § 2.</remarks>
public static class PublicHolidays
{
    /// <summary>The holiday's name; null: it is none.</summary>
    public static Texts? NameOf(this HolidaysOf state, DateOnly day) =>
        state is HolidaysOf.None ? null : (day.Month, day.Day) switch
        {
            (1, 1) => Named("Neujahr", "New Year’s Day"),
            (5, 1) => Named("Tag der Arbeit", "Labour Day"),
            (10, 3) => Named("Tag der Deutschen Einheit", "Day of German Unity"),
            (11, 1) => Named("Allerheiligen", "All Saints’ Day"),
            (12, 25) => Named("Erster Weihnachtstag", "Christmas Day"),
            (12, 26) => Named("Zweiter Weihnachtstag", "Second day of Christmas"),
            _ => (day.DayNumber - EasterOf(day.Year).DayNumber) switch
            {
                -2 => Named("Karfreitag", "Good Friday"),
                1 => Named("Ostermontag", "Easter Monday"),
                39 => Named("Christi Himmelfahrt", "Ascension Day"),
                50 => Named("Pfingstmontag", "Whit Monday"),
                60 => Named("Fronleichnam", "Corpus Christi"),
                _ => null,
            },
        };

    /// <summary>Easter Sunday of the Gregorian calendar. Source: Meeus/Jones/Butcher.</summary>
    public static DateOnly EasterOf(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
        var h = ((19 * a) + b - d - ((b - f + 1) / 3) + 15) % 30;
        var l = (32 + (2 * e) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new(year, n / 31, (n % 31) + 1);
    }

    private static Texts Named(string german, string english) => new() { ["de"] = german, ["en"] = english };
}
