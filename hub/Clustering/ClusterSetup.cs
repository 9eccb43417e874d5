using System.Net;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Running;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace Aufruf.Hub.Clustering;

/// <summary>Joins the hubs of one PostgreSQL to one cluster. Without PostgreSQL a hub is alone.</summary>
internal static class ClusterSetup
{
    // Orleans' defaults are for hundreds of machines: after kill -9 the grains of a hub answer again after 14.5 s, with these after
    // 0.7 to 0.9 s. One vote is enough, because of two hubs only one can vote.
    // A hub that is declared dead by mistake costs a restart; the journal lets no two activations write the same version.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);
    private const int MissedProbes = 2;
    private const int Votes = 1;
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(5);

    // Three times a probe with its answer. A lease of 3 s keeps the distributed directory of Orleans from waiting 22 s.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    // Places of grains that a hub remembers. Orleans reserves memory for all of them: a million, its default, take 19 MB.
    private const int KnownPlaces = 100_000;

    // A frozen hub is declared dead before, and then the caller repeats the command.
    private static readonly TimeSpan Response = TimeSpan.FromSeconds(15);

    public static void UseCluster(this ISiloBuilder silo, string? postgres, HubOptions hub)
    {
        // A clock that steps during the start must not make the silo declare itself dead.
        silo.Configure<ClusterMembershipOptions>(o =>
            (o.EvictWhenMaxJoinAttemptTimeExceeded, o.SiloGenerationRetirementAge) = (false, null));
        silo.Configure<GrainDirectoryOptions>(o => o.CacheSize = KnownPlaces);
        if (postgres is not { Length: > 0 })
        {
            silo.UseLocalhostClustering(hub.SiloPort, hub.GatewayPort, serviceId: HubCluster.Name, clusterId: HubCluster.Name);
            silo.UseSqliteReminders(Path.Combine(hub.Data, "reminders.db"));
            return;
        }

        // Times without a zone are UTC, whatever the server's zone is.
        var address = new NpgsqlConnectionStringBuilder(postgres) { Timezone = "UTC" }.ToString();
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (HubCluster.Name, HubCluster.Name));
        silo.ConfigureEndpoints(hub.SiloAddress is { Length: > 0 } own ? IPAddress.Parse(own) : IPAddress.Loopback, hub.SiloPort,
            hub.GatewayPort);
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", address));
        silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = ("Npgsql", address));
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            (o.ProbeTimeout, o.NumMissedProbesLimit, o.NumVotesForDeathDeclaration) = (Probe, MissedProbes, Votes);
            (o.IAmAliveTablePublishTimeout, o.TableRefreshTimeout) = (Alive, Alive);
        });
        silo.Configure<GrainDirectoryOptions>(o => o.RangeLeaseDuration = Lease);
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = Response);
    }

    /// <summary>Copies that the grains of this hub announce to, and the reader of what other hubs write.</summary>
    public static IServiceCollection AddCopies<TCopies, TState, TEvent>(
        this IServiceCollection services, Func<string, TState> empty, Func<TState, TEvent, TState> apply)
        where TCopies : class, ICopies<TState, TEvent> => services
        .AddSingleton<IAnnouncer<TState, TEvent>>(s => s.GetRequiredService<TCopies>())
        .AddSingleton(s => new Announcements<TState, TEvent>(
            s.GetRequiredService<IJournal>(), s.GetRequiredService<TCopies>(), empty, apply));

    /// <summary>Reads all these copies after the start, and follows what other hubs write.</summary>
    public static IServiceCollection AddReader<TCopies, TState, TEvent>(this IServiceCollection services, string kind)
        where TCopies : class, IWholeCopies<TState, TEvent> => services.AddHostedService(s =>
            ActivatorUtilities.CreateInstance<CopyReader<TState, TEvent>>(s, kind, s.GetRequiredService<TCopies>()));

    /// <summary>Work that follows the journal on one of the hubs.</summary>
    public static IServiceCollection AddFollower<TFollower>(this IServiceCollection services) where TFollower : class, IFollower
    {
        services.TryAddSingleton<FollowUpNeeds>();
        return services.AddSingleton<TFollower>().AddSingleton<IFollower>(s => s.GetRequiredService<TFollower>());
    }

    public static IServiceCollection AddCluster(this IServiceCollection services, string? postgres, HubOptions hub)
    {
        services.AddSingleton<IFatalErrorHandler, DeclaredDead>().AddSingleton<IHubNewsReader, HubNewsReader>()
            .AddSingleton(s => new Lazy<IHubNewsReader>(s.GetRequiredService<IHubNewsReader>));
        if (postgres is { Length: > 0 })
        {
            services.AddSingleton(_ => NpgsqlDataSource.Create(postgres)) // Its keys are there before those of the cookies are read.
                .AddSingleton<ClusterStart>().AddHostedService(s => s.GetRequiredService<ClusterStart>());
        }

        var cookies = services.AddDataProtection().SetApplicationName("Aufruf");
        if (postgres is not { Length: > 0 })
        {
            cookies.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(hub.Data, "keys")));
            return services.AddSingleton<IHubPost, LocalPost>().AddSingleton<ITurns, LocalTurns>();
        }

        return services.AddSingleton(s => new SealedTexts(s.GetRequiredService<NpgsqlDataSource>(), CommandSettings.VaultKeyIn(hub.Data)))
            .AddSingleton<IConfigureOptions<KeyManagementOptions>, SharedCookieKeys>()
            .AddSingleton<ITurns, PostgresTurns>()
            .AddSingleton<PostgresPost>().AddSingleton<IHubPost>(s => s.GetRequiredService<PostgresPost>())
            .AddSingleton<Following>().AddHostedService(s => s.GetRequiredService<Following>())
            .AddHostedService(s => s.GetRequiredService<PostgresPost>()).AddHostedService<GoneHubs>()
            .AddHealthChecks().AddCheck<Following>("other-hubs").Services;
    }
}
