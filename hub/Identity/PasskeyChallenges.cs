using System.Globalization;
using System.Security.Cryptography;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.DataProtection;

namespace Aufruf.Hub.Identity;

/// <summary>The challenge that a browser was given, sealed in its own cookie: any hub can check the answer, for five minutes.</summary>
internal sealed class PasskeyChallenges(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Cookie = "aufruf-passkey";

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _seal = protection.CreateProtector("Aufruf.Passkeys");
    private readonly HostCookies _cookies = new();

    /// <param name="purpose">The use of the answer, and its owner.</param>
    public void Give(HttpContext http, string purpose, string state) => _cookies.AppendResponseCookie(http, Cookie,
        _seal.Protect($"{purpose}|{clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture)}|{state}"), Of(http));

    /// <returns>Null: there is none for this purpose, or it is over.</returns>
    public PasskeyChallenge? Take(HttpContext http, string purpose)
    {
        var written = _cookies.GetRequestCookie(http, Cookie);
        _cookies.DeleteCookie(http, Cookie, Of(http));
        try
        {
            return written is not null && _seal.Unprotect(written).Split('|', 3) is [var known, var made, var state] && known == purpose
                && new DateTimeOffset(long.Parse(made, CultureInfo.InvariantCulture), TimeSpan.Zero) is var at
                && clock.GetUtcNow() - at < GoodFor ? new(at, state) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Of(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = "/",
        MaxAge = GoodFor,
    };
}

/// <param name="State">As Identity's handler wrote it.</param>
internal sealed record PasskeyChallenge(DateTimeOffset MadeAt, string State);
