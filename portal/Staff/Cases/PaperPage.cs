using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens.Applying;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases;

/// <summary>A document of a case in the clerk's window. Each look is noted before it is shown.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public abstract class PaperPage(IAccessBook log) : StaffPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";
    [FromRoute(Name = "number")] public string Number { get; set; } = "";
    [FromRoute(Name = "document")] public string Document { get; set; } = "";

    /// <summary>Why there is nothing to show.</summary>
    public string Refused { get; private set; } = "";

    /// <param name="find">The document, or the reason why there is none.</param>
    protected async Task<IActionResult> ShowAsync(Func<Task<(CaseDocumentFile? File, string Why)>> find)
    {
        if (!May(Domain.Identity.Permission.SeeCases, Authority))
        {
            return NotFound();
        }

        try
        {
            var (file, why) = await find();
            if (file is not null)
            {
                await log.NoteAsync(Authority, new(SignedInAs, null, AccessKind.Case, Number, AccessWay.Page));
                return Inline(file);
            }

            (Refused, Response.StatusCode) = (why, 404);
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Refused, Response.StatusCode) = (Texts["unavailable"], 503);
        }

        return Page();
    }

    private FileContentResult Inline(CaseDocumentFile file)
    {
        Response.Headers.ContentDisposition = $"inline; filename=\"{file.Name}\"";
        return File(file.Content, CaseDocumentPage.Pdf);
    }
}
