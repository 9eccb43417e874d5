using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Api;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Audit;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Cases.Payments;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Identity.Accounts;
using Aufruf.Hub.Identity.Providers;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Hub.Reports;
using Aufruf.Hub.Towns;
using Aufruf.Hub.Voice;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using MQTTnet.AspNetCore;

namespace Aufruf.Hub.Running;

/// <summary>The hub's parts, as a list.</summary>
public static class Server
{
    public static async Task<int> RunAsync(string[] args)
    {
        var app = Build(args);
        await app.PrepareAsync();
        await app.RunAsync();
        return 0;
    }

    /// <param name="args">The options of the command line.</param>
    /// <param name="console">Shows the addresses with the first tokens; the console when null.</param>
    /// <param name="clock">The machine's clock when null.</param>
    /// <param name="machine">The time since the boot of the machine with this clock.</param>
    public static WebApplication Build(string[] args, TextWriter? console = null, TimeProvider? clock = null,
        Func<IMachineTime, IMachineTime>? machine = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(Server).Assembly.GetName().Name, // The screens are found under this name, in any host.
        });
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        var hub = HubOptions.Read(builder.Configuration);
        var postgres = builder.Configuration.GetConnectionString("Aufruf");
        // Orleans 10.4 reads a stopwatch before it starts it, and then warns of the time since the machine's boot.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // Unknown tokens and altered forms are clients' faults: the metric of requests counts them by status.
        builder.Logging.AddFilter(typeof(TokenAuthentication).FullName, LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
        // Routing has set the limit of a body before the form was read; the page's filter then finds it fixed.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Mvc.Filters.RequestSizeLimitFilter", LogLevel.Error);
        // ProviderCheck says why a sign-in failed. The library would add the provider's words, which may name a person.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None);
        // It writes a line for each question of anybody. Each trouble stands in the log already.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

        builder.Services.AddSingleton(Options.Create(hub));
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSingleton(console ?? Console.Out);
        builder.Services.AddJournal(postgres, hub);
        builder.Services.AddOffices(isShared: postgres is { Length: > 0 });
        builder.Services.AddSingleton<LiveAreas>().AddCopies<LiveAreas, Queue, QueueEvent>(
            stream => Queue.Empty(QueueKey.Parse(stream[(QueueKey.StreamKind.Length + 1)..])), (queue, happened) => queue.Apply(happened));
        builder.Services.AddSingleton(s => s.GetRequiredService<LiveAreas>().Unreadable).AddSingleton<CredentialCache>()
            .AddCopies<CredentialCache, Credentials, CredentialsEvent>(
                _ => Credentials.Empty, (credentials, happened) => credentials.Apply(happened));
        builder.Services.AddPeople();
        builder.Services.AddTowns();
        builder.Services.AddSingleton<OpenConnections>().AddSingleton<CredentialWatch>();
        builder.Services.AddCluster(postgres, hub); // Its preparation runs before the silo.
        builder.UseOrleans(silo =>
        {
            silo.UseCluster(postgres, hub);
            silo.AddOutgoingGrainCallFilter<RepeatedCalls>();
            silo.GuardPorts(hub);
            if (TelemetrySetup.IsTraced(builder.Configuration))
            {
                silo.AddActivityPropagation();
            }
        });
        builder.Services.AddAufrufSerialization();

        builder.Services.AddGateway(hub);
        builder.Services.AddSignalR(o => o.MaximumReceiveMessageSize = 4 * 1024)
            .AddJsonProtocol(o => JsonForms.Use(o.PayloadSerializerOptions));
        builder.Services.AddSingleton<AutomaticStop>().AddSingleton<Forecaster>().AddSingleton<IForecasts>(
            s => s.GetRequiredService<Forecaster>()).AddHostedService(s => s.GetRequiredService<Forecaster>());
        builder.Services.AddSingleton<ScreenTools>();
        builder.Services.AddHealthChecks().AddCheck<BoardHealth>("boards").AddCheck<DeviceHealth>("devices");
        builder.Services.AddTokens();
        builder.Services.AddProviders(hub);
        builder.Services.AddAccounts(hub);
        builder.Services.AddSingleton<CredentialIssuer>();
        builder.Services.AddVault(postgres, hub);
        builder.Services.AddMail(hub.Mail);
        builder.Services.AddAppointments(hub);
        builder.Services.AddWishes();
        builder.Services.AddInvitations();
        builder.Services.AddCases();
        builder.Services.AddPayments();
        builder.Services.AddApi(hub);
        builder.Services.AddSingleton<ITicketViews, TicketViews>().AddSingleton<IOfficePages, OfficePages>()
            .AddContent(builder.Configuration).AddFraming(builder.Configuration).AddBookingLimits()
            .AddSingleton(new LiveLayer(IsServed: true));
        builder.Services.AddReports(postgres, hub);
        builder.Services.AddAudit();
        builder.Services.AddSingleton<IPairings, Pairings>();
        builder.Services.AddStaffPages().AddUploads();
        builder.Services.AddRazorPages(o =>
        {
            o.RootDirectory = "/";
            o.Conventions.ConfigureFilter(new PageVerbs());
        });
        builder.Services.AddHubTelemetry(builder.Configuration);
        builder.Services.AddSingleton(new PublicAddress(
            hub.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') : null, hub.HttpPort, hub.AllInterfaces));
        builder.Services.AddSingleton(new StaffAddress(
            new[] { hub.StaffUrl, hub.PublicUrl }.FirstOrDefault(url => url is { Length: > 0 })));
        builder.Services.AddSingleton(_ => new DataFolder(hub.Data));
        IMachineTime time = new MachineTime(Path.Combine(hub.Data, "clock.json"));
        builder.Services.AddSingleton(machine?.Invoke(time) ?? time).AddSingleton<ClockWatch>();
        builder.Services.AddHealthChecks().AddCheck<ClockWatch>("clock");
        builder.Services.AddDeadlines();
        builder.Services.AddSingleton<Processes>();
        builder.Services.AddHealthChecks().AddCheck<Processes>("processes");
        builder.Services.AddHostedService(s => s.GetRequiredService<CredentialWatch>())
            .AddHostedService(s => s.GetRequiredService<PeopleWatch>()).AddHostedService<HubStart>()
            .AddHostedService(s => s.GetRequiredService<OfficeCopies>())
            .AddHostedService(s => s.GetRequiredService<OfficeFiles>()).AddHostedService<NewDays>().AddHostedService<LateCitizens>()
            .AddHostedService<Beats>()
            .AddHostedService(s => s.GetRequiredService<Processes>());

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 64 * 1024; // No request of a desk or kiosk is larger.
            kestrel.AddServerHeader = false;
            var refusals = kestrel.ApplicationServices.GetRequiredService<LimitedLog>();
            Action<int, Action<ListenOptions>> listen = hub.AllInterfaces ? kestrel.ListenAnyIP : kestrel.ListenLocalhost;
            listen(hub.HttpPort, _ => { });
            if (hub.StatusPort is { } status)
            {
                kestrel.ListenLocalhost(status);
            }

            listen(hub.MqttPort, mqtt => mqtt.UsePacketLimit(PacketLimit.Bytes, refusals).UseConnectionHandler<MqttConnectionHandler>());
        });

        var app = builder.Build();
        app.TakeDataFolder(hub, isDatabase: postgres is not { Length: > 0 });

        app.UseTrustedProxies(hub);
        app.UseRefusedBodies();
        app.UseSafetyHeaders();
        app.UseHostCookie(StaffAccess.FormCookie);
        var refused = app.Services.GetRequiredService<LimitedLog>();
        app.UseErrorAnswers((error, address) => refused.Write(log => HubLog.RequestFailed(log, error, address)));
        app.UseScreenFolders();
        app.UseRouting();
        app.UseBodyCheck();
        app.UseNotFound();
        app.UseAuthentication();
        app.UseSessionGuard();
        app.UseAuthorization();
        app.UseRequestLimits(); // After authorization: an unauthenticated client uses up nothing of a kiosk's limit.
        app.UseForms();

        app.MapGroup("").Needs(Permission.Public).MapStaticAssets(); // A group: a build that is not published adds an address of its own.
        app.MapRazorPages();
        app.MapThemes();
        app.MapLive<BoardHub>("/live/board");
        app.MapLive<DeskHub>("/live/desk");
        app.MapLive<KioskHub>("/live/kiosk");
        app.MapLive<TicketHub>("/live/ticket").RequireRateLimiting(ApiSetup.LiveRate);
        app.MapGet("/voice/chime.wav", () => TypedResults.Bytes(Chime.Wav, "audio/wav")).Needs(Permission.Public).ExcludeFromDescription();
        app.MapApi();
        app.MapProviders();
        app.MapAccounts();
        app.MapPaymentHints();
        app.MapCapturedMails(hub.Mail);
        return app;
    }

    /// <summary>A wrong database, key file or office file ends the start here, with its sentence, before the silo starts.</summary>
    private static async Task PrepareAsync(this WebApplication app)
    {
        if (app.Services.GetService<ClusterStart>() is { } cluster)
        {
            await cluster.StartAsync(app.Lifetime.ApplicationStopping);
        }

        await app.Services.GetRequiredService<OfficeFiles>().BeginAsync(app.Lifetime.ApplicationStopping);
    }

    private static void AddVault(this IServiceCollection services, string? postgres, HubOptions hub) => services
        .AddSingleton(s => postgres is { Length: > 0 }
            ? StoredVaultKeys.InPostgres(s.GetRequiredService<Npgsql.NpgsqlDataSource>(), CommandSettings.VaultKeyIn(hub.Data))
            : CommandSettings.VaultKeys(postgres, hub.Data))
        .AddSingleton<IVaultKeys>(s => s.GetRequiredService<StoredVaultKeys>())
        .AddSingleton<IVaultContents>(s => s.GetRequiredService<StoredVaultKeys>())
        .AddSingleton<Vault>();

    private static void AddJournal(this IServiceCollection services, string? postgres, HubOptions hub)
    {
        services.AddSingleton(s => postgres is { Length: > 0 }
            ? (GroupCommitJournal)new PostgresJournal(s.GetRequiredService<Npgsql.NpgsqlDataSource>(), CommandSettings.KeyIn(hub.Data),
                s.GetRequiredService<ILogger<PostgresJournal>>())
            : OpenJournal(Path.Combine(hub.Data, "aufruf.db")));
        services.AddSingleton<IJournal>(s => s.GetRequiredService<GroupCommitJournal>());
        services.AddAggregates(Path.Combine(hub.Data, "snapshots")).AddSingleton(new IdleTime(hub.CaseIdle));
        services.AddSingleton<ICheckpoints>(s => postgres is { Length: > 0 }
            ? Checkpoints.InPostgres(s.GetRequiredService<Npgsql.NpgsqlDataSource>())
            : Checkpoints.InSqlite(Path.Combine(hub.Data, "subscriptions.db")));
        services.AddSingleton<ILeases>(_ => postgres is { Length: > 0 } ? new PostgresLeases(postgres) : OneHub.Only);
        services.AddSingleton<JournalHealth>().AddHostedService(s => s.GetRequiredService<JournalHealth>());
        services.AddHealthChecks().AddCheck<JournalHealth>("journal");
    }

    private static SqliteJournal OpenJournal(string file)
    {
        try
        {
            return new(file, keyFile: CommandSettings.KeyBeside(file));
        }
        catch (Microsoft.Data.Sqlite.SqliteException error)
        {
            throw new StartRefusedException(SqliteJournal.Explain(file, error));
        }
    }

    /// <summary>Each hub has a folder of its own. SQLite needs a disk of this machine besides.</summary>
    private static void TakeDataFolder(this WebApplication app, HubOptions hub, bool isDatabase)
    {
        _ = app.Services.GetRequiredService<DataFolder>();
        if (isDatabase && DataFolder.WhyNoPlace(hub.Data) is { } why)
        {
            HubLog.DataOnShare(app.Logger, why);
        }
    }
}
