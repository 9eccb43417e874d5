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

namespace Aufruf.Portal.Citizens.Inviting;

/// <summary>A page of one invitation. The code in its address is the right to see and to answer it.</summary>
[Needs(Permission.OwnAppointment)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public abstract class InvitedPage(ContentFolder content, IInvitations invitations) : CitizenPage
{
    private const int LongestCode = 40;

    [FromRoute] public string Authority { get; set; } = "";
    [FromRoute] public Guid Invitation { get; set; }
    [FromRoute] public string Code { get; set; } = "";

    public TownContent Town { get; } = content.Now;

    /// <summary>Null: there is no such invitation, or no longer.</summary>
    public InvitationView? View { get; protected set; }

    protected IInvitations Invitations => invitations;

    protected InvitationId Id => new(Invitation);

    /// <summary>The address of the invitation, or of a page below it.</summary>
    public string Mine(string below = "") => Href($"/i/{Uri.EscapeDataString(Authority)}/{Invitation}/{Uri.EscapeDataString(Code)}{below}");

    /// <summary>The address of its appointment, or of a page below it.</summary>
    public string Appointment(string below = "") => Href($"/a/{View!.Booked.Week}/{View.Booked.Code}{below}");

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        if (context.Result is null && WrongCodes.Refuses(HttpContext, WrongCodes.CallerOf(HttpContext), WrongCodes.CodeOf(Code)))
        {
            context.Result = new EmptyResult(); // The error page says it.
        }
    }

    protected async Task<InvitationView?> ViewAsync() => View = Authority == Town.Authority && Code.Length <= LongestCode
        ? await invitations.ViewAsync(Authority, Id, Code) : null;

    /// <summary>The page that says that there is no such invitation.</summary>
    protected PageResult Gone()
    {
        View = null;
        HttpContext.RequestServices.GetRequiredService<WrongCodes>().Count(WrongCodes.CallerOf(HttpContext), WrongCodes.CodeOf(Code));
        ViewData["title"] = Texts["invited.gone"];
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
