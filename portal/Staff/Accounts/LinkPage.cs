using Aufruf.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Accounts;

/// <summary>A page behind a one-time link, on which somebody chooses a password. Guessed links count as wrong passwords do.</summary>
public abstract class LinkPage(IStaffAccounts accounts, SignInAttempts attempts) : StaffFormPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    [FromRoute] public string Code { get; set; } = "";

    /// <summary>The link is over, or was never one.</summary>
    public bool IsOver { get; private set; }

    protected IStaffAccounts Accounts { get; } = accounts;

    public Task<IActionResult> OnGetAsync() => WithLinkAsync(() => Task.FromResult<IActionResult>(Page()));

    protected abstract Task<bool> IsGoodAsync();

    protected async Task<IActionResult> WithLinkAsync(Func<Task<IActionResult>> then)
    {
        if (attempts.MayTry(HttpContext) && await IsGoodAsync())
        {
            return await then();
        }

        attempts.CountWrong(HttpContext);
        (IsOver, Response.StatusCode) = (true, 404);
        return Page();
    }
}
