using Aufruf.Portal.Web;

namespace Aufruf.Hub.Api;

/// <summary>Counts requests whose code leads nowhere, and pauses after too many. A kiosk counts as itself, whatever its address.</summary>
internal sealed class WrongCodeFilter(WrongCodes codes) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        string[] keys = http.Request.RouteValues["kiosk"] is string kiosk ? [$"kiosk {kiosk}"]
            : http.Request.RouteValues["code"] is string code ? [WrongCodes.CallerOf(http), WrongCodes.CodeOf(code)]
            : [];
        if (WrongCodes.Refuses(http, keys))
        {
            return Results.Empty; // The status says it, and its words are written for it.
        }

        var answer = await next(context);
        if (answer is INestedHttpResult { Result: IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound } })
        {
            codes.Count(keys);
        }

        return answer;
    }
}
