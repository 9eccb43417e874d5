using Aufruf.Contracts;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Staff;

/// <summary>A page for the office's staff, in the language of the reader.</summary>
[Authorize(Policy = StaffAccess.Policy)]
public abstract class StaffPage : PageModel
{
    public PortalTexts Texts => PortalTexts.ForStaff(PortalTexts.AskedIn(Request));

    public StaffPass? Pass => User.Pass();

    /// <summary>The address of this page in the other language, with all choices.</summary>
    public string InOtherLanguage => Request.Path
        + QueryString.Create(Request.Query.Where(q => q.Key is not ("lang" or "csv")).Append(new("lang", Texts.OtherLanguage)));

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Response.Headers.CacheControl = "no-store";
}
