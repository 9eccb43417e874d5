using Aufruf.Domain.Cases.Declarations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Aufruf.Portal.Citizens.Accounts;

/// <summary>The way to the sign-in, from a page that needs an account.</summary>
internal static class AccountFirst
{
    /// <summary>The names of the page that waits, and of the level that it needs.</summary>
    public const string To = "to", Least = "least", Why = "why";

    /// <param name="why">The key of a sentence; null: nobody has signed in.</param>
    /// <remarks>A form goes along: the browser sends it once more, to the page that keeps its answers. Files stay behind.</remarks>
    public static IActionResult For(CitizenPage page, TrustLevel least, string? why)
    {
        var request = page.Request;
        var isForm = HttpMethods.IsPost(request.Method) && request.ContentType?.StartsWith("multipart/", StringComparison.Ordinal) is false;
        var to = page.Href(isForm ? "/account/again" : "/account", (To, $"{request.Path}{request.QueryString}"),
            (Least, Word(least)), (Why, why));
        return new LocalRedirectResult(to, permanent: false, preserveMethod: isForm);
    }

    /// <summary>The page that waits for the sign-in; null: none of this site.</summary>
    public static string? Waiting(CitizenPage page) =>
        page.Request.Query[To].ToString() is { Length: > 0 } asked && page.Url.IsLocalUrl(asked) ? asked : null;

    /// <summary>The level that the waiting page needs; null: any.</summary>
    public static TrustLevel? LeastOf(CitizenPage page) =>
        Enum.TryParse<TrustLevel>(page.Request.Query[Least], ignoreCase: true, out var least) ? least : null;

    /// <summary>Where the service is asked.</summary>
    public static string SignInAddress(string authority, string to, TrustLevel? least) => QueryHelpers.AddQueryString(
        $"/account/sign-in/{authority}", new Dictionary<string, string?> { [To] = to, [Least] = least is { } level ? Word(level) : null });

    public static string Word(TrustLevel level) => level.ToString().ToLowerInvariant();
}
