using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Outbox;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Appointments;

/// <summary>Reminds a citizen of an appointment, with a link to cancel it. One that was cancelled or moved meanwhile has no mail.</summary>
internal sealed class Reminders(Notices notices, IGrainFactory grains) : IDeadlineHandler
{
    private const string Name = "appointment-reminder";

    public string Kind => Name;

    /// <param name="hours">How long before; 0: the calendar reminds of nothing.</param>
    public static Task SetAsync(IDeadlines deadlines, CalendarWeekKey week, Appointment appointment, Cause cause, int hours) =>
        hours > 0 && appointment.From.AddHours(-hours) is var at && at > appointment.ConfirmedAt
            ? deadlines.SetAsync(week.Authority, Bookings.RequestOf($"{Name} {week} {appointment.Id}"),
                new(Name, string.Create(CultureInfo.InvariantCulture, $"{week}/{appointment.Id}/{cause.Version}"), at))
            : Task.CompletedTask;

    public async Task CarryOutAsync(Deadline deadline, RequestId request)
    {
        if (deadline.About.Split('/') is not [var name, var id, var version] || !CalendarWeekKey.TryParse(name, out var week))
        {
            throw new InvalidOperationException($"'{deadline.About}' is no appointment.");
        }

        var found = (await grains.GetGrain<ICalendarWeekGrain>(week.Value.Stream).View()).Find(new(Guid.Parse(id)));
        if (found is { State: AppointmentState.Confirmed })
        {
            await notices.SendAsync(NoticeKind.Reminder, week.Value, found,
                new(week.Value.Stream, long.Parse(version, CultureInfo.InvariantCulture)), found.From);
        }
    }
}
