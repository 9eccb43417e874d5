using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Appointments;

/// <summary>Destroys the citizen's data some days after the appointment. An entry says so, and subscribers delete what they have.</summary>
internal sealed class CitizenDataEnd(Vault vault, IGrainFactory grains, TimeProvider clock) : IDeadlineHandler
{
    internal const string Name = "citizen-data";

    public string Kind => Name;

    public static Task SetAsync(IDeadlines deadlines, CalendarWeekKey week, AppointmentId id, DateTimeOffset keptUntil) =>
        deadlines.SetAsync(week.Authority, Bookings.RequestOf($"{Name} {week} {id}"), new(Name, $"{week}/{id}", keptUntil));

    public async Task CarryOutAsync(Deadline deadline, RequestId request)
    {
        if (deadline.About.Split('/') is not [var name, var id] || !CalendarWeekKey.TryParse(name, out var week))
        {
            throw new InvalidOperationException($"'{deadline.About}' is no appointment.");
        }

        await vault.DestroyDueAsync(clock.GetUtcNow()); // First the key: the entry says that it is done.
        await grains.GetGrain<ICalendarWeekGrain>(week.Value.Stream).Handle(request, new CalendarCommand.Forget(new(Guid.Parse(id))));
    }
}
