namespace Aufruf.Domain.Offices;

/// <summary>The clock on an office's wall: the one place where an instant becomes local time, and local time an instant.</summary>
/// <remarks>A day begins at the first instant of its date. It exists once in every zone, so clock changes neither repeat nor skip a
/// day.</remarks>
public static class OfficeClock
{
    public static DateTimeOffset LocalTime(this Office office, DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, office.Zone());

    public static DateOnly Day(this Office office, DateTimeOffset instant) => DateOnly.FromDateTime(office.LocalTime(instant).DateTime);

    public static QueueKey QueueOf(this Office office, WaitingArea area, DateTimeOffset instant) =>
        new(office.Authority.Id, office.Id, area.Id, office.Day(instant));

    /// <summary>The instant at which the next day begins.</summary>
    public static DateTimeOffset NextDay(this Office office, DateTimeOffset instant) => office.EndOf(office.Day(instant));

    /// <summary>The instant at which a day is over.</summary>
    public static DateTimeOffset EndOf(this Office office, DateOnly day) => office.Instant(day, WallTime.DayEnds);

    /// <summary>The first instant at which the wall shows this time, in UTC.</summary>
    /// <remarks>
    /// A time skipped in spring (02:30) becomes the first that exists (03:00).
    /// A time that comes twice in autumn is the first one, for an opening and for a closing: so consecutive hours never overlap.
    /// </remarks>
    public static DateTimeOffset Instant(this Office office, DateOnly day, WallTime time)
    {
        var zone = office.Zone();
        var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(time.Minutes);
        // No clock jumps by more than an hour or two.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static TimeZoneInfo Zone(this Office office) => TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone);
}
