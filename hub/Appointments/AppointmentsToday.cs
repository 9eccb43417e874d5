using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Appointments;

/// <summary>Counts an office's appointments of today for its screens, again when one of their weeks
/// or the outbox changes.</summary>
internal sealed class AppointmentsToday(SlotSearch search, CalendarWeeks weeks, Reach reach, TimeProvider clock) : IAppointmentsToday
{
    private const int MarkLength = 12;

    private readonly ConcurrentDictionary<string, Known> _known = new();

    private sealed record Known(DateOnly Day, CalendarWeek[] Weeks, Outbox Outbox, DeskAppointments Picture);

    public DeskAppointments? In(Office office)
    {
        var today = office.Day(clock.GetUtcNow());
        var monday = today.MondayOfItsWeek();
        var calendars = search.CalendarsAt(office).Select(o => (Key: CalendarWeekKey.Of(o.Owner, o.Calendar.Id, today),
            Week: weeks.Of(o.Owner, o.Calendar, monday))).ToArray();
        CalendarWeek[] present = [.. calendars.Select(calendar => calendar.Week)];
        var outbox = reach.OutboxOf(office.Authority.Id);
        if (present.Length == 0)
        {
            return null;
        }

        if (_known.TryGetValue(office.Key, out var known) && known.Day == today && known.Outbox == outbox
            && known.Weeks.SequenceEqual(present, ReferenceEqualityComparer.Instance))
        {
            return known.Picture;
        }

        var picture = PictureOf([.. from calendar in calendars
                                 from appointment in calendar.Week.Appointments.Values
                                 where appointment.IsOfDay(office, today)
                                 select (appointment, reach.Of(calendar.Key, appointment.Id))]);
        _known[office.Key] = new(today, present, outbox, picture);
        return picture;
    }

    // The same in every hub: a desk that moves to another one does not read its list again.
    private static DeskAppointments PictureOf((Appointment Booked, NoWay? NoWay)[] appointments) => new(
        appointments.Count(a => a.Booked.State is AppointmentState.Confirmed),
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
            appointments.OrderBy(a => a.Booked.Id.Value)
                .Select(a => $"{a.Booked.Id} {a.Booked.State} {a.Booked.Ticket} {a.NoWay}")))))[..MarkLength]);
}

internal static class AppointmentDay
{
    /// <summary>Whether a clerk's list of a day names it. One that only holds a slot, or is cancelled, is left out.</summary>
    public static bool IsOfDay(this Appointment appointment, Office office, DateOnly day) => appointment.Office == office.Id
        && appointment.State is AppointmentState.Confirmed or AppointmentState.CheckedIn && office.Day(appointment.From) == day;
}
