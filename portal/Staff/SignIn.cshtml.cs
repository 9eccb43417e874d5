using Aufruf.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>Where a clerk shows the token of the desk, until people sign in by name.</summary>
[AllowAnonymous]
public sealed class SignInPage(IStaffDoor door, IServiceProvider services) : StaffPage
{
    private readonly SignInAttempts _attempts = (SignInAttempts)(services.GetService(typeof(SignInAttempts)) ?? throw new InvalidOperationException("AddStaffPages was not called."));

    /// <summary>Key of the sentence that says what was wrong; null: nothing yet.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Where to go afterwards; only ever within this house.</summary>
    public string To => Request.Query["to"].ToString() is { Length: > 0 } asked && Url.IsLocalUrl(asked) ? asked : "/staff?lang=" + Texts.Language;

    public async Task<IActionResult> OnPostAsync([FromForm] string? token)
    {
        if (!_attempts.Allows(HttpContext))
        {
            return Refuse("signin.toooften", 429);
        }

        if (string.IsNullOrWhiteSpace(token))
        {
            return Refuse("signin.empty", 400);
        }

        if (await door.EnterAsync(token.Trim()) is not { } pass)
        {
            _attempts.Failed(HttpContext);
            return Refuse("signin.wrong", 401);
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
