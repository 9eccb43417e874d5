using Aufruf.Hub.Api;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Authentication;

namespace Aufruf.Hub.Identity;

/// <summary>A request with a cookie comes from our own pages if it changes something. A locked session is refused.</summary>
internal static class SessionGuard
{
    /// <summary>The scheme that looks for a token first, then for the staff's cookie.</summary>
    public const string Scheme = "TokenOrStaff";

    /// <summary>A token wins: another site cannot send one.</summary>
    public static string SchemeOf(HttpContext http) =>
        http.Request.Headers.Authorization.Count == 0 && !http.Request.Query.ContainsKey("access_token")
        && http.Request.Cookies.ContainsKey(http.Request.IsHttps ? HostCookies.Prefix + StaffAccess.Cookie : StaffAccess.Cookie)
        && http.Request.RouteValues[FeedEndpoints.Token] is null
            ? StaffAccess.Scheme : TokenAuthentication.Scheme_;

    public static void UseSessionGuard(this IApplicationBuilder app) => app.Use((http, next) =>
        !IsApi(http) || http.User.Identity?.AuthenticationType is not StaffAccess.Scheme ? next(http)
        : !IsOurs(http.Request) ? Problems.Refused(StatusCodes.Status403Forbidden, "foreign-site",
            "Diese Anfrage kam von einer fremden Seite und wurde nicht ausgeführt.",
            "This request came from another site and was not carried out.").ExecuteAsync(http)
        : http.User.Person() is { IsLocked: true } && http.GetEndpoint()?.Metadata.GetMetadata<WhileLockedAttribute>() is null
            ? Problems.Refused(StatusCodes.Status423Locked, "session-locked",
                "Dieser Arbeitsplatz ist gesperrt. Bitte geben Sie Ihr Passwort ein.",
                "This desk is locked. Please enter your password.").ExecuteAsync(http)
        : !MayWatch(http) ? http.ForbidAsync(StaffAccess.Scheme)
        : next(http));

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/live");

    // A screen of another place is refused here, with a status. An open connection could only be cut.
    private static bool MayWatch(HttpContext http) => !http.Request.Path.StartsWithSegments("/live")
        || http.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>() is not { } needs
        || Watched(http.Request.Query).All(place => http.User.Principal().May(needs.Permission, place));

    /// <summary>The area of a desk, and the office of a board.</summary>
    private static IEnumerable<string> Watched(IQueryCollection query) =>
    [
        .. query["area"].OfType<string>(),
        .. query["board"].OfType<string>().Select(board => board[..Math.Max(0, board.LastIndexOf('.'))]),
    ];

    private static bool IsOurs(HttpRequest request) => !request.IsForeign()
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.IsProvenOwn());
}
