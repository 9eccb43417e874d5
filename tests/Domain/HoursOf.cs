using System.Globalization;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain;

/// <summary>Opening hours as tests write them: Series("mo tu", "08:00-12:30").</summary>
internal static class HoursOf
{
    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static HoursSpan Span(string text) => new(WallTime.Parse(text[..5]) ?? throw new FormatException(text), WallTime.Parse(text[6..])
        ?? throw new FormatException(text));

    public static HoursSeries Series(string days, string span) =>
        new([.. days.Split(' ').Select(d => (Weekday)Array.IndexOf(["mo", "tu", "we", "th", "fr", "sa", "su"], d))], Span(span).From,
            Span(span).To);

    public static HoursSeries Daily(string span) => Series("mo tu we th fr sa su", span);

    public static OpeningHours Week(string span) => new([Daily(span)], []);

    public static HoursException On(string first, string? last = null, params string[] spans) =>
        new(Date(first), Date(last ?? first), [.. spans.Select(Span)]);

    public static Office Office(OpeningHours? hours) => SmallOffice.Office with { Hours = hours };

    public static Office Office(params HoursSeries[] series) => Office(new OpeningHours(series, []));

    /// <summary>"08:00-12:30 14:00-16:00", or "closed".</summary>
    public static string TextOf(this OpeningHours hours, string day) => hours.On(Date(day)) is { Count: > 0 } spans
        ? string.Join(' ', spans)
        : "closed";

    /// <summary>In hours and minutes of UTC.</summary>
    public static string TextInUtc(this Office office, string day) => office.OpenOn(Date(day)) is { Count: > 0 } spans
        ? string.Join(' ', spans.Select(s => $"{s.From.UtcDateTime:HH:mm}-{s.To.UtcDateTime:HH:mm}"))
        : "closed";
}
