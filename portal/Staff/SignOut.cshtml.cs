using Aufruf.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>Ends the clerk's sessions, here and on every other machine.</summary>
public sealed class SignOutPage(IStaffSignIn signIn) : StaffPage
{
    public IActionResult OnGet() => LocalRedirect("/staff");

    public async Task<IActionResult> OnPostAsync()
    {
        if (Pass is { } pass)
        {
            await signIn.LeaveAsync(pass);
        }

        await HttpContext.SignOutAsync(StaffAccess.Scheme);
        return LocalRedirect("/staff/sign-in" + Request.QueryString);
    }
}
