using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Web;

/// <summary>The headers of every answer.</summary>
public static class SafetyHeaders
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
    public static MailInFrame OfMail { get; } = new();

    public sealed record MailInFrame
    {
        internal const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
            + "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";
    }

    private static void AddSafetyHeaders(HttpContext http)
    {
        var headers = http.Response.Headers;
        var isMail = http.Features.Get<MailInFrame>() is not null;
        var framedBy = isMail ? "'self'"
            : http.Features.Get<FramedBy>() is { Sites.Length: > 0 } framed ? framed.Sites : null;
        headers.ContentSecurityPolicy = isMail ? MailInFrame.Policy
            : $"default-src 'self'; img-src 'self' data:; connect-src 'self'{LiveOrigin(http.Request)}; object-src 'none'; "
            + $"base-uri 'none'; frame-ancestors {framedBy ?? "'none'"}; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        if (framedBy is null)
        {
            headers["X-Frame-Options"] = "DENY"; // It cannot name a site, and browsers that know frame-ancestors ignore it.
        }

        headers["Referrer-Policy"] = "no-referrer"; // A ticket's address holds its secret.
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
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
}
