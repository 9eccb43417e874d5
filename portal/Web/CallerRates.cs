using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Web;

/// <summary>How often one caller may ask without a token.</summary>
public static class CallerRates
{
    /// <summary>The page of a ticket. A whole hall may have one address.</summary>
    public const string LookAtTicket = "look-at-ticket";

    /// <summary>Searching, booking, and the page of an appointment. A code cannot be guessed at this rate.</summary>
    public const string BookAppointment = "book-appointment";

    /// <summary>Refuses with 429, and knows the limits of the citizens' pages.</summary>
    public static void LimitCallers(this RateLimiterOptions limiter)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "60";
            return ValueTask.CompletedTask;
        };
        limiter.AddPolicy(LookAtTicket, http => Of(http, perMinute: 240));
        limiter.AddPolicy(BookAppointment, http => Of(http, perMinute: 240));
    }

    /// <summary>Further limits: one caller cannot take the slots, or guess the codes, of all.</summary>
    public static IServiceCollection AddBookingLimits(this IServiceCollection services) =>
        services.AddSingleton<Puzzles>(s => new(s.GetRequiredService<TimeProvider>())).AddSingleton<HoldLimit>().AddSingleton<ReportLimit>()
            .AddSingleton<WrongCodes>();

    public static RateLimitPartition<IPAddress> Of(HttpContext http, int perMinute) =>
        RateLimitPartition.GetSlidingWindowLimiter(Caller.Of(http), _ => new SlidingWindowRateLimiterOptions
        { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 });
}
