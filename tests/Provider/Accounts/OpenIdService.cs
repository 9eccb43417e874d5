using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Aufruf.Provider.Accounts;

/// <summary>A small service of OpenID Connect (OpenIddict), for demo and tests, on this machine only.</summary>
/// <remarks>Its heirs say who signs in. It keeps no session and no cookie.</remarks>
internal abstract class OpenIdService(int port, string secret, params string[] clients) : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Under one host name with the hub no cookie would be of another site.</summary>
    public string Issuer => $"http://127.0.0.1:{port}/";

    protected RsaSecurityKey Key { get; set; } = new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    public async Task OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port));
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(Configure);
        _app = builder.Build();
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        await StopAsync();
        Key.Rsa.Dispose();
    }

    /// <summary>Finds out who signs in.</summary>
    /// <returns>The subject. Empty: the person breaks off. Null: a page asks first, and stands in the response.</returns>
    protected abstract Task<string?> ChooseAsync(OpenIddictRequest asked, HttpContext http);

    /// <summary>The claims about a subject, beside those that the protocol asks for.</summary>
    protected abstract JsonObject ClaimsOf(string subject);

    protected virtual string Sign(JsonObject said) => SignedBy(said, new(Key, SecurityAlgorithms.RsaSha256));

    protected static string SignedBy(JsonObject said, SigningCredentials by) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(said.ToJsonString(), by);

    protected virtual void Configure(OpenIddictServerBuilder server)
    {
        server.SetIssuer(new Uri(Issuer)).SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token")
            .SetEndSessionEndpointUris("end");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().EnableDegradedMode();
        server.RegisterScopes("profile", "address", "email");
        server.AddSigningKey(Key).AddEphemeralEncryptionKey();
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(on => on.UseInlineHandler(asked =>
        {
            if (!clients.Contains(asked.ClientId) || !IsHere(asked.RedirectUri))
            {
                asked.Reject(OpenIddictConstants.Errors.InvalidClient);
            }

            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(on => on.UseInlineHandler(asked =>
        {
            if (!clients.Contains(asked.ClientId) || asked.ClientSecret != secret)
            {
                asked.Reject(OpenIddictConstants.Errors.InvalidClient);
            }

            return default;
        }));
        server.AddEventHandler<ValidateEndSessionRequestContext>(on => on.UseInlineHandler(asked =>
        {
            if (!IsHere(asked.PostLogoutRedirectUri))
            {
                asked.Reject(OpenIddictConstants.Errors.InvalidRequest);
            }

            return default;
        }));
        server.AddEventHandler<HandleAuthorizationRequestContext>(on => on.UseInlineHandler(EnterAsync));
        server.AddEventHandler<HandleTokenRequestContext>(on => on.UseInlineHandler(asked =>
        {
            asked.SignIn(asked.Principal ?? throw new InvalidOperationException("No code."));
            return default;
        }));
        server.AddEventHandler<HandleEndSessionRequestContext>(on => on.UseInlineHandler(asked =>
        {
            asked.SignOut();
            return default;
        }));
        server.AddEventHandler<ApplyTokenResponseContext>(on => on.SetOrder(int.MinValue).UseInlineHandler(given =>
        {
            if (given.Response?.IdToken is { } token)
            {
                given.Response.IdToken = Sign(Said(token));
            }

            return default;
        }));
    }

    private async ValueTask EnterAsync(HandleAuthorizationRequestContext asked)
    {
        var http = asked.Transaction.GetHttpRequest()?.HttpContext ?? throw new InvalidOperationException("No request.");
        switch (await ChooseAsync(asked.Request, http))
        {
            case null:
                asked.HandleRequest();
                break;
            case "":
                asked.Reject(OpenIddictConstants.Errors.AccessDenied);
                break;
            case var subject:
                var person = new ClaimsIdentity("demo");
                person.SetClaim(OpenIddictConstants.Claims.Subject, subject);
                person.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
                var principal = new ClaimsPrincipal(person);
                principal.SetScopes(asked.Request.GetScopes());
                asked.SignIn(principal);
                break;
        }
    }

    /// <summary>The service's own claims, and then those of the person.</summary>
    private JsonObject Said(string token)
    {
        var said = JsonNode.Parse(WebEncoders.Base64UrlDecode(new JsonWebToken(token).EncodedPayload))!.AsObject();
        foreach (var (name, value) in ClaimsOf((string?)said["sub"] ?? ""))
        {
            said[name] = value?.DeepClone();
        }

        return said;
    }

    /// <summary>It leads to no other machine.</summary>
    private static bool IsHere(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
