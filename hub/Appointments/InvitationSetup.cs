using Aufruf.Contracts;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Appointments;

internal static class InvitationSetup
{
    public static void AddInvitations(this IServiceCollection services) => services
        .AddSingleton<PlacedInvitations>().AddSingleton<IInvitations>(s => s.GetRequiredService<PlacedInvitations>())
        .AddSingleton<InvitationMails>()
        .AddSingleton<IDeadlineHandler>(s => HandlerOf(s, InvitationDeadlines.Answer))
        .AddSingleton<IDeadlineHandler>(s => HandlerOf(s, InvitationDeadlines.Day))
        .AddSingleton<InvitationProcess>().AddSingleton<IFollower>(s => s.GetRequiredService<InvitationProcess>())
        .AddSingleton<InvitedProcess>().AddSingleton<IFollower>(s => s.GetRequiredService<InvitedProcess>());

    private static InvitationDeadlines HandlerOf(IServiceProvider services, string kind) =>
        ActivatorUtilities.CreateInstance<InvitationDeadlines>(services, kind);
}
