using System.Reflection;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Staff;

/// <summary>A page for the office's staff, in the language of the reader.</summary>
[Needs(StaffPage.Permission, AuthenticationSchemes = StaffAccess.Scheme)]
public abstract class StaffPage : PageModel
{
    public PortalTexts Texts => PortalTexts.ForStaff(PortalTexts.AskedIn(Request));

    /// <summary>Needed by a page of the staff that states no other.</summary>
    public const Permission Permission = Domain.Identity.Permission.OwnAccount;

    /// <summary>The person of the session; null: a visitor.</summary>
    public SignedIn? Person => User.Person();

    /// <summary>The name of the person; empty for a visitor.</summary>
    public string SignedInAs => User.Principal().Who;

    /// <summary>The check for a page and for a button on it.</summary>
    public bool May(Permission permission, string office) => User.Principal().May(permission, office);

    /// <summary>An instant as the reader's language writes it, on the clock of this machine's place.</summary>
    public string Moment(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, HttpContext.RequestServices
        .GetRequiredService<TimeProvider>().LocalTimeZone)
        .ToString(Texts.Language == "de" ? "d.M.yyyy HH:mm" : "d MMM yyyy HH:mm", Texts.Culture);

    /// <summary>The address of this page in the other language, with all choices.</summary>
    public string InOtherLanguage => Request.Path
        + QueryString.Create(Request.Query.Where(q => q.Key is not ("lang" or "csv")).Append(new("lang", Texts.OtherLanguage)));

    /// <summary>A form may need more than its page. A locked session leads to the page that unlocks it.</summary>
    /// <remarks>Here a right in any place is enough. The page then checks the place itself.</remarks>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Response.Headers.CacheControl = "no-store";
        if (Person is { IsLocked: true } && !GetType().IsDefined(typeof(WhileLockedAttribute), inherit: false))
        {
            context.Result = LocalRedirect("/staff/locked" + QueryString.Create("lang", Texts.Language)
                .Add("to", HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString : "/staff"));
        }
        else if (context.HandlerMethod?.MethodInfo.GetCustomAttribute<HandlerNeedsAttribute>() is { } needs
            && !User.Principal().May(needs.Permission))
        {
            context.Result = Forbid(StaffAccess.Scheme);
        }
    }
}
