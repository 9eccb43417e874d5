using System.Security.Claims;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Identity;

/// <summary>The session of a citizen with an account: one sealed cookie that holds the account's data. Only a hub has it.</summary>
public static class CitizenSession
{
    public const string Scheme = "Citizen";

    public const string Cookie = "aufruf-citizen";

    /// <summary>It does not grow. Drafts are on the server, so a new sign-in goes on with them.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    private const string Account = "account";

    public static IServiceCollection AddCitizenSessions(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Scheme, cookie =>
        {
            cookie.ExpireTimeSpan = Length;
            cookie.SlidingExpiration = false;
            cookie.Cookie.Name = Cookie;
            cookie.Cookie.HttpOnly = true;
            // The way back from the service, from a payment and from a mail begins elsewhere. No such way changes anything.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.CookieManager = new HostCookies();
        });
        return services;
    }

    public static Task EnterAsync(this HttpContext http, CitizenAccount account) => http.SignInAsync(Scheme,
        new(new ClaimsIdentity([new Claim(Account, JsonSerializer.Serialize(account))], Scheme)));

    public static Task LeaveAccountAsync(this HttpContext http) => http.SignOutAsync(Scheme);

    /// <summary>The citizen who has signed in for this authority; null: there is none.</summary>
    /// <remarks>A form counts for the account only if the browser proves that it stands on our own page.</remarks>
    public static async Task<CitizenAccount?> AccountAsync(this HttpContext http, string authority)
    {
        if ((HttpMethods.IsPost(http.Request.Method) && !http.Request.IsProvenOwn())
            || await http.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(Scheme) is null)
        {
            return null;
        }

        var known = (await http.AuthenticateAsync(Scheme)).Principal?.FindFirst(Account)?.Value;
        return known is not null && JsonSerializer.Deserialize<CitizenAccount>(known) is { } account && account.Authority == authority
            ? account : null;
    }
}
