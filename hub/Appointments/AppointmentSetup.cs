using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Appointments;

internal static class AppointmentSetup
{
    public static void AddAppointments(this IServiceCollection services, HubOptions hub) => services
        .AddSingleton(new AppointmentSecrets(CommandSettings.VaultKeyIn(hub.Data)))
        .AddSingleton<CalendarWeeks>().AddCopies<CalendarWeeks, CalendarWeek, CalendarEvent>(
            _ => CalendarWeek.Empty, (week, happened) => week.Apply(happened))
        .AddSingleton<SlotSearch>().AddSingleton<IAppointments, Bookings>().AddHostedService<WeekReader>();
}
