using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Aufruf.Tests.Running;

/// <summary>A town's provider inside the tests (OpenIddict). It signs all in as <see cref="Account"/>, also wrongly.</summary>
internal sealed class InnerProvider : IAsyncDisposable
{
    public const string Client = "aufruf", Citizens = "aufruf-citizens";

    private readonly int _port = Ports.Next();
    private readonly TempFolder _folder = new();
    private RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "town" };
    private readonly RsaSecurityKey _foreign = new(RSA.Create(2048)) { KeyId = "town" };
    private WebApplication? _app;

    /// <summary>The provider says this of the one who comes next.</summary>
    public JsonObject Account { get; set; } = [];

    /// <summary>Changes the next token before it is signed.</summary>
    public Action<JsonObject>? Alter { get; set; }

    /// <summary>"RS256" as promised, "foreign" or "unknown" with another key, "HS256" with the client's secret, or "none".</summary>
    public string Signed { get; set; } = "RS256";

    /// <summary>The last request for a sign-in.</summary>
    public OpenIddictRequest? Asked { get; private set; }

    /// <summary>So often its keys were read.</summary>
    public int KeysRead { get; private set; }

    /// <summary>Under one host name with the hub no cookie would be of another site.</summary>
    public string Issuer => $"http://127.0.0.1:{_port}/";

    public static string Secret => "a secret of thirty-two characters";

    /// <summary>The hub's settings for it.</summary>
    public string[] Settings =>
    [
        $"--Hub:Providers:alsdorf:Issuer={Issuer}", $"--Hub:Providers:alsdorf:ClientId={Client}",
        $"--Hub:Providers:alsdorf:ClientSecretFile={SecretFile}", "--Hub:Providers:alsdorf:RolesClaim=realm_access.roles",
    ];

    /// <summary>The hub's settings for it, as the service of citizens.</summary>
    public string[] AccountSettings =>
    [
        $"--Hub:Accounts:alsdorf:Issuer={Issuer}", $"--Hub:Accounts:alsdorf:ClientId={Citizens}",
        $"--Hub:Accounts:alsdorf:ClientSecretFile={SecretFile}",
    ];

    private string SecretFile
    {
        get
        {
            var file = Path.Combine(_folder.Path, "secret");
            File.WriteAllText(file, Secret + "\n");
            return file;
        }
    }

    public static async Task<InnerProvider> StartAsync()
    {
        var provider = new InnerProvider();
        await provider.StartAgainAsync();
        return provider;
    }

    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", Issuer]);
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetIssuer(new Uri(Issuer)).SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token")
                .SetEndSessionEndpointUris("end");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().EnableDegradedMode();
            server.RegisterScopes("profile", "address", "email");
            server.AddSigningKey(_key).AddEphemeralEncryptionKey();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(on => on.UseInlineHandler(asked =>
            {
                Asked = asked.Request;
                if (asked.ClientId is not (Client or Citizens))
                {
                    asked.Reject(OpenIddictConstants.Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(on => on.UseInlineHandler(asked =>
            {
                if (asked.ClientId is not (Client or Citizens) || asked.ClientSecret != Secret)
                {
                    asked.Reject(OpenIddictConstants.Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<HandleJsonWebKeySetRequestContext>(on => on.UseInlineHandler(_ =>
            {
                KeysRead++;
                return default;
            }));
            server.AddEventHandler<ValidateEndSessionRequestContext>(on => on.UseInlineHandler(_ => default));
            server.AddEventHandler<HandleAuthorizationRequestContext>(on => on.UseInlineHandler(asked =>
            {
                var person = new ClaimsIdentity("town");
                person.SetClaim(OpenIddictConstants.Claims.Subject, (string?)Account["sub"]);
                person.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
                var principal = new ClaimsPrincipal(person);
                principal.SetScopes(asked.Request.GetScopes());
                asked.SignIn(principal);
                return default;
            }));
            server.AddEventHandler<HandleTokenRequestContext>(on => on.UseInlineHandler(asked =>
            {
                asked.SignIn(asked.Principal ?? throw new InvalidOperationException("No code."));
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
        });
        _app = builder.Build();
        await _app.StartAsync();
        using var first = new HttpClient(); // Its first answer on a busy machine may outlast the patience of a sign-in page.
        await first.GetStringAsync(new Uri($"{Issuer}.well-known/openid-configuration"));
    }

    /// <summary>From now on it signs with a new key, and knows the old one no longer.</summary>
    public async Task ChangeKeyAsync()
    {
        await StopAsync();
        _key.Rsa.Dispose();
        _key = new(RSA.Create(2048)) { KeyId = $"{_key.KeyId}-next" };
        await StartAgainAsync();
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

    /// <summary>An order to end sessions, as the provider's own back channel sends it.</summary>
    public string Logout(DateTimeOffset now, Action<JsonObject>? alter = null)
    {
        var order = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = Client,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(2).ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString(),
            ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
        };
        alter?.Invoke(order);
        return Sign(order);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _key.Rsa.Dispose();
        _foreign.Rsa.Dispose();
        _folder.Dispose();
    }

    /// <summary>The provider's own claims, those of the account, and then the fault.</summary>
    private JsonObject Said(string token)
    {
        var said = JsonNode.Parse(WebEncoders.Base64UrlDecode(new JsonWebToken(token).EncodedPayload))!.AsObject();
        foreach (var (name, value) in Account)
        {
            said[name] = value?.DeepClone();
        }

        Alter?.Invoke(said);
        return said;
    }

    private string Sign(JsonObject said) => Signed is "none"
        ? $"{Encoded("""{"alg":"none","typ":"JWT"}""")}.{Encoded(said.ToJsonString())}."
        : new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(said.ToJsonString(), new SigningCredentials(
            Signed switch
            {
                "foreign" => _foreign,
                "unknown" => new RsaSecurityKey(_foreign.Rsa) { KeyId = "unknown" },
                "HS256" => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secret)),
                _ => _key,
            }, Signed is "HS256" ? "HS256" : "RS256"));

    private static string Encoded(string json) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(json));
}
