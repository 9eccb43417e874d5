using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>Forgets who was here.</summary>
public sealed class SignOutPage : StaffPage
{
    public IActionResult OnGet() => LocalRedirect("/staff");

    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(StaffAccess.Scheme);
        return LocalRedirect("/staff/sign-in" + Request.QueryString);
    }
}
