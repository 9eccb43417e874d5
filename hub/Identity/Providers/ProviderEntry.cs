using System.Globalization;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>Takes a provider's answer about a person of the staff, and begins the session.</summary>
internal sealed class ProviderEntry(PeopleGate people, IOptions<HubOptions> hub, LimitedLog log, TimeProvider clock)
    : ProviderCheck(log, clock)
{
    /// <summary>The session of the browser before, which the new one replaces.</summary>
    public const string Instead = "instead";

    /// <summary>The moment since which the provider must have asked for the password.</summary>
    public const string Since = "since";

    private readonly TimeProvider _clock = clock;

    public OpenIdConnectEvents EventsOf(string authority) => EventsOf(authority, hub.Value.Providers[authority]);

    /// <summary>The sign-in page with a sentence.</summary>
    public static string WayBack(string authority, string why, string? to)
    {
        var page = QueryHelpers.AddQueryString("/staff/sign-in",
            new Dictionary<string, string?> { ["provider"] = authority, ["why"] = why });
        return to is null ? page : QueryHelpers.AddQueryString(page, "to", to);
    }

    /// <summary>The hash of the provider's name for its session; null: it named none.</summary>
    public static string? SidOf(JsonElement token) =>
        token.TryGetProperty("sid", out var sid) && sid.ValueKind == JsonValueKind.String && sid.GetString() is { Length: > 0 } named
            ? SessionPass.HashOf(named) : null;

    protected override string NameOf(string authority) => authority;

    protected override string StrengthFor(string authority, AuthenticationProperties way) => hub.Value.Providers[authority].Acr;

    protected override string BackTo(string authority, string why, string? to) => WayBack(authority, why, to);

    protected override ProviderRefusedException? WhyNot(ProviderAnswer answer, string authority, AuthenticationProperties? way) =>
        hub.Value.Providers[authority].Acr is { Length: > 0 } accepted && !accepted.Split(' ').Contains(answer.Text("acr")) ? new("weak")
        : way?.Items.TryGetValue(Since, out var since) is true && since is not null
            && !(answer.Moment("auth_time") + ProviderSetup.Skew
                >= DateTimeOffset.FromUnixTimeSeconds(long.Parse(since, CultureInfo.InvariantCulture))) ? new("not-asked")
        : null;

    protected override async Task<string> EnterAsync(
        HttpContext http, string authority, ProviderAnswer answer, string? to, AuthenticationProperties? way)
    {
        var (provider, page, code) = (hub.Value.Providers[authority], to ?? "/staff", SessionPass.NewCode());
        var name = (answer.Text(provider.NameClaim) ?? "").Split('@')[0].ToLowerInvariant();
        var refusal = await people.HandleAsync(authority, new PeopleCommand.EnterByProvider(
            new(provider.Issuer, answer.Text("sub") ?? ""), name, answer.Text(provider.DisplayNameClaim)?.Trim() ?? "",
            answer.Texts(provider.RolesClaim), SessionPass.HashOf(code), SidOf(answer.Token),
            _clock.GetUtcNow() + StaffAccounts.SessionLength,
            way?.Items.TryGetValue(Instead, out var instead) is true ? instead : null));
        if (refusal is not null)
        {
            return WayBack(authority, refusal.Code, page);
        }

        var now = people.Of(authority);
        var person = now.ByName.Values.First(known => known.Sessions.ContainsKey(SessionPass.HashOf(code)));
        await http.EnterAsync(new SessionPass(authority, person.Name, code));
        // A browser keeps the session's cookie to itself as long as the way began elsewhere: the page in between begins it anew.
        return QueryHelpers.AddQueryString("/staff/entered", "to", now.GrantsOf(person).Any() ? page : "/staff/account");
    }
}
