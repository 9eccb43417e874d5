using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>All answers once more. Its button sends the application as it stands here.</summary>
public sealed class CheckPage(ContentFolder content, ICitizenCases cases, ICitizenAccounts accounts) : CasePage(content, cases)
{
    /// <summary>The first page that is not done; null: all are.</summary>
    public FormPageView? Open => Form!.Pages.FirstOrDefault(page => !page.IsDone);

    /// <summary>Faults that belong to no question, such as an amount that cannot be computed.</summary>
    public IEnumerable<string> Others => Open is not null ? []
        : Form!.Faults.Select(fault => CaseWords.Of(this, fault)).Distinct();

    public async Task<IActionResult> OnGetAsync() => await FormAsync() is null ? await SentOrGoneAsync() : Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] int revision)
    {
        if (!IsCode)
        {
            return Gone();
        }

        var request = FormId.RequestOf(form, "send", $"{revision}");
        var answer = await (Account is { } account ? accounts.SubmitAsync(account, Code, revision, request)
            : Cases.SubmitAsync(Town.Authority, Code, revision, request));
        Form = answer.Form;
        return answer.Refusal is { } refusal && Form is not null ? Again("send", refusal)
            : await Cases.ViewAsync(Town.Authority, Code) is { State: CaseState.AwaitingPayment } ? LocalRedirect(Mine("/pay"))
            : await SentOrGoneAsync();
    }
}
