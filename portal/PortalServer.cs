using System.Xml.Linq;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Content;
using Aufruf.Portal.Hubs;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal;

/// <summary>A portal in a process of its own: the public pages, answered by a hub through grains. The staff's pages are not here.</summary>
public static class PortalServer
{
    private static readonly string[] StaffFolders = ["/Staff", "/Administration"];

    private static readonly string PublicFiles = Path.Combine(AppContext.BaseDirectory, "public");

    /// <summary>Settings that any other source may change. There is no file for them: the hub, which includes this program, has its own.
    /// </summary>
    private static readonly Dictionary<string, string?> Usual = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        // A stop before the first hub answers is no failure.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting"] = "Critical",
        // It writes several lines for each try to reach a hub. HubLink says it once.
        ["Logging:LogLevel:Orleans"] = "None",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss.fff ",
    };

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(PortalServer).Assembly.GetName().Name, // The pages are found under this name, in any host.
        });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Usual });
        var portal = PortalOptions.Read(builder.Configuration);

        builder.AddHubs(portal);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ITicketViews, HubTicketViews>().AddSingleton<IAppointments, HubAppointments>()
            .AddSingleton<IWishes, HubWishes>().AddSingleton<IInvitations, HubInvitations>().AddSingleton<IPlanChoices, HubPlanChoices>()
            .AddSingleton<IBarrierReports, HubBarrierReports>().AddSingleton<IOfficePages, HubOfficePages>()
            .AddSingleton<ITownThemes, HubThemes>()
            .AddSingleton<ICitizenCases, HubCases>().AddSingleton<ICaseDocuments, HubCaseDocuments>()
            .AddSingleton<ICasePayments, HubCasePayments>().AddSingleton<ICitizenAccounts, NoAccounts>()
            .AddContent(builder.Configuration).AddFraming(builder.Configuration)
            .AddUploads().AddBookingLimits().AddSingleton(new LiveLayer(portal.Live));
        builder.Services.AddRazorPages(pages =>
        {
            pages.RootDirectory = "/";
            pages.Conventions.ConfigureFilter(new PageVerbs());
            foreach (var folder in StaffFolders)
            {
                pages.Conventions.AddFolderRouteModelConvention(folder, page => page.Selectors.Clear());
            }
        });
        builder.Services.AddPermissions().AddAuthentication();
        builder.Services.AddRequestLimits();
        builder.Services.AddProblemDetails().AddExceptionHandler<UnavailableAnswer>();
        // No public page has a cookie, so no key is kept.
        builder.Services.AddDataProtection().AddKeyManagementOptions(keys => keys.XmlRepository = new NoKeys());

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 64 * 1024; // The longest form has a text of 4,000 letters of any script.
            kestrel.AddServerHeader = false;
            if (portal.AllInterfaces)
            {
                kestrel.ListenAnyIP(portal.HttpPort);
            }
            else
            {
                kestrel.ListenLocalhost(portal.HttpPort);
            }
        });

        var app = builder.Build();
        app.UseForwardedBy(portal.TrustedProxies);
        app.UseRefusedBodies();
        app.UseSafetyHeaders();
        app.UseErrorAnswers((error, address) => PortalLog.RequestFailed(app.Logger, error, address));
        app.UseRouting();
        app.UseBodyCheck();
        app.UseNotFound();
        app.UseAuthorization();
        app.UseRequestLimits();
        app.UseForms();

        app.MapRazorPages();
        app.MapPublicFiles();
        app.MapThemes();
        app.MapGet("/health/live", () => TypedResults.Ok()).Needs(Permission.Public);
        app.MapGet("/health/ready", (HubLink hubs) => hubs.Health()).Needs(Permission.Public);
        return app;
    }

    private sealed class NoKeys : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => [];

        public void StoreElement(XElement element, string friendlyName)
        {
            // It ends with the process.
        }
    }

    private static void MapPublicFiles(this IEndpointRouteBuilder app)
    {
        var types = new FileExtensionContentTypeProvider();
        foreach (var file in Directory.GetFiles(PublicFiles, "*", SearchOption.AllDirectories))
        {
            types.TryGetContentType(file, out var type);
            app.MapGet("/" + Path.GetRelativePath(PublicFiles, file).Replace('\\', '/'),
                () => TypedResults.PhysicalFile(file, type, lastModified: File.GetLastWriteTimeUtc(file))).Needs(Permission.Public);
        }
    }
}
