using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Appointments;

internal static class AppointmentSetup
{
    public static void AddAppointments(this IServiceCollection services, HubOptions hub) => services
        .AddSingleton(new AppointmentSecrets(CommandSettings.VaultKeyIn(hub.Data)))
        .AddSingleton<CalendarWeeks>().AddCopies<CalendarWeeks, CalendarWeek, CalendarEvent>(
            _ => CalendarWeek.Empty, (week, happened) => week.Apply(happened))
        .AddSingleton<SlotSearch>().AddSingleton<Bookings>().AddSingleton<IAppointments>(s => s.GetRequiredService<Bookings>())
        .AddSingleton<CheckIns>().AddSingleton<Reach>().AddSingleton<StaffAppointments>().AddSingleton<StaffFeeds>().AddSingleton<IExpected,
            ExpectedToday>()
        .AddSingleton<IAppointmentsToday, AppointmentsToday>().AddSingleton(s => new Lazy<CheckIns>(s.GetRequiredService<CheckIns>))
        .AddSingleton<AppointmentViews>().AddSingleton<Moves>().AddSingleton<MailTemplates>().AddSingleton<NoticeWriter>()
            .AddSingleton<Notices>()
        .AddSingleton<IDeadlineHandler, Reminders>().AddSingleton<IDeadlineHandler, CitizenDataEnd>()
        .AddFollower<NoticeProcess>()
        .AddFollower<ArrivalProcess>()
        .AddSingleton<PlanOffers>().AddSingleton<PlanMails>().AddSingleton<IDeadlineHandler, PlanOfferEnd>()
        .AddSingleton<PlanChoices>().AddSingleton<IPlanChoices>(s => s.GetRequiredService<PlanChoices>()).AddSingleton<PlanRound>()
            .AddSingleton<IPlans, PlanDesk>().AddSingleton<IFollower, PlanProcess>()
        .AddHostedService<WeekReader>();
}
