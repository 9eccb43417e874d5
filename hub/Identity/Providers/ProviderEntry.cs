using System.Globalization;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>Takes a provider's answer about a person, and begins the session.</summary>
internal sealed class ProviderEntry(PeopleGate people, LimitedLog log, TimeProvider clock)
{
    /// <summary>The session of the browser before, which the new one replaces.</summary>
    public const string Instead = "instead";

    /// <summary>The moment since which the provider must have asked for the password.</summary>
    public const string Since = "since";

    public OpenIdConnectEvents EventsOf(string authority, ProviderOptions provider) => new()
    {
        OnRedirectToIdentityProvider = to =>
        {
            if (provider.Acr.Length > 0)
            {
                to.ProtocolMessage.AcrValues = provider.Acr;
            }

            return Task.CompletedTask;
        },
        OnMessageReceived = received =>
        {
            // RFC 9207: an answer that names another issuer belongs to another way in.
            if (received.ProtocolMessage.Iss is { Length: > 0 } issuer && !IsSame(issuer, provider.Issuer))
            {
                received.Fail(new ProviderRefusedException("failed"));
            }

            return Task.CompletedTask;
        },
        OnTokenValidated = checkedOne =>
        {
            var token = new JsonWebToken(checkedOne.TokenEndpointResponse?.IdToken ?? "");
            var answer = new ProviderAnswer(ProviderAnswer.Read(token));
            // The library lets an unsigned token pass that came straight from the provider. A signature that is there was checked.
            if (token.EncodedSignature.Length == 0 || !ProviderSetup.Signatures.Contains(token.Alg))
            {
                checkedOne.Fail(new ProviderRefusedException("failed"));
            }
            else if (WhyNot(answer, provider, checkedOne.Properties) is { } refused)
            {
                checkedOne.Fail(refused);
            }

            checkedOne.HttpContext.Features.Set(answer);
            return Task.CompletedTask;
        },
        OnUserInformationReceived = about =>
        {
            about.HttpContext.Features.Set(about.HttpContext.Features.Get<ProviderAnswer>() is { } answer
                ? answer with { About = about.User.RootElement.Clone() } : null);
            return Task.CompletedTask;
        },
        OnTicketReceived = async received =>
        {
            received.HandleResponse();
            received.Response.Redirect(await EnterAsync(received.HttpContext, authority, provider,
                received.ReturnUri ?? "/staff", received.Properties));
        },
        OnRemoteFailure = failed =>
        {
            failed.HandleResponse();
            failed.Response.Redirect(WayBack(authority, WhyFailed(authority, failed.Failure), failed.Properties?.RedirectUri));
            return Task.CompletedTask;
        },
    };

    /// <summary>The sign-in page with a sentence.</summary>
    public static string WayBack(string authority, string why, string? to)
    {
        var page = QueryHelpers.AddQueryString("/staff/sign-in",
            new Dictionary<string, string?> { ["provider"] = authority, ["why"] = why });
        return to is null ? page : QueryHelpers.AddQueryString(page, "to", to);
    }

    public static bool IsSame(string issuer, string configured) => issuer.TrimEnd('/') == configured.TrimEnd('/');

    /// <returns>The next page.</returns>
    private async Task<string> EnterAsync(
        HttpContext http, string authority, ProviderOptions provider, string to, AuthenticationProperties? way)
    {
        if (http.Features.Get<ProviderAnswer>() is not { } answer)
        {
            return WayBack(authority, "failed", to);
        }

        var code = SessionPass.NewCode();
        var name = (answer.Text(provider.NameClaim) ?? "").Split('@')[0].ToLowerInvariant();
        var refusal = await people.HandleAsync(authority, new PeopleCommand.EnterByProvider(
            new(provider.Issuer, answer.Text("sub") ?? ""), name, answer.Text(provider.DisplayNameClaim)?.Trim() ?? "",
            answer.Texts(provider.RolesClaim), SessionPass.HashOf(code), SidOf(answer.Token),
            clock.GetUtcNow() + StaffAccounts.SessionLength,
            way?.Items.TryGetValue(Instead, out var instead) is true ? instead : null));
        if (refusal is not null)
        {
            return WayBack(authority, refusal.Code, to);
        }

        var now = people.Of(authority);
        var person = now.ByName.Values.First(known => known.Sessions.ContainsKey(SessionPass.HashOf(code)));
        await http.EnterAsync(new SessionPass(authority, person.Name, code));
        // A browser keeps the session's cookie to itself as long as the way began elsewhere: the page in between begins it anew.
        return QueryHelpers.AddQueryString("/staff/entered", "to", now.GrantsOf(person).Any() ? to : "/staff/account");
    }

    /// <summary>The hash of the provider's name for its session; null: it named none.</summary>
    public static string? SidOf(JsonElement token) =>
        token.TryGetProperty("sid", out var sid) && sid.ValueKind == JsonValueKind.String && sid.GetString() is { Length: > 0 } named
            ? SessionPass.HashOf(named) : null;

    /// <summary>How far the provider's clock is ahead, if that is too much; null: it is not.</summary>
    public static TimeSpan? OffBy(JsonElement token, DateTimeOffset now) =>
        ProviderAnswer.MomentOf(token, "iat") is not { } issued ? TimeSpan.MaxValue
        // The token was made for this request a moment ago, so its time is the provider's clock.
        : (issued - now).Duration() > ProviderSetup.Skew ? issued - now
        : ProviderAnswer.MomentOf(token, "exp") is { } end && end + ProviderSetup.Skew > now ? null : TimeSpan.MaxValue;

    private ProviderRefusedException? WhyNot(ProviderAnswer answer, ProviderOptions provider, AuthenticationProperties? way) =>
        answer.Text("iss") is not { } issuer || !IsSame(issuer, provider.Issuer) ? new("failed")
        : OffBy(answer.Token, clock.GetUtcNow()) is { } ahead ? new("clock") { Ahead = ahead }
        : provider.Acr.Length > 0 && !provider.Acr.Split(' ').Contains(answer.Text("acr")) ? new("weak")
        : way?.Items.TryGetValue(Since, out var since) is true && since is not null
            && !(answer.Moment("auth_time") + ProviderSetup.Skew
                >= DateTimeOffset.FromUnixTimeSeconds(long.Parse(since, CultureInfo.InvariantCulture))) ? new("not-asked")
        : null;

    private string WhyFailed(string authority, Exception? failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is ProviderRefusedException refused)
            {
                log.Write(to => Tell(to, authority, refused));
                return refused.Why;
            }

            if (cause is HttpRequestException or OperationCanceledException or TimeoutException or IOException)
            {
                log.Write(to => HubLog.ProviderSilent(to, authority, cause.GetType().Name));
                return "down";
            }
        }

        // The description may name a person, so only the provider's code goes into the log.
        var error = failure?.Data["error"] as string;
        var isCode = error is { Length: < 60 } && error.All(c => char.IsAsciiLetterLower(c) || c is '_');
        log.Write(to => HubLog.ProviderRefused(to, authority, (isCode ? error : failure?.GetType().Name) ?? "nothing"));
        return error == "access_denied" ? "cancelled" : "failed";
    }

    private static void Tell(ILogger to, string authority, ProviderRefusedException refused)
    {
        if (refused.Ahead is { } ahead && ahead.Duration() < TimeSpan.FromDays(10_000))
        {
            HubLog.ProviderClock(to, authority, ahead.TotalSeconds);
        }
        else
        {
            HubLog.ProviderRefused(to, authority, refused.Why);
        }
    }
}
