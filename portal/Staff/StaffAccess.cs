using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Aufruf.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Staff;

/// <summary>A clerk's token opens the staff's pages, for as long as the token is valid.</summary>
public static class StaffAccess
{
    public const string Scheme = "Staff";
    public const string Policy = "Staff";

    private const string OfficeClaim = "office";
    private const string TokenClaim = "token-hash";
    private const string SessionClaim = "session";

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
            cookie.Events.OnValidatePrincipal = RejectReplacedTokenAsync;
        });
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser());
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "aufruf-form";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        return services.AddSingleton<SignInAttempts>();
    }

    public static Task EnterAsync(this HttpContext http, StaffPass pass) => http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [new(ClaimTypes.Name, pass.Holder), new(OfficeClaim, pass.Office), new(TokenClaim, pass.TokenHash),
            new(SessionClaim, pass.Session.ToString(CultureInfo.InvariantCulture))], Scheme)));

    public static StaffPass? Pass(this ClaimsPrincipal? user) =>
        user?.FindFirstValue(OfficeClaim) is { } office && user.FindFirstValue(ClaimTypes.Name) is { } holder
            && user.FindFirstValue(TokenClaim) is { } tokenHash
            && int.TryParse(user.FindFirstValue(SessionClaim), CultureInfo.InvariantCulture, out var session)
            ? new(office, holder, tokenHash, session)
            : null;

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
