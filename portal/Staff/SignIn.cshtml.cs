using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>A person signs in with name and password, then perhaps a code.</summary>
[Needs(Permission.Public)]
[WhileLocked]
public sealed class SignInPage(IStaffAccounts accounts, SignInAttempts attempts) : StaffFormPage
{
    private const int LongestHalf = 2_000;

    public IReadOnlyList<string> Authorities => accounts.Authorities;

    /// <summary>The password was right, and the code is asked for; null: the password is asked for.</summary>
    public string? Half { get; private set; }

    /// <summary>As it was entered.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The page to go to afterwards; only one of this site.</summary>
    public string To =>
        Request.Query["to"].ToString() is { Length: > 0 } asked && Url.IsLocalUrl(asked) ? asked : "/staff?lang=" + Texts.Language;

    public Task<IActionResult> OnPostAsync([FromForm] string? name, [FromForm] string? password,
        [FromForm] string? authority, [FromForm] string? half, [FromForm] string? code) =>
        half is { Length: > 0 and <= LongestHalf } ? CodeAsync(half, code ?? "")
        : PasswordAsync(name?.Trim() ?? "", password ?? "", authority);

    /// <summary>The name may stand with its authority: "anna@alsdorf".</summary>
    private async Task<IActionResult> PasswordAsync(string entered, string password, string? chosen)
    {
        Name = entered.Length <= LongestPassword ? entered : "";
        var (name, authority) = Name.Split('@') is [var own, var of] ? (own, of) : (Name, chosen ?? Authorities.FirstOrDefault(""));
        if (name.Length == 0)
        {
            return Refuse("name", "signin.name.empty");
        }

        if (password.Length is 0 or > LongestPassword)
        {
            return Refuse("password", "signin.password.empty");
        }

        if (!attempts.MayTry(HttpContext))
        {
            return Refuse("name", "signin.toooften", 429);
        }

        var answer = await accounts.EnterAsync(authority, name, password);
        if (answer.Half is { } half)
        {
            Half = half;
            return Page();
        }

        return await EnterAsync(answer, "name", "signin.wrongname");
    }

    private async Task<IActionResult> CodeAsync(string half, string code)
    {
        Half = half;
        return attempts.MayTry(HttpContext)
            ? await EnterAsync(await accounts.EnterCodeAsync(half, code.Replace(" ", "", StringComparison.Ordinal)), "code",
                "signin.wrongcode")
            : Refuse("code", "signin.toooften", 429);
    }

    private async Task<IActionResult> EnterAsync(EntryAnswer answer, string field, string wrong)
    {
        if (answer.Session is not { } session)
        {
            return attempts.CountWrong(HttpContext) ? Refuse(field, wrong, 401) : Refuse(field, "signin.toooften", 429);
        }

        await HttpContext.EnterAsync(session);
        return LocalRedirect(To);
    }
}
