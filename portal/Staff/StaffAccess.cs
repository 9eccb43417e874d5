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

/// <summary>A person's session opens the staff's pages, for as long as it is valid. A key never does.</summary>
public static class StaffAccess
{
    public const string Scheme = "Staff";

    public const string Cookie = "aufruf-staff";

    /// <summary>Of the proof that a form comes from the hub's own page.</summary>
    public const string FormCookie = "aufruf-form";

    public static IServiceCollection AddStaffPages(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Scheme, cookie =>
        {
            cookie.LoginPath = "/staff/sign-in";
            cookie.ReturnUrlParameter = "to";
            cookie.ExpireTimeSpan = TimeSpan.FromHours(10); // A working day.
            cookie.SlidingExpiration = false;
            cookie.Cookie.Name = Cookie;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.CookieManager = new HostCookies();
            cookie.Events.OnValidatePrincipal = RejectEndedAsync;
            cookie.Events.OnRedirectToLogin = to => AnswerAsync(to, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = to => AnswerAsync(to, StatusCodes.Status403Forbidden);
        });
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = FormCookie;
            forms.Cookie.Path = "/";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        return services.AddSingleton<SignInAttempts>();
    }

    public static Task EnterAsync(this HttpContext http, SessionPass session) =>
        http.SignInAsync(Scheme, PersonIdentity.Of(session, Scheme));

    /// <summary>A program gets a status; a person is led to the sign-in.</summary>
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> to, int status)
    {
        if (to.Request.Path.StartsWithSegments("/staff") && status == StatusCodes.Status401Unauthorized)
        {
            to.Response.Redirect(to.RedirectUri);
        }
        else
        {
            to.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }

    private static async Task RejectEndedAsync(CookieValidatePrincipalContext context)
    {
        var accounts = context.HttpContext.RequestServices.GetRequiredService<IStaffAccounts>();
        if (PersonIdentity.SessionIn(context.Principal) is { } session
            && await accounts.FindAsync(session) is { IsByKey: false } person)
        {
            context.ReplacePrincipal(PersonIdentity.Of(person, Scheme));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }
}

/// <summary>At most a hundred wrong tries a minute from one address are answered.</summary>
/// <remarks>A whole town hall may have one address, and on a Monday many mistype. Five tries lock one name. The limit of
/// the address is for one password at all names, and for a hub kept busy with checking.</remarks>
public sealed class SignInAttempts : IDisposable
{
    public const int Most = 100;

    private readonly PartitionedRateLimiter<IPAddress> _wrong = PartitionedRateLimiter.Create((IPAddress address) =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        { PermitLimit = Most, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));

    /// <summary>False beyond the limit.</summary>
    public bool CountWrong(HttpContext http)
    {
        using var lease = _wrong.AttemptAcquire(Caller.Of(http));
        return lease.IsAcquired;
    }

    /// <summary>A password may be tried: it can be guessed, and to check it takes time.</summary>
    public bool MayTry(HttpContext http)
    {
        using var lease = _wrong.AttemptAcquire(Caller.Of(http), 0);
        return lease.IsAcquired;
    }

    public void Dispose() => _wrong.Dispose();
}
