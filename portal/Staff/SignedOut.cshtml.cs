using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>The session here is over. The page leads to the provider, so that the one there ends, too.</summary>
/// <remarks>A form may lead to our own pages only, so the way there begins with this page.</remarks>
[Needs(Permission.Public)]
[WhileLocked]
public sealed class SignedOutPage(IStaffProviders providers) : StaffFormPage
{
    /// <summary>Null: the provider has no such page, or does not answer.</summary>
    public string? Address { get; private set; }

    public async Task<IActionResult> OnGetAsync(string authority)
    {
        if (providers.IssuerOf(authority) is null)
        {
            return NotFound();
        }

        Address = await providers.SignOutAddressAsync(authority, $"{Request.Scheme}://{Request.Host}/staff/sign-in");
        return Page();
    }
}
