using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>A provider ends sessions on all hubs (OpenID Connect Back-Channel Logout 1.0).</summary>
internal sealed class ProviderLogout(PeopleGate people, IOptionsMonitor<OpenIdConnectOptions> schemes, IOptions<HubOptions> hub,
    LimitedLog log, TimeProvider clock)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const int LongestToken = 16 * 1024;
    private const int LongestId = 255;

    private readonly JsonWebTokenHandler _tokens = new() { MapInboundClaims = false };

    /// <returns>Null: it is carried out. Otherwise the reason for the provider's own log.</returns>
    public async Task<string?> EndAsync(string authority, string? token, CancellationToken stop)
    {
        var refused = !hub.Value.Providers.TryGetValue(authority, out var provider) ? "unknown authority"
            : token is not { Length: > 0 and <= LongestToken } ? "no logout_token"
            : await IsSignedAsync(schemes.Get(ProviderSetup.SchemeOf(authority)), provider, token, stop) switch
            {
                null => "the provider does not answer",
                false => "signature, issuer or audience is wrong",
                true => await CarryOutAsync(authority, provider, token),
            };
        if (refused is not null)
        {
            log.Write(to => HubLog.ProviderLogoutRefused(to, refused));
        }

        return refused;
    }

    private async Task<string?> CarryOutAsync(string authority, ProviderOptions provider, string token)
    {
        var claims = ProviderAnswer.Read(new JsonWebToken(token));
        var (subject, sid, id) = (Text(claims, "sub"), ProviderEntry.SidOf(claims), Text(claims, "jti"));
        return ProviderCheck.OffBy(claims, clock.GetUtcNow()) is not null ? "iat or exp is more than five minutes off"
            : !claims.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Object
                || !events.TryGetProperty(Event, out var happened) || happened.ValueKind != JsonValueKind.Object ? "events names no log-out"
            : claims.TryGetProperty("nonce", out _) ? "nonce is not allowed"
            : id is null ? "jti is missing"
            : subject is null && sid is null ? "sub and sid are missing"
            : await people.HandleAsync(authority,
                new PeopleCommand.EndByProvider(provider.Issuer, subject, sid, SessionPass.HashOf(id))) is not null ? "jti was used already"
            : null;
    }

    /// <summary>A provider changes its keys: with an unknown one, they are read again, at most once a minute.</summary>
    /// <returns>Null: the provider's keys are not known, because it does not answer.</returns>
    private async Task<bool?> IsSignedAsync(OpenIdConnectOptions scheme, ProviderOptions provider, string token, CancellationToken stop)
    {
        var manager = scheme.ConfigurationManager
            ?? throw new ArgumentException("The scheme was set up without the provider's address.", nameof(scheme));
        try
        {
            var result = await ValidateAsync(await manager.GetConfigurationAsync(stop), provider, token);
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            {
                manager.RequestRefresh();
                result = await ValidateAsync(await manager.GetConfigurationAsync(stop), provider, token);
            }

            return result.IsValid;
        }
        catch (Exception silent) when (silent is InvalidOperationException or IOException or HttpRequestException)
        {
            return null;
        }
    }

    private Task<TokenValidationResult> ValidateAsync(OpenIdConnectConfiguration known, ProviderOptions provider, string token) =>
        _tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = known.Issuer,
            IssuerValidator = (issuer, _, parameters) => issuer == parameters.ValidIssuer && ProviderCheck.IsSame(issuer, provider.Issuer)
                ? issuer : throw new SecurityTokenInvalidIssuerException("Another issuer."),
            ValidAudience = provider.ClientId,
            IssuerSigningKeys = known.SigningKeys,
            ValidAlgorithms = ProviderSetup.Signatures,
            RequireSignedTokens = true,
            ValidateLifetime = false, // By the hub's own clock, above.
        });

    private static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var found)
        && found.ValueKind == JsonValueKind.String && found.GetString() is { Length: > 0 and <= LongestId } text ? text : null;
}
