using Microsoft.AspNetCore.Authorization;

namespace Aufruf.Hub.Running;

/// <summary>What every answer to a browser has in common.</summary>
internal static class Pages
{
    private static readonly string[] Folders = ["/board", "/desk", "/kiosk"];

    /// <summary>A screen's address is its folder: /board/ is /board/index.html.</summary>
    public static void UseScreenFolders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        foreach (var folder in Folders)
        {
            if (http.Request.Path == folder)
            {
                http.Response.Redirect(folder + "/" + http.Request.QueryString, permanent: true);
                return Task.CompletedTask;
            }

            if (http.Request.Path == folder + "/")
            {
                http.Request.Path = folder + "/index.html";
            }
        }

        return next(http);
    });

    public static void UseSafetyHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["X-Frame-Options"] = "DENY";
        headers["Referrer-Policy"] = "no-referrer"; // A ticket's address holds its secret.
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        return next(http);
    });

    /// <summary>For this machine only, such as a metrics collector; others come through the operator's proxy, which decides.</summary>
    public static void RequireLoopback(this IEndpointConventionBuilder endpoint) =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder().RequireAssertion(context =>
            context.Resource is HttpContext { Connection.RemoteIpAddress: { } address } && System.Net.IPAddress.IsLoopback(address)).Build());
}
