using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Aufruf.Portal.Web;

/// <summary>Refuses a verb that a page has no handler for. The framework would show the page with nothing in it.</summary>
public sealed class PageVerbs : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        // The answer is given before the handler runs.
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var verb = context.HttpContext.Request.Method;
        if (context.HandlerMethod is null && !HttpMethods.IsGet(verb) && !HttpMethods.IsHead(verb))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        }
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        // Nothing is left to do.
    }
}
