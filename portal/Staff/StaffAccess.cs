using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Aufruf.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Staff;

/// <summary>Who may see the staff's pages, until people sign in by name: whoever has shown a clerk's token, for as long as it is good.</summary>
public static class StaffAccess
{
    public const string Scheme = "Staff";
    public const string Policy = "Staff";

    private const string OfficeClaim = "office";
    private const string SealClaim = "seal";

    public static IServiceCollection AddStaffPages(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Scheme, cookie =>
        {
            cookie.LoginPath = "/staff/sign-in";
            cookie.ReturnUrlParameter = "to";
            cookie.ExpireTimeSpan = TimeSpan.FromHours(10); // A working day; on a shared machine one signs out.
            cookie.Cookie.Name = "aufruf-staff";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.Events.OnValidatePrincipal = TurnAwayWhoseTokenWasReplacedAsync;
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
        [new(ClaimTypes.Name, pass.Holder), new(OfficeClaim, pass.Office), new(SealClaim, pass.Seal)], Scheme)));

    public static StaffPass? Pass(this ClaimsPrincipal? user) =>
        user?.FindFirstValue(OfficeClaim) is { } office && user.FindFirstValue(ClaimTypes.Name) is { } holder && user.FindFirstValue(SealClaim) is { } seal
            ? new(office, holder, seal)
            : null;

    private static async Task TurnAwayWhoseTokenWasReplacedAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal.Pass() is not { } pass || !context.HttpContext.RequestServices.GetRequiredService<IStaffDoor>().IsGood(pass))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
    }
}

/// <summary>Ten wrong tries a minute and address: nobody mistypes more often, and guessing 256 random bits would not end anyway.</summary>
internal sealed class SignInAttempts : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _wrong = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetSlidingWindowLimiter(
        address, _ => new SlidingWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));

    /// <summary>Whether another wrong one would be borne; a whole office behind one address may sign in rightly as often as it likes.</summary>
    public bool Allows(HttpContext http) => Take(http, 0);

    public void Failed(HttpContext http) => Take(http, 1);

    public void Dispose() => _wrong.Dispose();

    private bool Take(HttpContext http, int tries)
    {
        using var lease = _wrong.AttemptAcquire(http.Connection.RemoteIpAddress ?? IPAddress.None, tries);
        return lease.IsAcquired;
    }
}
