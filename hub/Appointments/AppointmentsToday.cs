using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain.Appointments;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Appointments;

/// <summary>Counts an office's appointments of today for its screens, again when one of their weeks changes.</summary>
internal sealed class AppointmentsToday(SlotSearch search, CalendarWeeks weeks, TimeProvider clock) : IAppointmentsToday
{
    private const int MarkLength = 12;

    private readonly ConcurrentDictionary<string, Known> _known = new();

    private sealed record Known(DateOnly Day, CalendarWeek[] Weeks, DeskAppointments Picture);

    public DeskAppointments? In(Office office)
    {
        var today = office.Day(clock.GetUtcNow());
        CalendarWeek[] present = [.. search.CalendarsAt(office).Select(o => weeks.Of(o.Owner, o.Calendar, today.MondayOfItsWeek()))];
        if (present.Length == 0)
        {
            return null;
        }

        if (_known.TryGetValue(office.Key, out var known) && known.Day == today
            && known.Weeks.SequenceEqual(present, ReferenceEqualityComparer.Instance))
        {
            return known.Picture;
        }

        var picture = PictureOf([.. present.SelectMany(week => week.Appointments.Values).Where(a => a.IsOfDay(office, today))]);
        _known[office.Key] = new(today, present, picture);
        return picture;
    }

    // The same in every hub: a desk that moves to another one does not read its list again.
    private static DeskAppointments PictureOf(Appointment[] appointments) => new(
        appointments.Count(a => a.State is AppointmentState.Confirmed),
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
            appointments.OrderBy(a => a.Id.Value).Select(a => $"{a.Id} {a.State} {a.Ticket}")))))[..MarkLength]);
}

internal static class AppointmentDay
{
    /// <summary>Whether a clerk's list of a day names it. One that only holds a slot, or is cancelled, is left out.</summary>
    public static bool IsOfDay(this Appointment appointment, Office office, DateOnly day) => appointment.Office == office.Id
        && appointment.State is AppointmentState.Confirmed or AppointmentState.CheckedIn && office.Day(appointment.From) == day;
}
