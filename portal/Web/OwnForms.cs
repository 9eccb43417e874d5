using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Web;

/// <summary>Tells a form of our own pages from one of another site, without a cookie.</summary>
public static class OwnForms
{
    /// <summary>The browser names the site that a form stands on.</summary>
    /// <remarks>Over plain http it does not, and Origin is "null", because our pages send no referrer.
    /// A program that is no browser names nothing, and acts in nobody's name.</remarks>
    public static bool IsForeign(this HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => false,
        "" => request.Headers.Origin.ToString() is { Length: > 0 } origin and not "null"
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var site) && HostString.FromUriComponent(site) == request.Host),
        _ => true,
    };

    /// <summary>The browser says that a page of this site sent it. Needed where a cookie alone is the proof of who sends it.</summary>
    public static bool IsProvenOwn(this HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "same-origin"
        || (Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var site)
            && HostString.FromUriComponent(site) == request.Host);
}
