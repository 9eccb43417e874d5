using System.Globalization;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>The way to the town's provider, and the provider's own request to end sessions.</summary>
internal static class ProviderEndpoints
{
    private const int LongestWay = 1_000;

    public static void MapProviders(this IEndpointRouteBuilder app)
    {
        app.MapGet("/staff/provider/{authority}", GoAsync).Needs(Permission.Public).WithMetadata(new WhileLockedAttribute())
            .ExcludeFromDescription();
        // The scheme takes the provider's answer before this. Without an endpoint the address would count as unknown.
        app.MapGet("/staff/provider/{authority}/answer", () => TypedResults.NotFound()).Needs(Permission.Public).ExcludeFromDescription();
        app.MapPost("/staff/backchannel-logout/{authority}", EndAsync).Needs(Permission.Public).ExcludeFromDescription();
    }

    private static async Task GoAsync(string authority, string? to, HttpContext http, StaffProviders providers, TimeProvider clock)
    {
        if (providers.IssuerOf(authority) is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var page = to is { Length: <= LongestWay } && RedirectHttpResult.IsLocalUrl(to) ? to : "/staff";
        var way = new OpenIdConnectChallengeProperties { RedirectUri = page };
        if (http.User.Person() is { } person)
        {
            way.Items[ProviderEntry.Instead] = person.Session.Hash;
            if (person.IsLocked)
            {
                // The provider may still know the browser. A locked desk asks for the password all the same.
                (way.Prompt, way.MaxAge) = (OpenIdConnectPrompt.Login, TimeSpan.Zero);
                way.Items[ProviderEntry.Since] = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            }
        }

        http.Response.Headers.CacheControl = "no-store";
        if (!await providers.AnswersAsync(authority))
        {
            http.Response.Redirect(ProviderEntry.WayBack(authority, "down", page));
            return;
        }

        try
        {
            await http.ChallengeAsync(ProviderSetup.SchemeOf(authority), way);
        }
        catch (Exception failed) when (failed is InvalidOperationException or HttpRequestException or OperationCanceledException
            or OpenIdConnectProtocolException)
        {
            http.Response.Redirect(ProviderEntry.WayBack(authority, "down", page));
        }
    }

    private static async Task EndAsync(string authority, HttpContext http, ProviderLogout logout)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        var refused = await logout.EndAsync(authority, form?["logout_token"].ToString(), http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        if (refused is not null)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(new { error = "invalid_request", error_description = refused }, http.RequestAborted);
        }
    }
}
