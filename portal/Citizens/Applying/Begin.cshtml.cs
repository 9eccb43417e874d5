using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens.Accounts;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>One service that can be applied for: the questions that come, and the button that begins.</summary>
[Needs(Permission.Public)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public sealed class BeginPage(ContentFolder content, ICitizenCases cases, ICitizenAccounts accounts, HoldLimit holds) : CitizenPage
{
    private ProcedureView? _procedure;
    private CitizenAccount? _account;

    [FromRoute] public string Procedure { get; set; } = "";

    public ProcedureView Offered => _procedure ?? throw new InvalidOperationException("The page was not loaded.");

    /// <summary>The service with which the citizen signs in first; null: it is not needed, or it is done.</summary>
    public string? SignInWith => Offered.Trust is { } least && (_account is null || _account.Trust < least)
        ? accounts.NameOf(content.Now.Authority) : null;

    /// <summary>The citizen has signed in, and the application needs a better sign-in.</summary>
    public bool IsTooWeak => _account is not null;

    /// <summary>Leads to the service.</summary>
    public string SignInAddress => AccountFirst.SignInAddress(content.Now.Authority, Href($"/apply/{Procedure}"), Offered.Trust);

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        if (SignInWith is not null)
        {
            return Again("begin", _account is null ? Refusal.AccountNeeded : Refusal.AccountTooWeak);
        }

        if (!holds.Allows(HttpContext))
        {
            return Again("begin", Refusal.TooManyDrafts);
        }

        var request = FormId.RequestOf(form, Procedure, Offered.Trust is null ? null : _account?.Person);
        var begun = await (Offered.Trust is null ? cases.BeginAsync(content.Now.Authority, Procedure, Texts.Language, request)
            : accounts.BeginAsync(_account!, Procedure, Texts.Language, request));
        return begun.Code is { } code ? LocalRedirect(Href($"/case/{code}/form")) : Again("begin", begun.Refusal!);
    }

    private async Task<bool> LoadAsync()
    {
        var authority = content.Now.Authority;
        _procedure = (await cases.OfferedAsync(authority)).FirstOrDefault(offered => offered.Id == Procedure);
        _account = _procedure?.Trust is null ? null : await HttpContext.AccountAsync(authority);
        return _procedure is not null && (_procedure.Trust is null || accounts.NameOf(authority) is not null);
    }
}
