using System.Text.Encodings.Web;
using Aufruf.Contracts;
using Aufruf.Hub.Api;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity;

/// <summary>Authenticates displays, kiosks, feeds and mail servers by their token, and people's programs by their key.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CredentialWatch credentials,
    PeopleWatch people)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Token";

    private static readonly string[] Watched = ["board", "area", "kiosk"];

    private bool _isElsewhere; // Each request has a handler of its own.

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (PresentedToken() is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        var secret = Secret.Parse(token);
        if (secret?.OfPerson is { } key)
        {
            return await people.FindAsync(key) is { } person
                ? AuthenticateResult.Success(new(PersonIdentity.Of(person, Scheme_), Scheme_)) : AuthenticateResult.Fail("Unknown key.");
        }

        if (secret is null || await credentials.FindAsync(secret) is not { } credential)
        {
            return AuthenticateResult.Fail("Unknown token.");
        }

        _isElsewhere = !MayWatch(secret.Place);
        return _isElsewhere ? AuthenticateResult.Fail("A screen of another office.")
            : AuthenticateResult.Success(new(Pass.Of(secret.Place, credential).AsUser(Scheme_), Scheme_));
    }

    /// <summary>The token is good, but not there: 401 would say that it is not.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        _isElsewhere ? HandleForbiddenAsync(properties) : base.HandleChallengeAsync(properties);

    // A screen of another office is refused here, with a status. An open connection could only be cut.
    private bool MayWatch(string office) =>
        !Request.Path.StartsWithSegments("/live")
        || Watched.Select(name => Request.Query[name].ToString())
            .All(watched => watched.Length == 0 || watched.StartsWith(office + ".", StringComparison.Ordinal));

    // Browsers cannot set headers on WebSockets: on live connections the token may stand in the query.
    private string? PresentedToken() =>
        Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var bearer] ? bearer
        : Request.Path.StartsWithSegments("/live") ? Request.Query["access_token"].ToString() is { Length: > 0 } query ? query : null
        : Request.RouteValues[FeedEndpoints.Token] as string; // Calendar programs know an address only.
}

internal static class TokenSetup
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddAuthentication(SessionGuard.Scheme)
            .AddPolicyScheme(SessionGuard.Scheme, null, scheme => scheme.ForwardDefaultSelector = SessionGuard.SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme_, null);
        return services.AddPermissions();
    }
}
