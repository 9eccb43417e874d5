using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
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

namespace Aufruf.Portal.Citizens.Wishing;

/// <summary>A page of one standing wish. The code in its address is the right to see and to change it.</summary>
[Needs(Permission.OwnAppointment)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public abstract class WishPage(ContentFolder content, IWishes wishes) : CitizenPage
{
    private const int LongestCode = 40;

    [FromRoute] public string Authority { get; set; } = "";
    [FromRoute] public Guid Wish { get; set; }
    [FromRoute] public string Code { get; set; } = "";

    public TownContent Town { get; } = content.Now;

    /// <summary>Null: there is no such wish, or no longer.</summary>
    public WishView? View { get; protected set; }

    protected IWishes Wishes => wishes;

    protected WishId Id => new(Wish);

    /// <summary>The address of the wish, or of a page below it.</summary>
    public string Mine(string below = "") => Href($"/w/{Uri.EscapeDataString(Authority)}/{Wish}/{Uri.EscapeDataString(Code)}{below}");

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        if (context.Result is null && WrongCodes.Refuses(HttpContext, WrongCodes.CallerOf(HttpContext), WrongCodes.CodeOf(Code)))
        {
            context.Result = new EmptyResult(); // The error page says it.
        }
    }

    protected async Task<WishView?> ViewAsync() => View = Authority == Town.Authority && Code.Length <= LongestCode
        ? await wishes.ViewAsync(Authority, Id, Code) : null;

    /// <summary>The page that says that there is no such wish.</summary>
    protected PageResult Gone()
    {
        View = null;
        HttpContext.RequestServices.GetRequiredService<WrongCodes>().Count(WrongCodes.CallerOf(HttpContext), WrongCodes.CodeOf(Code));
        ViewData["title"] = Texts["wish.gone"];
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
