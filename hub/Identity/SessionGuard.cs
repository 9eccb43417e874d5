using Aufruf.Domain.Identity;
using Aufruf.Hub.Api;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Aufruf.Portal.Web;

namespace Aufruf.Hub.Identity;

/// <summary>A request with a cookie comes from our own pages if it changes something. A locked session is refused, and so is a screen
/// of another place, also with a key.</summary>
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
        !IsApi(http) || http.User.Person() is not { } person ? next(http)
        : !person.IsByKey && !IsOurs(http.Request) ? Problems.Refused(StatusCodes.Status403Forbidden, "foreign-site",
            "Diese Anfrage kam von einer fremden Seite und wurde nicht ausgeführt.",
            "This request came from another site and was not carried out.").ExecuteAsync(http)
        : person.IsLocked && http.GetEndpoint()?.Metadata.GetMetadata<WhileLockedAttribute>() is null
            ? Problems.Refused(StatusCodes.Status423Locked, "session-locked",
                "Dieser Arbeitsplatz ist gesperrt. Bitte geben Sie Ihr Passwort ein.",
                "This desk is locked. Please enter your password.").ExecuteAsync(http)
        : WatchedElsewhere(http) is { } needed ? Problems.Forbidden(needed).ExecuteAsync(http)
        : next(http));

    private static bool IsApi(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/live");

    /// <summary>The permission that does not hold where the screen is; null: it holds.</summary>
    /// <remarks>A screen of another place is refused here, with a status. An open connection could only be cut.</remarks>
    private static Permission? WatchedElsewhere(HttpContext http) => http.Request.Path.StartsWithSegments("/live")
        && http.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>()?.Permission is { } needed
        && !MayWatch(http.User.Principal(), needed, http.Request.Query) ? needed : null;

    /// <summary>A board shows the areas in which the permission holds, so one of its office is enough.</summary>
    private static bool MayWatch(Principal who, Permission needed, IQueryCollection query) =>
        query["area"].OfType<string>().Concat(OfficesOf(query["kiosk"])).All(place => who.May(needed, place))
        && OfficesOf(query["board"]).All(office => who.MayWithin(needed, office));

    /// <summary>"alsdorf.rathaus" of "alsdorf.rathaus.halle".</summary>
    private static IEnumerable<string> OfficesOf(IEnumerable<string?> screens) =>
        screens.OfType<string>().Select(screen => screen[..Math.Max(screen.LastIndexOf('.'), 0)]);

    private static bool IsOurs(HttpRequest request) => !request.IsForeign()
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.IsProvenOwn());
}
