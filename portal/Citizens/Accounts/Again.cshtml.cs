using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens.Accounts;

/// <summary>A session was over when its form came. The page keeps what was typed until the citizen has signed in again.</summary>
[Needs(Permission.Public)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public sealed class AgainPage(ContentFolder content, ICitizenAccounts accounts) : CitizenPage
{
    public string Service => accounts.NameOf(content.Now.Authority) ?? "";

    /// <summary>The page of the form; only one of this site.</summary>
    public string? To => AccountFirst.Waiting(this);

    public IEnumerable<(string Name, string Text)> Typed =>
        Request.Form.SelectMany(typed => typed.Value.Select(text => (typed.Key, text ?? "")));

    /// <summary>In a window of its own, so that this one stays.</summary>
    public string SignInAddress => AccountFirst.SignInAddress(content.Now.Authority, Href("/account"),
        AccountFirst.LeastOf(this));

    public IActionResult OnGet() => LocalRedirect(Href("/account"));

    public IActionResult OnPost() => To is null || Service.Length == 0 ? LocalRedirect(Href("/account")) : Page();
}
