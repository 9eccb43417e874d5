using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Accounts;

/// <summary>The link of the first start creates the administrator of an authority. Without any office it names the authority too.</summary>
[Needs(Permission.Public)]
public sealed partial class FirstPage(IStaffAccounts accounts, SignInAttempts attempts) : LinkPage(accounts, attempts)
{
    public bool IsNewTown => Authority == Domain.Identity.People.NewTown;

    /// <summary>The id of the authority.</summary>
    public string Town { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    public Task<IActionResult> OnPostAsync([FromForm] string? town, [FromForm] string? name, [FromForm] string? displayName,
        [FromForm] string? password) =>
        WithLinkAsync(async () =>
        {
            (Town, Name, DisplayName) = (IsNewTown ? town?.Trim() ?? "" : Authority, name?.Trim() ?? "", displayName?.Trim() ?? "");
            if (!Id().IsMatch(Town))
            {
                return Refuse("town", "new.id.wrong");
            }

            if (WhyNoPassword(password, Name) is { } why)
            {
                return Refuse("password", why);
            }

            if (await Accounts.CreateFirstAsync(Authority, Code, Town, Name, DisplayName, password ?? "") is { } refusal)
            {
                return Refuse("name", refusal);
            }

            if ((await Accounts.EnterAsync(Town, Name, password ?? "")).Session is { } session)
            {
                await HttpContext.EnterAsync(session);
            }

            return LocalRedirect(IsNewTown ? $"/staff/new-office?{Lang}" : $"/staff/account?{Lang}&done=first");
        });

    protected override Task<bool> IsGoodAsync() => Accounts.IsFirstLinkAsync(Authority, Code);

    /// <summary>As the schema of an office file has it.</summary>
    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    internal static partial Regex Id();
}
