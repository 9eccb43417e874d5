using Aufruf.Contracts;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Staff;

/// <summary>A page for the office's own people, in the language of the reader.</summary>
[Authorize(Policy = StaffAccess.Policy)]
public abstract class StaffPage : PageModel
{
    public PortalTexts Texts => PortalTexts.ForStaff(
    [
        .. Request.Query["lang"].OfType<string>(),
        .. Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString()),
    ]);

    public string OtherLanguage => Texts.Language == "de" ? "en" : "de";

    public StaffPass? Pass => User.Pass();

    /// <summary>This page in the other language, with everything that was chosen.</summary>
    public string InOtherLanguage => Request.Path + QueryString.Create(Request.Query.Where(q => q.Key is not ("lang" or "csv")).Append(new("lang", OtherLanguage)));

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Response.Headers.CacheControl = "no-store";
}
