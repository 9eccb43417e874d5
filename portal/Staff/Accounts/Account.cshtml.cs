using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Accounts;

/// <summary>The own account: password, second factor and sessions.</summary>
public sealed class AccountPage(IStaffAccounts accounts, SignInAttempts attempts) : StaffFormPage
{
    private const int LongestOffer = 2_000;

    /// <summary>Shown on the page that turns the second factor on; null on the others.</summary>
    public TotpOffer? Totp { get; private set; }

    public Person? Own => Person is { } person ? accounts.Find(person.Session.Authority, person.Session.Name) : null;

    public IEnumerable<KeyValuePair<string, Session>> Sessions =>
        Own is { } own ? own.Sessions.OrderByDescending(s => s.Value.BegunAt) : [];

    public IEnumerable<Passkey> Passkeys => Own is { } own ? own.Passkeys.Values.OrderBy(passkey => passkey.AddedAt) : [];

    public string PasskeyHost => accounts.PasskeyHost;

    public IHtmlContent Picture => KioskCode.Of(Totp?.Address ?? "");

    /// <summary>A token has no account, and is led to its pages.</summary>
    public IActionResult OnGet(bool totp = false)
    {
        if (Person is not { } person)
        {
            return LocalRedirect("/staff");
        }

        Totp = totp && Own?.Totp is null ? accounts.OfferTotp(person.Session) : null;
        return Page();
    }

    public Task<IActionResult> OnPostPasswordAsync([FromForm] string? old, [FromForm] string? password) => Async(async session =>
        WhyNoPassword(password, session.Name) is { } why ? Refuse("password", why)
        : await TryAsync(old, () => accounts.ChangePasswordAsync(session, old ?? "", password ?? "")) ? To("password")
        : Refuse("old", "password.wrong"));

    public Task<IActionResult> OnPostTotpAsync([FromForm] string? offer, [FromForm] string? code) => Async(async session =>
    {
        if (offer is { Length: > 0 and <= LongestOffer } && await accounts.TurnOnTotpAsync(session, offer,
            code?.Replace(" ", "", StringComparison.Ordinal) ?? ""))
        {
            return To("totp-on");
        }

        Totp = accounts.OfferTotp(session);
        return Refuse("code", "totp.wrong");
    });

    public Task<IActionResult> OnPostTotpOffAsync([FromForm] string? current) => Async(async session =>
        await TryAsync(current, () => accounts.TurnOffTotpAsync(session, current ?? "")) ? To("totp-off")
        : Refuse("current", "password.wrong"));

    public Task<IActionResult> OnPostRenameAsync([FromForm] string? passkey, [FromForm] string? name) => Async(async session =>
        await accounts.RenamePasskeyAsync(session, passkey ?? "", name?.Trim() ?? "") is { } refusal ? Refuse("passkeys", refusal)
        : To("changed"));

    public Task<IActionResult> OnPostRemoveAsync([FromForm] string? passkey) => Async(async session =>
        await accounts.RemovePasskeyAsync(session, passkey ?? "") is { } refusal ? Refuse("passkeys", refusal) : To("passkey-removed"));

    public Task<IActionResult> OnPostEndAsync([FromForm] string? session) => Async(async own =>
    {
        if (session is { Length: > 0 and < 100 })
        {
            await accounts.EndSessionAsync(own, session);
        }

        return To("ended");
    });

    public Task<IActionResult> OnPostEndOthersAsync() => Async(async session =>
    {
        await accounts.EndOthersAsync(session);
        return To("ended");
    });

    private async Task<bool> TryAsync(string? password, Func<Task<bool>> act)
    {
        var isRight = attempts.MayTry(HttpContext) && password is { Length: > 0 and <= LongestPassword } && await act();
        return isRight || (attempts.CountWrong(HttpContext) && false);
    }

    private LocalRedirectResult To(string done) => LocalRedirect($"/staff/account?{Lang}&done={done}");

    private async Task<IActionResult> Async(Func<SessionPass, Task<IActionResult>> act) =>
        Person is { } person ? await act(person.Session) : LocalRedirect("/staff");
}
