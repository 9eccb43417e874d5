using System.Net;
using System.Threading.RateLimiting;
using Aufruf.Contracts;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Staff;

/// <summary>A clerk's token opens the staff's pages, for as long as the token is valid.</summary>
public static class StaffAccess
{
    public const string Scheme = "Staff";

    public static IServiceCollection AddStaffPages(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Scheme, cookie =>
        {
            cookie.LoginPath = "/staff/sign-in";
            cookie.ReturnUrlParameter = "to";
            cookie.ExpireTimeSpan = TimeSpan.FromHours(10); // A working day.
            cookie.Cookie.Name = "aufruf-staff";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.CookieManager = new HostCookies();
            cookie.Events.OnValidatePrincipal = RejectReplacedTokenAsync;
        });
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "aufruf-form";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        return services.AddSingleton<SignInAttempts>();
    }

    public static Task EnterAsync(this HttpContext http, Pass pass) => http.SignInAsync(Scheme, pass.AsUser(Scheme));

    private static async Task RejectReplacedTokenAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal.Pass() is not { } pass
            || !context.HttpContext.RequestServices.GetRequiredService<IStaffSignIn>().IsGood(pass))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
    }
}

/// <summary>At most ten wrong tokens a minute from one caller are answered as wrong. A right one always enters: it cannot be guessed, and a
/// whole office may have one address.</summary>
public sealed class SignInAttempts : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _wrong = PartitionedRateLimiter.Create((IPAddress address) =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        { PermitLimit = 10, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));

    /// <summary>False beyond the limit.</summary>
    public bool CountWrong(HttpContext http)
    {
        using var lease = _wrong.AttemptAcquire(Caller.Of(http));
        return lease.IsAcquired;
    }

    public void Dispose() => _wrong.Dispose();
}
