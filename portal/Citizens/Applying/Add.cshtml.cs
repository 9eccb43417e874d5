using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>The form of a case to which something has to be added. The case keeps its answers until the new ones are sent.</summary>
public sealed class AddPage(ContentFolder content, ICitizenCases cases) : CasePage(content, cases)
{
    public CaseView? Known { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        Known = IsCode ? await Cases.ViewAsync(Town.Authority, Code) : null;
        return Known is null ? Gone() : await FormAsync() is null ? LocalRedirect(Mine()) : Page();
    }
}
