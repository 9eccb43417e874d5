using Aufruf.Contracts;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Clustering;

namespace Aufruf.Hub.Appointments;

internal static class InvitationSetup
{
    public static void AddInvitations(this IServiceCollection services) => services
        .AddSingleton<PlacedInvitations>().AddSingleton<IInvitations>(s => s.GetRequiredService<PlacedInvitations>())
        .AddSingleton<InvitationMails>()
        .AddSingleton<IDeadlineHandler>(s => HandlerOf(s, InvitationDeadlines.Answer))
        .AddSingleton<IDeadlineHandler>(s => HandlerOf(s, InvitationDeadlines.Day))
        .AddFollower<InvitationProcess>()
        .AddFollower<InvitedProcess>();

    private static InvitationDeadlines HandlerOf(IServiceProvider services, string kind) =>
        ActivatorUtilities.CreateInstance<InvitationDeadlines>(services, kind);
}
