using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases;

/// <summary>The numbered pieces that procedures need: how many there are, are free today, and should be back.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class StockPage(IStaffStock stock) : StaffPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    public IReadOnlyList<StockRow> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!May(Domain.Identity.Permission.SeeCases, Authority))
        {
            return NotFound();
        }

        Rows = await stock.ListAsync(Authority);
        return Page();
    }

    public string NameOf(StockRow row) => string.Join(", ", row.Parts.Select(part => part.In(Texts.Language)));
}
