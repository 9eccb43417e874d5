using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Ends an appointment once the one that replaces it is booked: at once, and after a crash by a process.</summary>
internal sealed class Moves(OfficeDirectory offices, IGrainFactory grains, TimeProvider clock)
{
    /// <returns>False: the other one was moved or cancelled meanwhile, or got another mail address. So this one ends, and its code leads
    /// to the other one.</returns>
    public async Task<bool> CompleteAsync(CalendarWeekKey week, Appointment moved)
    {
        if (moved.Replaces is not { } replaced)
        {
            return true;
        }

        var (here, now) = (new AppointmentRef(week, moved.Id), clock.GetUtcNow());
        if (await FindAsync(here) is { MovedTo: null } present) // One that was taken back stays so: each would lead to the other.
        {
            await MoveAwayAsync(replaced, here, offices.Find(replaced.Week.OfficeKey)?.Calendar(replaced.Week.Calendar) is { } calendar
                ? Bookings.PublicAgainAt(calendar, now) : now, present.CopiedSeal);
        }

        if ((await FindAsync(replaced))?.MovedTo is var to && to == here)
        {
            return true;
        }

        await MoveAwayAsync(here, to ?? replaced, now, copiedSeal: null); // Its slot was taken a moment ago, so nobody waits for it.
        return false;
    }

    private Task<Appointment?> FindAsync(AppointmentRef place) =>
        grains.GetGrain<ICalendarWeekGrain>(place.Week.Stream).FindById(place.Id);

    private Task<Answer<CalendarEvent>> MoveAwayAsync(AppointmentRef from, AppointmentRef to, DateTimeOffset publicAt, int? copiedSeal) =>
        grains.GetGrain<ICalendarWeekGrain>(from.Week.Stream).Handle(
            Bookings.RequestOf($"move {from.Week} {from.Id} {to.Week} {to.Id}"),
            new CalendarCommand.MoveAway(from.Id, to, publicAt) { CopiedSeal = copiedSeal });
}
