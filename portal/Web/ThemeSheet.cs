using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Towns;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Aufruf.Portal.Web;

/// <summary>A town's colours as a style sheet that stands after the others, "/theme/alsdorf.css", and its logo.</summary>
public static class ThemeSheet
{
    /// <param name="selector">The part of the page that wears them.</param>
    /// <remarks>The frame around the focus names its colours where it is declared, so it is declared again.</remarks>
    public static string Of(Theme theme, string selector = ":root")
    {
        var variables = theme.Variables();
        return variables.Count == 0 && selector == ":root" ? "/* The usual colours. */\n"
            : $"{selector} {{\n{string.Concat(variables.Select(one => $"  --{one.Key}: {one.Value};\n"))}"
                + "  --focus: 0 0 0 3px var(--surface), 0 0 0 6px var(--action);\n}\n";
    }

    /// <summary>Another sheet has another tag.</summary>
    public static string TagOf(Theme theme) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(theme))).AsSpan(0, 8));

    public static void MapThemes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/theme/{authority}.css", async (string authority, ITownThemes themes, HttpContext http) =>
        {
            var theme = await themes.OfAsync(authority);
            http.Response.Headers.CacheControl = "no-cache"; // Kept, and asked for each time: a new theme is seen at once.
            return TypedResults.Bytes(Encoding.UTF8.GetBytes(Of(theme)), "text/css; charset=utf-8",
                entityTag: new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{TagOf(theme)}\"")));
        }).Needs(Permission.Public).ExcludeFromDescription();
        app.MapGet("/logo/{authority}/{name}.png", LogoAsync).Needs(Permission.Public).ExcludeFromDescription();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> LogoAsync(
        string authority, string name, ITownThemes themes, HttpContext http)
    {
        if (await themes.PictureAsync(authority, name) is not { } picture)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable"; // Another picture has another address.
        return TypedResults.Bytes(picture, "image/png");
    }
}
