using Aufruf.Contracts;
using Aufruf.Portal.Staff;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>Each authority with a provider has a scheme of its own. It only begins sessions.</summary>
internal static class ProviderSetup
{
    /// <summary>A provider's clock may differ by so much.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>The sign-in page says within five seconds that the provider does not answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Signatures with the provider's own key. Neither "none", nor a secret that both know.</summary>
    public static readonly string[] Signatures =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    // A password and a second factor at the provider take their time.
    private static readonly TimeSpan WayThere = TimeSpan.FromMinutes(15);

    public static string SchemeOf(string authority) => $"Provider:{authority}";

    /// <summary>The address that the provider leads back to. It stands in the provider's own list.</summary>
    public static string AnswerPathOf(string authority) => $"/staff/provider/{authority}/answer";

    public static IServiceCollection AddProviders(this IServiceCollection services, HubOptions hub)
    {
        services.AddSingleton<ProviderReach>().AddSingleton<StaffProviders>()
            .AddSingleton<IStaffProviders>(s => s.GetRequiredService<StaffProviders>())
            .AddSingleton<ProviderEntry>().AddSingleton<ProviderLogout>();
        foreach (var (authority, provider) in hub.Providers)
        {
            services.AddProvider<ProviderEntry>(SchemeOf(authority), "aufruf", AnswerPathOf(authority), StaffAccess.Scheme, provider, hub,
                entry => entry.EventsOf(authority));
        }

        return services;
    }

    /// <summary>One provider of sign-ins, with a scheme of its own.</summary>
    /// <param name="cookies">Begins the names of the cookies of the way there.</param>
    /// <param name="answers">The path that the provider leads back to.</param>
    /// <param name="session">The scheme of the session that begins.</param>
    public static void AddProvider<TEntry>(this IServiceCollection services, string scheme, string cookies, string answers, string session,
        ProviderClient provider, HubOptions hub, Func<TEntry, OpenIdConnectEvents> eventsOf) where TEntry : class
    {
        services.AddAuthentication().AddOpenIdConnect(scheme, options =>
        {
            Connect(options, provider);
            (options.CallbackPath, options.SignInScheme) = (answers, session);
            ProtectCookies(options, cookies, hub.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) is true);
        });
        services.AddOptions<OpenIdConnectOptions>(scheme).Configure<TEntry, TimeProvider>((options, entry, clock) =>
        {
            options.Events = eventsOf(entry);
            options.ConfigurationManager = new ProviderDescription(options, clock) { UseLastKnownGoodConfiguration = false };
        });
    }

    private static void Connect(OpenIdConnectOptions options, ProviderClient provider)
    {
        options.Authority = provider.Issuer;
        options.MetadataAddress = $"{provider.Issuer.TrimEnd('/')}/.well-known/openid-configuration";
        options.ClientId = provider.ClientId;
        options.ClientSecret = File.ReadAllText(provider.ClientSecretFile).Trim();
        options.RequireHttpsMetadata = !new Uri(provider.Issuer).IsLoopback;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // A code in the address is good once, and of no use without the verifier here. A form from elsewhere would need cookies that
        // any site may make the browser send.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (var scope in provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            options.Scope.Add(scope);
        }

        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.SaveTokens = false;
        options.DisableTelemetry = true;
        options.SignedOutCallbackPath = default; // The way back from the provider's sign-out is our own page.
        options.RemoteSignOutPath = default; // A picture on any page could call it. The back channel is signed.
        options.BackchannelTimeout = Patience;
        options.BackchannelHttpHandler = new SocketsHttpHandler
        {
            ConnectTimeout = Patience,
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        options.RemoteAuthenticationTimeout = WayThere;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = Signatures,
            RequireSignedTokens = true,
            RequireAudience = true,
            ValidAudience = provider.ClientId,
            LifetimeValidator = (_, _, _, _) => true, // ProviderCheck compares the times with the hub's own clock, and measures.
        };
    }

    /// <summary>The cookies of the way there come back with a link from the provider: Lax. They hold sealed values only.</summary>
    private static void ProtectCookies(OpenIdConnectOptions options, string cookies, bool isHttps)
    {
        foreach (var (cookie, name) in new[] { (options.CorrelationCookie, $"{cookies}-way."), (options.NonceCookie, $"{cookies}-once.") })
        {
            cookie.Name = isHttps ? HostCookies.Prefix + name : name;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.HttpOnly = true;
            cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.Path = isHttps ? "/" : null; // The prefix asks for it.
        }
    }
}
