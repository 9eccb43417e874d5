using System.Security.Claims;
using System.Text.Encodings.Web;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity;

/// <summary>Lets clerks and displays in by their token, until the hub knows people (OpenID Connect) by name.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CredentialBook credentials, IGrainFactory grains)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Token";
    public const string OfficeClaim = "office";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Shown() is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (Secret.Parse(token) is not { } secret || !MayWatch(secret.Office) || await credentials.FindAsync(secret, grains) is not { } credential)
        {
            return AuthenticateResult.Fail("Unknown token.");
        }

        var identity = new ClaimsIdentity(
            [new(ClaimTypes.Name, credential.Holder), new(OfficeClaim, secret.Office), new(ClaimTypes.Role, credential.Kind.ToString())], Scheme_);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme_));
    }

    // A screen of another office is turned away here, where it still can be told so: an open connection can only be cut.
    private bool MayWatch(string office) =>
        !Request.Path.StartsWithSegments("/live")
        || (Request.Query["board"].ToString() is { Length: > 0 } board ? board : Request.Query["area"].ToString()) is not { Length: > 0 } watched
        || watched.StartsWith(office + ".", StringComparison.Ordinal);

    // Browsers cannot set headers on WebSockets; for live connections alone the token may stand in the query.
    private string? Shown() =>
        Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var bearer] ? bearer
        : Request.Path.StartsWithSegments("/live") ? Request.Query["access_token"].ToString() is { Length: > 0 } query ? query : null
        : null;
}

/// <summary>Who may do what.</summary>
internal static class Access
{
    public const string Clerk = nameof(CredentialKind.Clerk);
    public const string Display = nameof(CredentialKind.Display);

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddAuthentication(TokenAuthentication.Scheme_)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme_, null);
        services.AddAuthorizationBuilder()
            // What says nothing of itself is closed.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(Clerk).Build())
            .AddPolicy(Clerk, policy => policy.RequireRole(Clerk))
            .AddPolicy(Display, policy => policy.RequireRole(Display, Clerk));
        return services;
    }

    /// <summary>Who acts: the holder of the token, until people come by name.</summary>
    public static ClerkId AsClerk(this ClaimsPrincipal? user) => new(user?.FindFirst(ClaimTypes.Name)?.Value ?? throw new InvalidOperationException("A token without a holder is never let in."));

    /// <summary>A token is good for its own office only.</summary>
    public static bool MayEnter(this ClaimsPrincipal? user, string office) => user?.HasClaim(TokenAuthentication.OfficeClaim, office) is true;
}
