using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Dispatching;

/// <summary>The dispatch lists of an authority by their days.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class DispatchPage(IStaffDispatch dispatch) : DispatchBasePage(dispatch)
{
    public IReadOnlyList<DispatchRow> Lists { get; private set; } = [];

    public bool Unavailable { get; private set; }

    public IActionResult OnGet()
    {
        if (!MaySee)
        {
            return NotFound();
        }

        try
        {
            Lists = Dispatch.List(Authority);
        }
        catch (JournalUnavailableException)
        {
            (Unavailable, Response.StatusCode) = (true, 503);
        }

        return Page();
    }
}
