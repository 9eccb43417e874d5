using Aufruf.Contracts;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>Ends this session of a person.</summary>
[WhileLocked]
public sealed class SignOutPage(IStaffAccounts accounts) : StaffPage
{
    public IActionResult OnGet() => LocalRedirect("/staff");

    public async Task<IActionResult> OnPostAsync()
    {
        if (Person is { } person)
        {
            await accounts.LeaveAsync(person.Session);
        }

        await HttpContext.SignOutAsync(StaffAccess.Scheme);
        return LocalRedirect("/staff/sign-in" + Request.QueryString);
    }
}
