using Aufruf.Contracts;
using Aufruf.Domain.Identity;
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
        var authority = Person is { } known && accounts.WayOf(known.Session) is SignInWay.Provider ? known.Session.Authority : null;
        if (Person is { } person)
        {
            await accounts.LeaveAsync(person.Session);
        }

        await HttpContext.SignOutAsync(StaffAccess.Scheme);
        return LocalRedirect((authority is null ? "/staff/sign-in" : $"/staff/signed-out/{authority}") + Request.QueryString);
    }
}
