using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Accounts;

/// <summary>The one-time link of an invited person, or of one who lost the password.</summary>
[Needs(Permission.Public)]
public sealed class WelcomePage(IStaffAccounts accounts, SignInAttempts attempts) : LinkPage(accounts, attempts)
{
    [FromRoute] public string Name { get; set; } = "";

    /// <summary>Null: the link is over, or was never one.</summary>
    public Person? Invited { get; private set; }

    public Task<IActionResult> OnPostAsync([FromForm] string? password) => WithLinkAsync(async () =>
        WhyNoPassword(password, Name) is { } why ? Refuse("password", why)
        : await Accounts.SetPasswordAsync(Authority, Name, Code, password ?? "") is { } refusal ? Refuse("password", refusal)
        : LocalRedirect($"/staff/sign-in?{Lang}"));

    protected override async Task<bool> IsGoodAsync() => (Invited = await Accounts.OfLinkAsync(Authority, Name, Code)) is not null;
}
