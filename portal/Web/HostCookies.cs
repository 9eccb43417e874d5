using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Web;

/// <summary>Over https a session's cookie belongs to this host alone: no neighbour under the same domain can set or replace it.</summary>
/// <remarks>A browser takes the prefix over https only, so a hub without a proxy goes on under the plain name.</remarks>
public sealed class HostCookies : ICookieManager
{
    /// <summary>The prefix that browsers know: Secure, the whole site, and no domain.</summary>
    public const string Prefix = "__Host-";

    private readonly ChunkingCookieManager _chunks = new();

    public string? GetRequestCookie(HttpContext context, string key) => _chunks.GetRequestCookie(context, NameOf(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _chunks.AppendResponseCookie(context, NameOf(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _chunks.DeleteCookie(context, NameOf(context, key), options);

    private static string NameOf(HttpContext context, string key) => context.Request.IsHttps ? Prefix + key : key;
}
