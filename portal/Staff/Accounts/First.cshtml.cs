using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Accounts;

/// <summary>The link of the first start creates the administrator of an authority.</summary>
[Needs(Permission.Public)]
public sealed class FirstPage(IStaffAccounts accounts, SignInAttempts attempts) : LinkPage(accounts, attempts)
{
    public string Name { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    public Task<IActionResult> OnPostAsync([FromForm] string? name, [FromForm] string? displayName, [FromForm] string? password) =>
        WithLinkAsync(async () =>
        {
            (Name, DisplayName) = (name?.Trim() ?? "", displayName?.Trim() ?? "");
            if (WhyNoPassword(password, Name) is { } why)
            {
                return Refuse("password", why);
            }

            if (await Accounts.CreateFirstAsync(Authority, Code, Name, DisplayName, password ?? "") is { } refusal)
            {
                return Refuse("name", refusal);
            }

            if ((await Accounts.EnterAsync(Authority, Name, password ?? "")).Session is { } session)
            {
                await HttpContext.EnterAsync(session);
            }

            return LocalRedirect($"/staff/account?{Lang}&done=first");
        });

    protected override Task<bool> IsGoodAsync() => Accounts.IsFirstLinkAsync(Authority, Code);
}
