using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Accounts;

/// <summary>The link of the first start creates the administrator of an authority.</summary>
[Needs(Permission.Public)]
public sealed class FirstPage(IStaffAccounts accounts, SignInAttempts attempts) : StaffFormPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    [FromRoute] public string Code { get; set; } = "";

    public string Name { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    /// <summary>The link is over, or was never one.</summary>
    public bool IsOver { get; private set; }

    public Task<IActionResult> OnGetAsync() => WithLinkAsync(() => Task.FromResult<IActionResult>(Page()));

    public Task<IActionResult> OnPostAsync([FromForm] string? name, [FromForm] string? displayName, [FromForm] string? password) =>
        WithLinkAsync(async () =>
        {
            (Name, DisplayName) = (name?.Trim() ?? "", displayName?.Trim() ?? "");
            if (WhyNoPassword(password, Name) is { } why)
            {
                return Refuse("password", why);
            }

            if (await accounts.CreateFirstAsync(Authority, Code, Name, DisplayName, password ?? "") is { } refusal)
            {
                return Refuse("name", refusal);
            }

            if ((await accounts.EnterAsync(Authority, Name, password ?? "")).Session is { } session)
            {
                await HttpContext.EnterAsync(session);
            }

            return LocalRedirect($"/staff/account?{Lang}&done=first");
        });

    private async Task<IActionResult> WithLinkAsync(Func<Task<IActionResult>> then)
    {
        if (attempts.MayTry(HttpContext) && await accounts.IsFirstLinkAsync(Authority, Code))
        {
            return await then();
        }

        attempts.CountWrong(HttpContext);
        (IsOver, Response.StatusCode) = (true, 404);
        return Page();
    }
}
