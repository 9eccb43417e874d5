using Aufruf.Domain.Appointments;
using Aufruf.Portal.Staff.Feeds;
using Aufruf.Portal.Texts;

namespace Aufruf.Hub.Appointments;

/// <summary>An office's appointments for calendar programs, from the weeks that this hub knows. No personal data: such programs keep
/// what they read on foreign servers.</summary>
internal sealed class StaffFeeds(CalendarWeeks weeks, StaffAppointments appointments, TimeProvider clock)
{
    private const int DaysBack = 14;

    /// <param name="calendar">"buergerservice"; null: all calendars.</param>
    public string Of(Office office, string? calendar, PortalTexts words)
    {
        // From a Monday on: the same file all week, as long as no appointment changes.
        var since = office.Day(clock.GetUtcNow()).MondayOfItsWeek().AddDays(-DaysBack);
        var shown = weeks.All
            .Where(known => known.Key.Authority == office.Authority.Id && (calendar is null || known.Key.Calendar == calendar))
            .SelectMany(known => known.Week.Appointments.Values)
            .Where(a => a.Office == office.Id && a.ConfirmedAt is not null && office.Day(a.From) >= since
                && a.State is AppointmentState.Confirmed or AppointmentState.CheckedIn or AppointmentState.Cancelled)
            .OrderBy(a => a.From).ThenBy(a => a.Id.Value);
        return FeedFile.Of(office.Name.In(words.Language), office.TimeZone, new(since, default, TimeSpan.Zero),
            shown.Select(a => EntryOf(office, a, words)));
    }

    private FeedEntry EntryOf(Office office, Appointment appointment, PortalTexts words)
    {
        var services = string.Join(", ", appointment.Services.Select(wanted =>
            (office.Service(wanted.Service)?.Service.Name.In(words.Language) ?? wanted.Service.ToString())
            + (wanted.Persons > 1 ? $" ({wanted.Persons})" : "")));
        return new(appointment.Origin, appointment.Sequence, appointment.From, appointment.Minutes,
            appointments.NumberOf(office, appointment.Ticket) is { } number ? $"{number} {services}" : services,
            appointment.Kind switch
            {
                AppointmentKind.Phone => words["place.phone"],
                AppointmentKind.Video => words["place.video"],
                _ => office.Name.In(words.Language),
            },
            appointment.State is AppointmentState.Cancelled, appointment.ConfirmedAt ?? appointment.From);
    }
}
