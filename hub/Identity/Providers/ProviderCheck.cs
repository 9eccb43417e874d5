using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>Checks the answer of a provider about a person: the same for staff and for citizens.</summary>
internal abstract class ProviderCheck(LimitedLog log, TimeProvider clock)
{
    public static bool IsSame(string issuer, string configured) => issuer.TrimEnd('/') == configured.TrimEnd('/');

    /// <summary>How far the provider's clock is ahead, if that is too much; null: it is not.</summary>
    public static TimeSpan? OffBy(JsonElement token, DateTimeOffset now) =>
        ProviderAnswer.MomentOf(token, "iat") is not { } issued ? TimeSpan.MaxValue
        // The token was made for this request a moment ago, so its time is the provider's clock.
        : (issued - now).Duration() > ProviderSetup.Skew ? issued - now
        : ProviderAnswer.MomentOf(token, "exp") is { } end && end + ProviderSetup.Skew > now ? null : TimeSpan.MaxValue;

    protected OpenIdConnectEvents EventsOf(string authority, ProviderClient client) => new()
    {
        OnRedirectToIdentityProvider = to =>
        {
            if (StrengthFor(authority, to.Properties) is { Length: > 0 } strength)
            {
                to.ProtocolMessage.AcrValues = strength;
            }

            return Task.CompletedTask;
        },
        OnMessageReceived = received =>
        {
            // RFC 9207: an answer that names another issuer belongs to another way in.
            if (received.ProtocolMessage.Iss is { Length: > 0 } issuer && !IsSame(issuer, client.Issuer))
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
            else if ((WhyNot(answer, client) ?? WhyNot(answer, authority, checkedOne.Properties)) is { } refused)
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
            var http = received.HttpContext;
            received.Response.Redirect(http.Features.Get<ProviderAnswer>() is { } answer
                ? await EnterAsync(http, authority, answer, received.ReturnUri, received.Properties)
                : BackTo(authority, "failed", received.ReturnUri));
        },
        OnRemoteFailure = failed =>
        {
            failed.HandleResponse();
            failed.Response.Redirect(BackTo(authority, WhyFailed(NameOf(authority), failed.Failure), failed.Properties?.RedirectUri));
            return Task.CompletedTask;
        },
    };

    /// <summary>The provider's name in the log.</summary>
    protected abstract string NameOf(string authority);

    /// <summary>The strengths of a sign-in that the provider is asked for; empty: any.</summary>
    protected abstract string StrengthFor(string authority, AuthenticationProperties way);

    /// <summary>Null: the answer is good enough.</summary>
    protected abstract ProviderRefusedException? WhyNot(ProviderAnswer answer, string authority, AuthenticationProperties? way);

    /// <returns>The next page.</returns>
    protected abstract Task<string> EnterAsync(HttpContext http, string authority, ProviderAnswer answer, string? to,
        AuthenticationProperties? way);

    /// <summary>The page before, with a sentence.</summary>
    protected abstract string BackTo(string authority, string why, string? to);

    private ProviderRefusedException? WhyNot(ProviderAnswer answer, ProviderClient client) =>
        answer.Text("iss") is not { } issuer || !IsSame(issuer, client.Issuer) ? new("failed")
        : OffBy(answer.Token, clock.GetUtcNow()) is { } ahead ? new("clock") { Ahead = ahead } : null;

    private string WhyFailed(string name, Exception? failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is ProviderRefusedException refused)
            {
                log.Write(to => Tell(to, name, refused));
                return refused.Why;
            }

            if (cause is HttpRequestException or OperationCanceledException or TimeoutException or IOException)
            {
                log.Write(to => HubLog.ProviderSilent(to, name, cause.GetType().Name));
                return "down";
            }
        }

        // The description may name a person, so only the provider's code goes into the log.
        var error = failure?.Data["error"] as string;
        var isCode = error is { Length: < 60 } && error.All(c => char.IsAsciiLetterLower(c) || c is '_');
        log.Write(to => HubLog.ProviderRefused(to, name, (isCode ? error : failure?.GetType().Name) ?? "nothing"));
        return error == "access_denied" ? "cancelled" : "failed";
    }

    private static void Tell(ILogger to, string name, ProviderRefusedException refused)
    {
        if (refused.Ahead is { } ahead && ahead.Duration() < TimeSpan.FromDays(10_000))
        {
            HubLog.ProviderClock(to, name, ahead.TotalSeconds);
        }
        else
        {
            HubLog.ProviderRefused(to, name, refused.Why);
        }
    }
}
