using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aufruf.Portal.Web;

/// <summary>
/// Reads the rest of a body that was refused, and forgets it. A browser reads no answer while it still sends: a connection that
/// ends before is an error page of the browser, and no sentence of the house.
/// </summary>
public static class RefusedBodies
{
    /// <summary>A body that announces more bytes than this is cut off.</summary>
    public const long MostBytes = 64 * 1024 * 1024;

    // 64 MiB over a slow line of 3 Mbit/s.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Stands before all that answers. It reads on only when the answer is written.</summary>
    public static void UseRefusedBodies(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (http.Request.ContentLength is > 0 and <= MostBytes && !WaitsForLeave(http.Request))
        {
            await ForgetRestAsync(http);
        }
    });

    // Such a client sends its body only after "100 Continue", and hears the answer at once.
    private static bool WaitsForLeave(HttpRequest request) =>
        request.Headers.Expect.ToString().Contains("100-continue", StringComparison.OrdinalIgnoreCase);

    private static async Task ForgetRestAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        // A stop waits for requests: a client that sends slowly would keep the leases of this hub from the others.
        var stops = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stops);
        enough.CancelAfter(Longest);
        try
        {
            await http.Response.CompleteAsync(); // A proxy that has an answer sends no more, and waits for the answer's end.
            await http.Request.Body.CopyToAsync(Stream.Null, enough.Token);
        }
        catch (Exception gone) when (gone is IOException or BadHttpRequestException or OperationCanceledException
            or InvalidOperationException)
        {
            http.Abort(); // The client ended first or is too slow, or a reader of the body ended it.
        }
    }
}
