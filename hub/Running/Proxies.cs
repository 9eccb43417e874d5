using System.Net;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Web;

namespace Aufruf.Hub.Running;

/// <summary>Takes the caller's address and https from trusted proxies, and knows which requests show no trace of a proxy.</summary>
internal static class Proxies
{
    private static readonly string[] Traces = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"];

    public static void UseTrustedProxies(this WebApplication app, HubOptions hub)
    {
        app.Use((http, next) =>
        {
            if (Traces.Any(http.Request.Headers.ContainsKey))
            {
                if (app.Services.GetRequiredService<PublicAddress>().HearsOfProxy())
                {
                    HubLog.NoPublicAddress(app.Logger, "A proxy passes requests on");
                }
            }
            else if (http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
                && IsThisMachine(http.Request.Host.Host) && (hub.StatusPort ?? http.Connection.LocalPort) == http.Connection.LocalPort)
            {
                http.Features.Set(Principal.ThisMachine);
            }

            return next(http);
        });

        app.UseForwardedBy(hub.TrustedProxies);
    }

    /// <summary>False for a request through a proxy that names itself or the public host. Another one looks like this machine, unless there
    /// is a port for this machine alone.</summary>
    public static bool IsFromThisMachine(this HttpContext http) => http.Features.Get<Principal>() is not null;

    // A proxy without these headers still passes on the host's public name.
    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
