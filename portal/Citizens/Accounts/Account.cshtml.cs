using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens.Applying;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens.Accounts;

/// <summary>The sign-in of a citizen; afterwards own drafts and cases, and the staff's looks at them.</summary>
[Needs(Permission.Public)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public sealed class AccountPage(ContentFolder content, ICitizenAccounts accounts) : CitizenPage
{
    private const string Left = "left", Discarded = "discarded", Restored = "restored";

    private static readonly string[] Sentences = ["down", "clock", "weak", "cancelled", "failed", Left, Discarded, Restored];

    private readonly string _authority = content.Now.Authority;

    /// <summary>"BundID"</summary>
    public string Service => accounts.NameOf(_authority) ?? "";

    /// <summary>Null: nobody has signed in.</summary>
    public CitizenAccount? Account { get; private set; }

    public PersonView? Own { get; private set; }

    /// <summary>The page that waits for the sign-in; null: none.</summary>
    public string? To => AccountFirst.Waiting(this);

    public string? Why => Request.Query[AccountFirst.Why].ToString() is { } why && Sentences.Contains(why)
        ? Texts.Say($"own.why.{why}", ("service", Service)) : null;

    public string SignInAddress => AccountFirst.SignInAddress(_authority, To ?? Href("/account"), AccountFirst.LeastOf(this));

    /// <summary>The page of the service where its own session ends; null: none is known.</summary>
    public string? SignOutAddress { get; private set; }

    /// <summary>The page that waits needs a better sign-in than the present one.</summary>
    public bool IsTooWeak => Account is not null && Request.Query[AccountFirst.Why] == "weak";

    /// <summary>The procedure's own sentence in the reader's language, or the engine's.</summary>
    public string SentenceOf(PersonCase own) => own.Says?.TryGetValue(Texts.Language, out var said) is true ? said
        : CaseWords.OfState(Texts, own.State, own.Until, own.TimeZone);

    /// <summary>With the year, because a case may be old.</summary>
    public string MomentOf(PersonLookView look) => MomentOf(look.At, look.TimeZone);

    public string SentenceOf(PersonDraft draft) => draft.RestorableUntil is { } until
        ? Texts["case.discarded"] + " " + Texts.Say("case.discarded.text", ("time", TimeAt(until, draft.TimeZone)))
        : Texts.Say("own.draft", ("saved", MomentOf(draft.SavedAt, draft.TimeZone)),
            ("until", DayAt(draft.Until, draft.TimeZone).ToString("d. MMMM yyyy", Texts.Culture)));

    public async Task<IActionResult> OnGetAsync()
    {
        if (accounts.NameOf(_authority) is null)
        {
            return NotFound();
        }

        Account = await HttpContext.AccountAsync(_authority);
        Own = Account is null ? null : await accounts.ViewAsync(Account);
        SignOutAddress = Request.Query[AccountFirst.Why] == Left && Account is null
            ? await accounts.SignOutAddressAsync(_authority, $"{Request.Scheme}://{Request.Host}/account") : null;
        return Page();
    }

    /// <summary>Discards a draft, without a question before: it comes back for a time.</summary>
    public Task<IActionResult> OnPostDiscardAsync([FromForm] string? code, [FromForm] string? form) =>
        ChangeAsync(Discarded, account => accounts.DiscardAsync(account, code ?? "", FormId.RequestOf(form, Discarded, code)));

    public Task<IActionResult> OnPostRestoreAsync([FromForm] string? code, [FromForm] string? form) =>
        ChangeAsync(Restored, account => accounts.RestoreAsync(account, code ?? "", FormId.RequestOf(form, Restored, code)));

    /// <summary>Signs out.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.LeaveAccountAsync();
        return LocalRedirect(Href("/account", (AccountFirst.Why, Left)));
    }

    private async Task<IActionResult> ChangeAsync(string done, Func<CitizenAccount, Task<Refusal?>> change)
    {
        if (accounts.NameOf(_authority) is null)
        {
            return NotFound();
        }

        Account = await HttpContext.AccountAsync(_authority);
        if (Account is null)
        {
            return AccountFirst.For(this, TrustLevel.Low, null);
        }

        if (await change(Account) is not { } refusal)
        {
            return LocalRedirect(Href("/account", (AccountFirst.Why, done)));
        }

        Own = await accounts.ViewAsync(Account);
        return Again("cases-title", refusal);
    }

    private string MomentOf(DateTimeOffset at, string timeZone) => Texts.Say("at",
        ("date", DayAt(at, timeZone).ToString("d. MMMM yyyy", Texts.Culture)), ("time", TimeAt(at, timeZone)));
}
