using Aufruf.Contracts;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>Ends this session of a person; with a token, the sessions of its holder on every machine.</summary>
[WhileLocked]
public sealed class SignOutPage(IStaffSignIn signIn, IStaffAccounts accounts) : StaffPage
{
    public IActionResult OnGet() => LocalRedirect("/staff");

    public async Task<IActionResult> OnPostAsync()
    {
        if (Person is { } person)
        {
            await accounts.LeaveAsync(person.Session);
        }
        else if (Pass is { } pass)
        {
            await signIn.LeaveAsync(pass);
        }

        await HttpContext.SignOutAsync(StaffAccess.Scheme);
        return LocalRedirect("/staff/sign-in" + Request.QueryString);
    }
}
