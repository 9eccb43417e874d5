using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Accounts;

/// <summary>The link of the first start creates the administrator of an authority. Without any office it names the authority too.</summary>
[Needs(Permission.Public)]
public sealed partial class FirstPage(IStaffAccounts accounts, SignInAttempts attempts) : StaffFormPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    [FromRoute] public string Code { get; set; } = "";

    public bool IsNewTown => Authority == Domain.Identity.People.NewTown;

    /// <summary>The id of the authority.</summary>
    public string Town { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    /// <summary>The link is over, or was never one.</summary>
    public bool IsOver { get; private set; }

    public Task<IActionResult> OnGetAsync() => WithLinkAsync(() => Task.FromResult<IActionResult>(Page()));

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

            if (await accounts.CreateFirstAsync(Authority, Code, Town, Name, DisplayName, password ?? "") is { } refusal)
            {
                return Refuse("name", refusal);
            }

            if ((await accounts.EnterAsync(Town, Name, password ?? "")).Session is { } session)
            {
                await HttpContext.EnterAsync(session);
            }

            return LocalRedirect(IsNewTown ? $"/staff/new-office?{Lang}" : $"/staff/account?{Lang}&done=first");
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

    /// <summary>As the schema of an office file has it.</summary>
    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    internal static partial Regex Id();
}
