using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens.Applying;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Dispatching;

/// <summary>The letters of a batch as one PDF for the printer. The look at each of their cases is noted.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class BatchPage(IStaffDispatch dispatch, IAccessBook log) : DispatchBasePage(dispatch)
{
    [FromRoute(Name = "day")] public string Day { get; set; } = "";
    [FromRoute(Name = "batch")] public int Batch { get; set; }

    /// <summary>Why there is nothing to show.</summary>
    public string Refused { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!MaySee)
        {
            return NotFound();
        }

        try
        {
            if (DayOf(Day) is { } day && await Dispatch.OpenAsync(Authority, day, Batch) is { } found)
            {
                await Task.WhenAll(found.Numbers.Select(number =>
                    log.NoteAsync(Authority, new(SignedInAs, null, AccessKind.Case, number, AccessWay.Page))));
                Response.Headers.ContentDisposition = $"inline; filename=\"{found.File.Name}\"";
                return File(found.File.Content, CaseDocumentPage.Pdf);
            }

            (Refused, Response.StatusCode) = (Refusal.BatchUnknown.Texts.In(Texts.Language), 404);
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Refused, Response.StatusCode) = (Texts["unavailable"], 503);
        }

        return Page();
    }
}
