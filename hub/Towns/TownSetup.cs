using Aufruf.Contracts;
using Aufruf.Domain.Towns;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Towns;

/// <summary>All that the hub needs for towns.</summary>
internal static class TownSetup
{
    public static IServiceCollection AddTowns(this IServiceCollection services) => services
        .AddSingleton<TownCache>().AddSingleton<ITownThemes>(s => s.GetRequiredService<TownCache>())
        .AddCopies<TownCache, TownConfiguration, TownEvent>(_ => TownConfiguration.Empty, (town, happened) => town.Apply(happened))
        .AddSingleton<ITownMails, TownMails>().AddSingleton<ITownAdministration, TownAdministration>()
        .AddSingleton<IKeptData, KeptData>()
        .AddSingleton<TownLooks>().AddHostedService(s => s.GetRequiredService<TownLooks>())
        .AddHostedService<TownWatch>();
}
