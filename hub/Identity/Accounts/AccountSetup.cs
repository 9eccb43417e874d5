using Aufruf.Contracts;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity.Providers;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Aufruf.Hub.Identity.Accounts;

/// <summary>Each authority with a service for citizens has a scheme of its own, apart from that of its staff.</summary>
internal static class AccountSetup
{
    private const int LongestWay = 1_000;

    public static string SchemeOf(string authority) => $"Account:{authority}";

    /// <summary>The address that the service leads back to. It stands in the service's own list.</summary>
    public static string AnswerPathOf(string authority) => $"/account/answer/{authority}";

    public static IServiceCollection AddAccounts(this IServiceCollection services, HubOptions hub)
    {
        services.AddCitizenSessions().AddSingleton<AccountEntry>();
        foreach (var (authority, service) in hub.Accounts)
        {
            services.AddProvider<AccountEntry>(SchemeOf(authority), "aufruf-citizen", AnswerPathOf(authority), CitizenSession.Scheme,
                service, hub, entry => entry.EventsOf(authority));
        }

        return services;
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/account/sign-in/{authority}", GoAsync).Needs(Permission.Public).RequireRateLimiting(CallerRates.BookAppointment)
            .ExcludeFromDescription();
        // The scheme takes the service's answer before this. Without an endpoint the address would count as unknown.
        app.MapGet(AnswerPathOf("{authority}"), () => TypedResults.NotFound()).Needs(Permission.Public).ExcludeFromDescription();
    }

    /// <param name="least">The least level of trust: "substantial".</param>
    private static async Task GoAsync(string authority, string? to, string? least, HttpContext http, ICitizenAccounts accounts,
        ProviderReach reach)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (accounts.NameOf(authority) is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var page = to is { Length: <= LongestWay } && RedirectHttpResult.IsLocalUrl(to) ? to : "/account";
        var way = new AuthenticationProperties { RedirectUri = page };
        if (Enum.TryParse<TrustLevel>(least, ignoreCase: true, out var level) && Enum.IsDefined(level))
        {
            way.Items[AccountEntry.Least] = level.ToString();
        }

        try
        {
            if (await reach.AnswersAsync(SchemeOf(authority), $"{authority} (citizens)"))
            {
                await http.ChallengeAsync(SchemeOf(authority), way);
                return;
            }
        }
        catch (Exception failed) when (failed is InvalidOperationException or HttpRequestException or OperationCanceledException
            or OpenIdConnectProtocolException)
        {
            // The page says that the service does not answer.
        }

        http.Response.Redirect(AccountEntry.WayBack("down", page));
    }
}
