using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Hub.Clustering;

namespace Aufruf.Hub.Appointments;

internal static class WishSetup
{
    public static void AddWishes(this IServiceCollection services) => services
        .AddSingleton<WishCopies>().AddCopies<WishCopies, Wishes, WishEvent>(_ => Wishes.Empty, (wishes, happened) =>
            wishes.Apply(happened))
        .AddSingleton<WishCitizens>().AddSingleton<WishRound>().AddSingleton<StandingWishes>()
        .AddSingleton<IWishes>(s => s.GetRequiredService<StandingWishes>())
        .AddSingleton<WishWriter>().AddFollower<WishMails>()
        .AddFollower<ReturnedWishes>()
        .AddSingleton<WishProcess>().AddHostedService(s => s.GetRequiredService<WishProcess>())
        .AddHealthChecks().AddCheck<WishProcess>("wishes");
}
