using System.Net;
using System.Threading.RateLimiting;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Web;

/// <summary>How often one caller may ask without a token.</summary>
public static class CallerRates
{
    /// <summary>The page of a ticket. A whole hall may have one address.</summary>
    public const string LookAtTicket = "look-at-ticket";

    /// <summary>Searching, booking, and the page of an appointment. A code cannot be guessed at this rate.</summary>
    public const string BookAppointment = "book-appointment";

    /// <summary>The limits of requests. Of each kind a server adds its own.</summary>
    public static IServiceCollection AddRequestLimits(this IServiceCollection services, Action<RequestLimits>? more = null) =>
        services.AddSingleton(_ =>
        {
            var limits = new RequestLimits();
            limits.Add(LookAtTicket, http => Of(http, perMinute: 240));
            limits.Add(BookAppointment, http => Of(http, perMinute: 240));
            more?.Invoke(limits);
            return limits;
        });

    public static void UseRequestLimits(this IApplicationBuilder app) =>
        app.Use(app.ApplicationServices.GetRequiredService<RequestLimits>().InvokeAsync);

    /// <summary>Further limits: one caller cannot take the slots, or guess the codes, of all.</summary>
    public static IServiceCollection AddBookingLimits(this IServiceCollection services) =>
        services.AddSingleton<Puzzles>(s => new(s.GetRequiredService<TimeProvider>())).AddSingleton<HoldLimit>().AddSingleton<ReportLimit>()
            .AddSingleton<WrongCodes>();

    /// <summary>All requests of programs and of the staff's pages: per credential or session, and ten times as many per address.</summary>
    /// <remarks>A whole office may have one address. A loop in a script meets the limit; a busy desk never does.</remarks>
    public static void LimitAll(this RequestLimits limits, int perMinute)
    {
        limits.Add(http => IsLimited(http) ? Of(http, 10 * perMinute) : RateLimitPartition.GetNoLimiter(IPAddress.None));
        limits.Add(http => IsLimited(http) && http.User.Pass() is { } pass ? Window($"{pass.Office}~{pass.Holder}", perMinute)
            : IsLimited(http) && http.User.Person() is { } person ? Window(person.Session.Hash, perMinute)
            : RateLimitPartition.GetNoLimiter(""));
    }

    public static RateLimitPartition<IPAddress> Of(HttpContext http, int perMinute) =>
        Window(Caller.Of(http), perMinute);

    private static bool IsLimited(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/staff");

    private static RateLimitPartition<TKey> Window<TKey>(TKey caller, int perMinute) =>
        RateLimitPartition.GetSlidingWindowLimiter(caller, _ => new SlidingWindowRateLimiterOptions
        { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 });
}
