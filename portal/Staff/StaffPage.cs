using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Staff;

/// <summary>A page for the office's staff, in the language of the reader.</summary>
[Needs(StaffPage.Permission, AuthenticationSchemes = StaffAccess.Scheme)]
public abstract class StaffPage : PageModel
{
    public PortalTexts Texts => PortalTexts.ForStaff(PortalTexts.AskedIn(Request));

    /// <summary>Needed by every page of the staff but the sign-in.</summary>
    public const Permission Permission = Domain.Identity.Permission.Reports;

    public Pass? Pass => User.Pass();

    /// <summary>The check for a page and for a button on it.</summary>
    public bool May(Permission permission, string office) => User.Principal().May(permission, office);

    /// <summary>The address of this page in the other language, with all choices.</summary>
    public string InOtherLanguage => Request.Path
        + QueryString.Create(Request.Query.Where(q => q.Key is not ("lang" or "csv")).Append(new("lang", Texts.OtherLanguage)));

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Response.Headers.CacheControl = "no-store";
}
