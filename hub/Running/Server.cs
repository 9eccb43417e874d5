using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Api;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Hub.Reports;
using Aufruf.Hub.Voice;
using Aufruf.Portal.Staff;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Running;

/// <summary>What the hub is, as a list.</summary>
public static class Server
{
    public static async Task<int> RunAsync(string[] args)
    {
        var app = Build(args);
        await app.RunAsync();
        return 0;
    }

    /// <param name="replace">Lets a bench put another port in place of one of ours.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        OfficeFile.Prepare();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(Server).Assembly.GetName().Name, // Its screens are found under this name, whoever hosts it.
        });
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        var hub = HubOptions.Read(builder.Configuration);

        builder.Services.AddOptions<HubOptions>().BindConfiguration("Hub").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddJournal(builder.Configuration.GetConnectionString("Aufruf"), hub);
        builder.Services.AddSingleton<OfficeBook>().AddSingleton<IOffices>(s => s.GetRequiredService<OfficeBook>())
            .AddSingleton<IOfficeFinder>(s => s.GetRequiredService<OfficeBook>()).AddHostedService(s => s.GetRequiredService<OfficeBook>());
        builder.Services.AddSingleton<LiveAreas>().AddSingleton<IAnnouncer<Queue, QueueEvent>>(s => s.GetRequiredService<LiveAreas>());
        builder.Services.AddSingleton<CredentialBook>().AddSingleton<IAnnouncer<Credentials, CredentialsEvent>>(s => s.GetRequiredService<CredentialBook>());
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(hub.SiloPort, hub.GatewayPort);
            if (TelemetrySetup.IsTraced(builder.Configuration))
            {
                silo.AddActivityPropagation();
            }
        });
        builder.Services.AddAufrufSerialization();

        builder.Services.AddGateway(hub);
        builder.Services.AddSignalR(o => o.MaximumReceiveMessageSize = 4 * 1024).AddJsonProtocol(o => JsonForms.Use(o.PayloadSerializerOptions));
        builder.Services.AddSingleton<AutomaticStop>().AddSingleton<Forecaster>().AddSingleton<IForecasts>(s => s.GetRequiredService<Forecaster>()).AddHostedService(s => s.GetRequiredService<Forecaster>());
        builder.Services.AddSingleton<ScreenTools>();
        builder.Services.AddAccess();
        builder.Services.AddSingleton<CredentialDesk>();
        builder.Services.AddSeals(builder.Configuration.GetConnectionString("Aufruf"), hub);
        builder.Services.AddApi(hub);
        builder.Services.AddSingleton<ITicketViews, TicketViews>();
        builder.Services.AddReports(builder.Configuration.GetConnectionString("Aufruf"), hub);
        builder.Services.AddSingleton<IStaffDoor, StaffDoor>().AddStaffPages();
        builder.Services.AddRazorPages(o => o.RootDirectory = "/");
        builder.Services.AddDataProtection().SetApplicationName("Aufruf").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(hub.Data, "keys")));
        builder.Services.AddHubTelemetry(builder.Configuration);
        builder.Services.AddSingleton(new PublicAddress(hub.PublicUrl?.TrimEnd('/') ?? $"http://localhost:{hub.HttpPort}"));
        builder.Services.AddSingleton<AddressCard>();
        builder.Services.AddHostedService<HubStart>().AddSingleton<DayEnds>().AddHostedService<NewDays>().AddHostedService<Beats>();

        // A press is decided and written in its grain's turn, not on the thread that has read it: so a packet need not be handed over first.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            kestrel.Limits.MaxRequestBodySize = 64 * 1024; // No wish of a desk or kiosk is larger.
            kestrel.AddServerHeader = false;
            var strangers = kestrel.ApplicationServices.GetRequiredService<StrangerLog>();
            kestrel.ListenOn(hub, hub.HttpPort, _ => { });
            kestrel.ListenOn(hub, hub.MqttPort, listen => listen.UsePacketLimit(hub.MqttMaxPacketBytes, strangers).UseMqttHandler());
        });

        replace?.Invoke(builder.Services);
        var app = builder.Build();
        _ = app.Services.GetRequiredService<IOptions<HubOptions>>().Value; // Wrong options end the start here, with their sentences.
        _ = Task.Run(app.Services.GetServices<IHostedService>); // Orleans is put together on another processor while the pages and the API are.
        _ = app.Services.GetRequiredService<OfficeBook>(); // So do wrong office files.

        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseSafetyHeaders();
        app.UseScreenFolders();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages();
        app.MapHub<BoardHub>("/live/board");
        app.MapHub<DeskHub>("/live/desk");
        app.MapHub<KioskHub>("/live/kiosk");
        app.MapHub<TicketHub>("/live/ticket");
        app.MapGet("/voice/chime.wav", () => TypedResults.Bytes(Chime.Wav, "audio/wav")).AllowAnonymous().ExcludeFromDescription();
        app.MapApi();
        _ = Task.Run(() => ((IEndpointRouteBuilder)app).DataSources.Sum(d => d.Endpoints.Count)); // Put together while Orleans starts; the doors open sooner.
        return app;
    }

    private static void AddSeals(this IServiceCollection services, string? postgres, HubOptions hub) => services
        .AddSingleton<ISealKeys>(_ => postgres is { Length: > 0 }
            ? new PostgresSealKeys(Npgsql.NpgsqlDataSource.Create(postgres))
            : new SqliteSealKeys(Path.Combine(hub.Data, "seals.db")))
        .AddSingleton<Seals>();

    private static void AddJournal(this IServiceCollection services, string? postgres, HubOptions hub)
    {
        services.AddSingleton(s => postgres is { Length: > 0 }
            ? (GroupCommitJournal)new PostgresJournal(Npgsql.NpgsqlDataSource.Create(postgres))
            : new SqliteJournal(Path.Combine(hub.Data, "aufruf.db")));
        services.AddSingleton<IJournal>(s => s.GetRequiredService<GroupCommitJournal>());
        services.AddSingleton<ISavedStates>(s => ActivatorUtilities.CreateInstance<SavedStateFiles>(s, Path.Combine(hub.Data, "states")));
        services.AddSingleton<JournalHealth>().AddHostedService(s => s.GetRequiredService<JournalHealth>());
        services.AddHealthChecks().AddCheck<JournalHealth>("journal");
    }
}
