using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Accounts;

/// <summary>A locked session goes on after the password, or by a passkey.</summary>
[WhileLocked]
public sealed class LockedPage(IStaffAccounts accounts, SignInAttempts attempts) : StaffFormPage
{
    public string To => Request.Query["to"].ToString() is { Length: > 0 } asked && Url.IsLocalUrl(asked) ? asked : "/staff?" + Lang;

    /// <summary>The authority whose provider opens the session again; null: the password does.</summary>
    public string? Provider => Person is { } person && accounts.WayOf(person.Session) is SignInWay.Provider
        ? person.Session.Authority : null;

    public string PasskeyHost => accounts.PasskeyHost;

    public bool HasPasskey => Person is { } person
        && accounts.Find(person.Session.Authority, person.Session.Name)?.Passkeys.IsEmpty is false;

    public IActionResult OnGet() => Person is { IsLocked: true } ? Page() : LocalRedirect(To);

    public async Task<IActionResult> OnPostAsync([FromForm] string? password)
    {
        if (Person is not { } person)
        {
            return LocalRedirect("/staff");
        }

        if (!attempts.MayTry(HttpContext))
        {
            return Refuse("password", "signin.toooften", 429);
        }

        if (password is not { Length: > 0 and <= LongestPassword } || !await accounts.UnlockAsync(person.Session, password))
        {
            attempts.CountWrong(HttpContext);
            return Refuse("password", "password.wrong");
        }

        return LocalRedirect(To);
    }
}
