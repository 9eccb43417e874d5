using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases;

/// <summary>A file of a citizen among the answers, to be saved. Each look is noted, and the browser runs nothing of it.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class CaseFilePage(IStaffCases cases, IAccessBook log) : StaffPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";
    [FromRoute(Name = "number")] public string Number { get; set; } = "";
    [FromRoute(Name = "field")] public string Path { get; set; } = "";

    /// <summary>Why it is not opened.</summary>
    public string? Refused { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!May(Domain.Identity.Permission.SeeCases, Authority))
        {
            return NotFound();
        }

        try
        {
            var answer = await cases.OpenFileAsync(Authority, Number, SignedInAs, Path);
            if (answer.File is { } file)
            {
                await log.NoteAsync(Authority, new(SignedInAs, null, AccessKind.Case, $"{Number} {Path}", AccessWay.Page));
                HttpContext.Features.Set(new SafetyHeaders.SavedFile());
                return File(file.Content, file.Mime, file.Name);
            }

            var why = answer.Refusal ?? Refusal.FileGone;
            (Refused, Response.StatusCode) = (why.Texts.In(Texts.Language), why.Kind is RefusalKind.NotFound ? 404 : 409);
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Refused, Response.StatusCode) = (Texts["unavailable"], StatusCodes.Status503ServiceUnavailable);
        }

        return Page();
    }
}
