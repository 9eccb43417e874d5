using System.Text.Json;
using System.Threading.RateLimiting;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Api;

/// <summary>The HTTP API: its JSON, its limits, its addresses.</summary>
internal static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services, HubOptions hub)
    {
        services.ConfigureHttpJsonOptions(o => JsonForms.Use(o.SerializerOptions));
        services.AddProblemDetails();
        services.AddExceptionHandler<UnavailableAnswer>();
        RequestFields.Use(services);
        services.AddOpenApi("v1", o => o.DescribeAufruf());
        services.AddSingleton<DeskCommands>().AddSingleton<HomeArrivals>().AddSingleton<TicketIssuer>();
        services.AddRequestLimits(limits =>
        {
            limits.LimitAll(hub.RequestsPerMinute);
            limits.Add(KioskEndpoints.TakeRate, http => RateLimitPartition.GetSlidingWindowLimiter(
                KnownKiosk(http), _ => new SlidingWindowRateLimiterOptions
                { PermitLimit = hub.KioskTicketsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
            limits.Add(PairingEndpoints.Rate, http => CallerRates.Of(http, PairingEndpoints.TriesPerMinute));
            // All phones in a hall's network come back at the same time, each with two requests.
            limits.Add(LiveRate, http => CallerRates.Of(http, perMinute: 600));
        });
        return services;
    }

    /// <summary>Live connections that need no token.</summary>
    public const string LiveRate = "live";

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapKiosk();
        api.MapDesk();
        api.MapBooking();
        api.MapWishes();
        api.MapInvitations();
        api.MapMail();
        api.MapPairing();
        app.MapFeeds();
        app.MapOpenApi().Needs(Permission.Public);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).Needs(Permission.Public);
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = HealthAnswers.WriteAsync }).Needs(Permission.Public);
        app.MapPrometheusScrapingEndpoint("/metrics").Needs(Permission.Operate);
    }

    // Unknown names, and kiosks of other offices, share one limit: nothing is kept for a name that a client invents.
    private static string KnownKiosk(HttpContext http) =>
        http.Request.RouteValues["kiosk"] is string kiosk
        && http.RequestServices.GetRequiredService<OfficeDirectory>().FindKiosk(kiosk) is var (office, _)
        && http.User.Principal().May(Permission.TakeTicket, office.Key) ? kiosk : "";
}

/// <summary>Domain ids, numbers and enums keep their one JSON form in API and push.</summary>
internal static class JsonForms
{
    public static void Use(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.RespectNullableAnnotations = DomainJson.Options.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = DomainJson.Options.RespectRequiredConstructorParameters;
        options.NumberHandling = DomainJson.Options.NumberHandling;
    }
}
