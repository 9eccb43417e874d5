using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens.Mine;
using Ical.Net.CalendarComponents;
using Ical.Net.Serialization;
using IcsEvent = Ical.Net.CalendarComponents.CalendarEvent;

namespace Aufruf.Portal.Staff.Feeds;

/// <summary>One appointment in a calendar that clerks subscribe to. It names services and a number, and no citizen.</summary>
/// <param name="Origin">The first of a row of moved appointments: the UID, as in the citizen's file.</param>
/// <param name="At">When it was confirmed. A second reading gives the same file.</param>
public sealed record FeedEntry(AppointmentId Origin, int Sequence, DateTimeOffset From, int Minutes, string Summary, string Place,
    bool IsCancelled, DateTimeOffset At);

/// <summary>Appointments as a calendar to subscribe to (RFC 5545).</summary>
public static class FeedFile
{
    /// <param name="name">How calendar programs show it.</param>
    /// <param name="since">Its entries begin then or later.</param>
    public static string Of(string name, string timeZone, DateTimeOffset since, IEnumerable<FeedEntry> entries)
    {
        var calendar = new Ical.Net.Calendar { Method = "PUBLISH", ProductId = CalendarFile.Product };
        calendar.AddProperty("X-WR-CALNAME", name);
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone(timeZone, since.UtcDateTime.AddYears(-1), includeHistoricalData: false));
        foreach (var entry in entries)
        {
            calendar.Events.Add(new IcsEvent
            {
                Uid = entry.Origin.ToString(),
                Sequence = entry.Sequence + (entry.IsCancelled ? 1 : 0),
                Status = entry.IsCancelled ? "CANCELLED" : "CONFIRMED",
                DtStamp = new(entry.At.UtcDateTime, "UTC"),
                Start = CalendarFile.Local(entry.From, timeZone),
                End = CalendarFile.Local(entry.From.AddMinutes(entry.Minutes), timeZone),
                Summary = entry.Summary,
                Location = entry.Place,
            });
        }

        return new CalendarSerializer().SerializeToString(calendar) ?? throw new FormatException($"{name} gives no calendar.");
    }
}
