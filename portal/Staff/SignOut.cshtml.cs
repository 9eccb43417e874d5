using Aufruf.Contracts;
using Aufruf.Domain.Identity;
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
        var authority = Person is { } known && accounts.WayOf(known.Session) is SignInWay.Provider ? known.Session.Authority : null;
        if (Person is { } person)
        {
            await accounts.LeaveAsync(person.Session);
        }
        else if (Pass is { } pass)
        {
            await signIn.LeaveAsync(pass);
        }

        await HttpContext.SignOutAsync(StaffAccess.Scheme);
        return LocalRedirect((authority is null ? "/staff/sign-in" : $"/staff/signed-out/{authority}") + Request.QueryString);
    }
}
