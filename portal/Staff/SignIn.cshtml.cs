using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>A clerk signs in with the token of the desk.</summary>
[Needs(Permission.Public)]
public sealed class SignInPage(IStaffSignIn signIn, SignInAttempts attempts) : StaffPage
{
    /// <summary>Key of the sentence that names the error; null: there is none.</summary>
    public string? Wrong { get; private set; }

    /// <summary>The page to go to afterwards; only one of this site.</summary>
    public string To =>
        Request.Query["to"].ToString() is { Length: > 0 } asked && Url.IsLocalUrl(asked) ? asked : "/staff?lang=" + Texts.Language;

    public async Task<IActionResult> OnPostAsync([FromForm] string? token)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            return Refuse("signin.empty", 400);
        }

        if (await signIn.EnterAsync(token.Trim()) is not { } pass)
        {
            return attempts.CountWrong(HttpContext) ? Refuse("signin.wrong", 401) : Refuse("signin.toooften", 429);
        }

        await HttpContext.EnterAsync(pass);
        return LocalRedirect(To);
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Refuse(string why, int status)
    {
        (Wrong, Response.StatusCode) = (why, status);
        return Page();
    }
}
