using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Ends an appointment once the one that replaces it is booked: at once, and after a crash by a process.</summary>
internal sealed class Moves(OfficeDirectory offices, IGrainFactory grains, TimeProvider clock)
{
    /// <returns>False: the other one was moved or cancelled meanwhile, so this one ends. Its code leads to the other one.</returns>
    public async Task<bool> CompleteAsync(CalendarWeekKey week, Appointment moved)
    {
        if (moved.Replaces is not { } replaced)
        {
            return true;
        }

        var here = new AppointmentRef(week, moved.Id);
        await MoveAwayAsync(replaced, here);
        if ((await grains.GetGrain<ICalendarWeekGrain>(replaced.Week.Stream).View()).Find(replaced.Id)?.MovedTo is var to && to == here)
        {
            return true;
        }

        await MoveAwayAsync(here, to ?? replaced);
        return false;
    }

    private Task<Answer<CalendarEvent>> MoveAwayAsync(AppointmentRef from, AppointmentRef to)
    {
        var now = clock.GetUtcNow();
        var publicAt = offices.Find(from.Week.OfficeKey)?.Calendar(from.Week.Calendar) is { } calendar
            ? Bookings.PublicAgainAt(calendar, now) : now;
        return grains.GetGrain<ICalendarWeekGrain>(from.Week.Stream).Handle(
            Bookings.RequestOf($"move {from.Week} {from.Id} {to.Week} {to.Id}"), new CalendarCommand.MoveAway(from.Id, to, publicAt));
    }
}
