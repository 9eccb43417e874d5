using System.Security.Claims;
using System.Text.Encodings.Web;
using Aufruf.Domain.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity;

/// <summary>Authenticates clerks, displays and kiosks by their token.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CredentialWatch credentials)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Token";
    public const string OfficeClaim = "office";
    public const string HashClaim = "secret-hash";

    private static readonly string[] Watched = ["board", "area", "kiosk"];

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (PresentedToken() is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (Secret.Parse(token) is not { } secret || !MayWatch(secret.Office)
            || await credentials.FindAsync(secret) is not { } credential)
        {
            return AuthenticateResult.Fail("Unknown token.");
        }

        var identity = new ClaimsIdentity([new(ClaimTypes.Name, credential.Holder), new(OfficeClaim, secret.Office),
            new(ClaimTypes.Role, credential.Kind.ToString()), new(HashClaim, credential.SecretHash)], Scheme_);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme_));
    }

    // A screen of another office is refused here, with a status. An open connection could only be cut.
    private bool MayWatch(string office) =>
        !Request.Path.StartsWithSegments("/live")
        || Watched.Select(name => Request.Query[name].ToString())
            .All(watched => watched.Length == 0 || watched.StartsWith(office + ".", StringComparison.Ordinal));

    // Browsers cannot set headers on WebSockets: on live connections the token may stand in the query.
    private string? PresentedToken() =>
        Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var bearer] ? bearer
        : Request.Path.StartsWithSegments("/live") ? Request.Query["access_token"].ToString() is { Length: > 0 } query ? query : null
        : null;
}

/// <summary>The roles and their policies.</summary>
internal static class Access
{
    public const string Clerk = nameof(CredentialKind.Clerk);
    public const string Display = nameof(CredentialKind.Display);
    public const string Kiosk = nameof(CredentialKind.Kiosk);

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddAuthentication(TokenAuthentication.Scheme_)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme_, null);
        services.AddAuthorizationBuilder()
            // An endpoint without a policy of its own is for clerks only.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(Clerk).Build())
            .AddPolicy(Clerk, policy => policy.RequireRole(Clerk))
            .AddPolicy(Display, policy => policy.RequireRole(Display, Clerk))
            .AddPolicy(Kiosk, policy => policy.RequireRole(Kiosk));
        return services;
    }

    /// <summary>The holder of the token.</summary>
    public static ClerkId AsClerk(this ClaimsPrincipal? user) =>
        new(user?.FindFirst(ClaimTypes.Name)?.Value ?? throw new InvalidOperationException("A token without a holder is never let in."));

    /// <summary>The credential of a live connection; null on one that needs none.</summary>
    public static Pass? Pass(this ClaimsPrincipal? user) => user?.FindFirst(TokenAuthentication.HashClaim) is { } hash
        && user.FindFirst(ClaimTypes.Name) is { } holder && user.FindFirst(TokenAuthentication.OfficeClaim) is { } office
            ? new(office.Value, holder.Value, hash.Value)
            : null;

    /// <summary>A token is good for its own office only.</summary>
    public static bool MayEnter(this ClaimsPrincipal? user, string office) =>
        user?.HasClaim(TokenAuthentication.OfficeClaim, office) is true;
}
