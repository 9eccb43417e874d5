using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff.People;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Accounts;

/// <summary>The own account: password, second factor, keys and sessions.</summary>
public sealed class AccountPage(IStaffAccounts accounts, IStaffPeople people, SignInAttempts attempts, TimeProvider clock) : StaffFormPage
{
    private const int LongestOffer = 2_000;
    private const int UsualDays = 90;

    /// <summary>Shown on the page that turns the second factor on; null on the others.</summary>
    public TotpOffer? Totp { get; private set; }

    public Person? Own => Person is { } person ? accounts.Find(person.Session.Authority, person.Session.Name) : null;

    /// <summary>False: this page is all that is open to the person.</summary>
    public bool HasRole => Person is { } person && accounts.HasRole(person.Session.Authority, person.Session.Name);

    public IEnumerable<KeyValuePair<string, Session>> Sessions =>
        Own is { } own ? own.Sessions.OrderByDescending(s => s.Value.BegunAt) : [];

    public IEnumerable<Passkey> Passkeys => Own is { } own ? own.Passkeys.Values.OrderBy(passkey => passkey.AddedAt) : [];

    /// <summary>For those who work on cases; null: for others there is nothing to take over.</summary>
    public SubstituteForm? Substitution => Person is { Session.Authority: var authority } && Own is { } own
        && May(Domain.Identity.Permission.Cases, authority)
        ? new(this, $"/staff/account?handler=Substitute&{Lang}", own, people.Of(authority),
            Wrong?.Field == SubstituteForm.Field ? Wrong?.Sentence : null) : null;

    public string PasskeyHost => accounts.PasskeyHost;

    public IHtmlContent Picture => KioskCode.Of(Totp?.Address ?? "");

    /// <summary>A new key, shown once.</summary>
    public string? Key { get; private set; }

    /// <summary>The name of a key, as it was entered.</summary>
    public string Label { get; private set; } = "";

    /// <summary>The last day of a key.</summary>
    public string Last
    {
        get => field ?? Text(clock.GetLocalNow().AddDays(UsualDays));
        private set;
    }

    public void OnGet(bool totp = false) => Totp = totp && Own?.Totp is null && Person is { } person
        ? accounts.OfferTotp(person.Session) : null;

    public Task<IActionResult> OnPostKeyAsync([FromForm] string? label, [FromForm] string? last, [FromForm] string? proof) =>
        Async(async session =>
        {
            Label = label?.Trim() ?? "";
            if (!DateOnly.TryParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                || day == DateOnly.MaxValue)
            {
                return Refuse("last", "key.last.wrong");
            }

            Last = last;
            var end = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
            var until = new DateTimeOffset(end, clock.LocalTimeZone.GetUtcOffset(end));
            var answer = new KeyAnswer();
            if (!await TryAsync(Own?.PasswordHash is null ? "-" : proof, async () =>
                (answer = await accounts.MakeKeyAsync(session, proof ?? "", Label, until)) != new KeyAnswer()))
            {
                return Refuse("proof", "password.wrong");
            }

            Key = answer.Key;
            return answer.Refusal is { } refusal ? Refuse("label", refusal) : Page();
        });

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

    [HandlerNeeds(Domain.Identity.Permission.Cases)]
    public Task<IActionResult> OnPostSubstituteAsync([FromForm] string? substitute, [FromForm] string? away) => Async(async session =>
        await people.HandleAsync(session.Authority, SubstituteForm.CommandOf(session.Name, substitute, away, session.Name, clock))
            is { } refusal ? Refuse(SubstituteForm.Field, refusal) : To("changed"));

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

    private static string Text(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private LocalRedirectResult To(string done) => LocalRedirect($"/staff/account?{Lang}&done={done}");

    private async Task<IActionResult> Async(Func<SessionPass, Task<IActionResult>> act) =>
        Person is { } person ? await act(person.Session) : LocalRedirect("/staff");
}
