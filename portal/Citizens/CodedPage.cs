using Aufruf.Domain.Identity;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Citizens;

/// <summary>A page whose address has a code: the right to see and to change what it shows. Many wrong codes make a pause.</summary>
[Needs(Permission.OwnAppointment)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public abstract class CodedPage(ContentFolder content) : CitizenPage
{
    private const int LongestCode = 40;

    [FromRoute] public string Code { get; set; } = "";

    public TownContent Town { get; } = content.Now;

    /// <summary>No code is as long: such an address is not asked for.</summary>
    protected bool IsCode => Code.Length <= LongestCode;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        if (context.Result is null && WrongCodes.Refuses(HttpContext, WrongCodes.CallerOf(HttpContext), WrongCodes.CodeOf(Code)))
        {
            context.Result = new EmptyResult(); // The error page says it.
        }
    }

    /// <summary>The page that says that the code leads nowhere.</summary>
    /// <param name="title">The key of its title.</param>
    protected PageResult Gone(string title)
    {
        CountWrong();
        ViewData["title"] = Texts[title];
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    /// <summary>The code, or the secret beside it, leads nowhere.</summary>
    protected void CountWrong() => HttpContext.RequestServices.GetRequiredService<WrongCodes>().Count(
        WrongCodes.CallerOf(HttpContext), WrongCodes.CodeOf(Code));
}
