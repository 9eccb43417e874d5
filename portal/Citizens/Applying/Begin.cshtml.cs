using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>One service that can be applied for: the questions that come, and the button that begins.</summary>
[Needs(Permission.Public)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public sealed class BeginPage(ContentFolder content, ICitizenCases cases, HoldLimit holds) : CitizenPage
{
    private ProcedureView? _procedure;

    [FromRoute] public string Procedure { get; set; } = "";

    public ProcedureView Offered => _procedure ?? throw new InvalidOperationException("The page was not loaded.");

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        if (!holds.Allows(HttpContext))
        {
            return Again("begin", Refusal.TooManyDrafts);
        }

        var begun = await cases.BeginAsync(content.Now.Authority, Procedure, Texts.Language, FormId.RequestOf(form, Procedure));
        return begun.Code is { } code ? LocalRedirect(Href($"/case/{code}/form")) : Again("begin", begun.Refusal!);
    }

    private async Task<bool> LoadAsync() => (_procedure = (await cases.OfferedAsync(content.Now.Authority))
        .FirstOrDefault(offered => offered.Id == Procedure)) is not null;
}
