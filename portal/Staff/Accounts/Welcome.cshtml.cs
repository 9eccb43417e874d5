using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Accounts;

/// <summary>The one-time link of an invited person, or of one who lost the password.</summary>
[Needs(Permission.Public)]
public sealed class WelcomePage(IStaffAccounts accounts, SignInAttempts attempts) : StaffFormPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    [FromRoute] public string Name { get; set; } = "";

    [FromRoute] public string Code { get; set; } = "";

    /// <summary>Null: the link is over, or was never one.</summary>
    public Person? Invited { get; private set; }

    public Task<IActionResult> OnGetAsync() => WithLinkAsync(() => Task.FromResult<IActionResult>(Page()));

    public Task<IActionResult> OnPostAsync([FromForm] string? password) => WithLinkAsync(async () =>
        WhyNoPassword(password, Name) is { } why ? Refuse("password", why)
        : await accounts.SetPasswordAsync(Authority, Name, Code, password ?? "") is { } refusal ? Refuse("password", refusal)
        : LocalRedirect($"/staff/sign-in?{Lang}"));

    private async Task<IActionResult> WithLinkAsync(Func<Task<IActionResult>> then)
    {
        if (attempts.MayTry(HttpContext))
        {
            Invited = await accounts.OfLinkAsync(Authority, Name, Code);
        }

        if (Invited is not null)
        {
            return await then();
        }

        attempts.CountWrong(HttpContext);
        Response.StatusCode = 404;
        return Page();
    }
}
