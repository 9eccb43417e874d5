using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aufruf.Provider.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Aufruf.Tests.Running;

/// <summary>The demo's sign-in as a town's provider inside the tests. It signs all in as <see cref="Account"/>, also wrongly.</summary>
internal sealed class InnerProvider() : DemoAccounts(Ports.Next(), Residents, Secret, Client, Citizens)
{
    public const string Client = "aufruf", Citizens = "aufruf-citizens";

    private readonly TempFolder _folder = new();
    private readonly RSA _foreign = RSA.Create(2048);

    /// <summary>The provider says this of the one who comes next. Empty: the demo's page asks for a resident.</summary>
    public JsonObject Account { get; set; } = [];

    /// <summary>Changes the next token before it is signed.</summary>
    public Action<JsonObject>? Alter { get; set; }

    /// <summary>"RS256" as promised, "foreign" or "unknown" with another key, "HS256" with the client's secret, or "none".</summary>
    public string Signed { get; set; } = "RS256";

    /// <summary>The last request for a sign-in.</summary>
    public OpenIddictRequest? Asked { get; private set; }

    /// <summary>So often its keys were read.</summary>
    public int KeysRead { get; private set; }

    /// <summary>The demo's register.</summary>
    public static string Residents => Repository.PathOf("hub", "demo", "residents", "alsdorf.json");

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
        await OpenAsync();
        using var first = new HttpClient(); // Its first answer on a busy machine may outlast the patience of a sign-in page.
        await first.GetStringAsync(new Uri($"{Issuer}.well-known/openid-configuration"));
    }

    /// <summary>From now on it signs with a new key, and knows the old one no longer.</summary>
    public async Task ChangeKeyAsync()
    {
        await StopAsync();
        Key.Rsa.Dispose();
        Key = new(RSA.Create(2048)) { KeyId = $"{Key.KeyId}-next" };
        await StartAgainAsync();
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
        return SignedAs(order);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _foreign.Dispose();
        _folder.Dispose();
    }

    protected override void Configure(OpenIddictServerBuilder server)
    {
        base.Configure(server);
        server.AddEventHandler<HandleJsonWebKeySetRequestContext>(on => on.UseInlineHandler(_ =>
        {
            KeysRead++;
            return default;
        }));
    }

    protected override async Task<string?> ChooseAsync(OpenIddictRequest asked, HttpContext http)
    {
        Asked = asked;
        return Account.Count > 0 ? (string?)Account["sub"] : await base.ChooseAsync(asked, http);
    }

    protected override JsonObject ClaimsOf(string subject) => Account.Count > 0 ? Account : base.ClaimsOf(subject);

    /// <summary>All that was said, and then the fault.</summary>
    protected override string Sign(JsonObject said)
    {
        Alter?.Invoke(said);
        return SignedAs(said);
    }

    private string SignedAs(JsonObject said) => Signed is "none"
        ? $"{Encoded("""{"alg":"none","typ":"JWT"}""")}.{Encoded(said.ToJsonString())}."
        : SignedBy(said, new SigningCredentials(Signed switch
        {
            "foreign" => new RsaSecurityKey(_foreign) { KeyId = Key.KeyId },
            "unknown" => new RsaSecurityKey(_foreign) { KeyId = "unknown" },
            "HS256" => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secret)),
            _ => Key,
        }, Signed is "HS256" ? "HS256" : "RS256"));

    private static string Encoded(string json) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(json));
}
