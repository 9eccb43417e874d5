using System.Globalization;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Microsoft.Extensions.Primitives;

namespace Aufruf.Portal.Citizens.Wishing;

/// <summary>The offices and times that suit, as they stand in addresses: at=rathaus&amp;when=mo-morning&amp;first=2026-12-01.</summary>
/// <param name="Offices">Ids without the authority; empty: any.</param>
/// <param name="When">"mo-morning", "mo-afternoon"; empty: at any time.</param>
/// <param name="First">As typed; the earliest day that suits.</param>
/// <param name="Last">As typed; the last one.</param>
public sealed record WishTimes(IReadOnlyList<string> Offices, IReadOnlyList<string> When, string? First, string? Last)
{
    public const string Morning = "morning", Afternoon = "afternoon";

    private const int MostParts = 50;

    private static readonly WallTime Noon = WallTime.At(12);

    /// <summary>The days and halves that can be chosen, each with its value in the form.</summary>
    public static IReadOnlyList<(Weekday Day, string Morning, string Afternoon)> Choices { get; } =
    [
        .. from day in Enum.GetValues<Weekday>()
           where day is not Weekday.Sunday
           let name = Short(day)
           select (day, $"{name}-{Morning}", $"{name}-{Afternoon}"),
    ];

    /// <summary>Values that nobody could have chosen are left out.</summary>
    public static WishTimes Of(StringValues offices, StringValues when, string? first, string? last) => new(
        [.. offices.OfType<string>().Where(office => office.Length is > 0 and <= 60).Distinct().Take(MostParts)],
        [.. Choices.SelectMany(day => (string[])[day.Morning, day.Afternoon]).Where(value => when.Contains(value))], first, last);

    /// <summary>Null: none was typed, or it is not a date.</summary>
    public static DateOnly? DateOf(string? typed) => DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture,
        DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The parts of an address, or the hidden fields of a form.</summary>
    public IEnumerable<(string Name, string? Value)> Parts =>
    [
        .. Offices.Select(office => ("at", (string?)office)), .. When.Select(when => ("when", (string?)when)), ("first", First),
            ("last", Last),
    ];

    /// <summary>Days with the same hours are one window.</summary>
    public IReadOnlyList<WishWindow> Windows =>
    [
        .. from day in Choices
           let hours = (When.Contains(day.Morning), When.Contains(day.Afternoon))
           where hours is not (false, false)
           group day.Day by hours into same
           select new WishWindow([.. same], same.Key.Item1 ? WallTime.DayBegins : Noon, same.Key.Item2 ? WallTime.DayEnds : Noon),
    ];

    /// <summary>"vormittags (bis 12 Uhr)", or the hours where they are others.</summary>
    public static string HoursOf(WishWindow window, CitizenPage page) =>
        window.From == WallTime.DayBegins && window.To == WallTime.DayEnds ? page.Texts["wish.allday"]
        : window.From == WallTime.DayBegins && window.To == Noon ? page.Texts["wish.morning"]
        : window.From == Noon && window.To == WallTime.DayEnds ? page.Texts["wish.afternoon"]
        : $"{window.From}–{window.To}";

    /// <summary>"Montag", in the reader's language.</summary>
    public static string NameOf(Weekday day, CitizenPage page) =>
        page.Texts.Culture.DateTimeFormat.GetDayName((DayOfWeek)(((int)day + 1) % 7));

    private static string Short(Weekday day) => day switch
    {
        Weekday.Monday => "mo",
        Weekday.Tuesday => "tu",
        Weekday.Wednesday => "we",
        Weekday.Thursday => "th",
        Weekday.Friday => "fr",
        _ => "sa",
    };
}
