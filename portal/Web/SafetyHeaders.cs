using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Web;

/// <summary>The headers of every answer.</summary>
public static partial class SafetyHeaders
{
    private const string AYear = "max-age=31536000";

    /// <summary>Written when an answer starts: an error answer begins anew, without the headers set before it.</summary>
    public static void UseSafetyHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            AddSafetyHeaders(http);
            return Task.CompletedTask;
        });
        return next(http);
    });

    /// <summary>A feature of a request whose answer is a mail: it has styles of its own, and only a page of ours may show it.</summary>
    /// <param name="Html">The mail. Each of its styles is allowed by its hash, and nothing else.</param>
    public sealed record MailInFrame(string Html)
    {
        internal string Policy => $"default-src 'none'; img-src data:; style-src 'unsafe-hashes' {Styles()}; form-action 'none'; "
            + "base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

        private string Styles() => string.Join(' ', InlineStyle().Matches(Html)
            .Select(style => WebUtility.HtmlDecode(style.Groups[1].Value)).Distinct()
            .Select(style => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'")
            .DefaultIfEmpty("'none'"));
    }

    /// <summary>A feature of a request whose answer is a file of a citizen: it is saved, and nothing in it acts here.</summary>
    public sealed record SavedFile;

    private static void AddSafetyHeaders(HttpContext http)
    {
        var headers = http.Response.Headers;
        var mail = http.Features.Get<MailInFrame>();
        var framedBy = mail is not null ? "'self'"
            : http.Features.Get<FramedBy>() is { Sites.Length: > 0 } framed ? framed.Sites : null;
        headers.ContentSecurityPolicy = mail?.Policy
            ?? (http.Features.Get<SavedFile>() is not null ? "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'" : null)
            ?? $"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + $"connect-src 'self'{LiveOrigin(http.Request)}; object-src 'none'; base-uri 'none'; "
            + $"frame-ancestors {framedBy ?? "'none'"}; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        if (framedBy is null)
        {
            headers["X-Frame-Options"] = "DENY"; // It cannot name a site, and browsers that know frame-ancestors ignore it.
        }

        headers["Referrer-Policy"] = "no-referrer"; // A ticket's address holds its secret.
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = AYear;
        }
    }

    // Older browsers do not count WebSockets of the same host as 'self'. The client chooses the host's name.
    private static string LiveOrigin(HttpRequest request) =>
        request.Host.Value is { Length: > 0 and <= 260 } host
        && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']')
            ? $" {(request.IsHttps ? "wss" : "ws")}://{host}"
            : "";

    [GeneratedRegex("\\sstyle=\"([^\"]*)\"")]
    private static partial Regex InlineStyle();
}
