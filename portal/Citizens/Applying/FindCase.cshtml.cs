using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>Leads from a typed code to the draft or case.</summary>
[Needs(Permission.OwnCase)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public sealed class FindCasePage(ContentFolder content, ICitizenCases cases, WrongCodes codes) : CitizenPage
{
    [BindProperty] public string? Code { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (TypedCode.Of(Code) is not { } code)
        {
            return Again("code", Texts["find.code.missing"]);
        }

        if (WrongCodes.Refuses(HttpContext, WrongCodes.CallerOf(HttpContext)))
        {
            return new EmptyResult(); // The error page says it.
        }

        var authority = content.Now.Authority;
        if (await cases.FormAsync(authority, code) is not null || await cases.ViewAsync(authority, code) is not null)
        {
            return LocalRedirect(Href($"/case/{code}"));
        }

        codes.Count(WrongCodes.CallerOf(HttpContext));
        return Again("code", Texts["case.gone"], 404);
    }
}
