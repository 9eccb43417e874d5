using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Offices;

/// <summary>Which day it is at an office: the one place where the hub turns an instant into local time.</summary>
/// <remarks>A day begins at the first instant of its date, which exists and is unique in every zone; so clock changes cannot repeat or skip a day.</remarks>
public static class OfficeClock
{
    public static DateTimeOffset LocalTime(this Office office, DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone));

    public static DateOnly Day(this Office office, DateTimeOffset instant) => DateOnly.FromDateTime(office.LocalTime(instant).DateTime);

    public static QueueKey QueueOf(this Office office, WaitingArea area, DateTimeOffset instant) =>
        new(office.Authority.Id, office.Id, area.Id, office.Day(instant));

    /// <summary>The instant at which the next day begins.</summary>
    public static DateTimeOffset NextDay(this Office office, DateTimeOffset instant)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone);
        var midnight = office.Day(instant).AddDays(1).ToDateTime(TimeOnly.MinValue);
        // Some zones change their clocks at midnight; then the day begins with the first time that exists.
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(1);
        }

        return new DateTimeOffset(midnight, zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight));
    }
}
