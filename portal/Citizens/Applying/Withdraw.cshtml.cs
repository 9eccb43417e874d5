using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>Takes an application back, or deletes a draft that was not sent.</summary>
public sealed class WithdrawPage(ContentFolder content, ICitizenCases cases) : CasePage(content, cases)
{
    /// <summary>Null: there is no such case, or it is a draft.</summary>
    public CaseView? Known { get; private set; }

    public string Title => Texts[Form is null ? "case.withdraw" : "case.discard"];

    public async Task<IActionResult> OnGetAsync() => !await FindAsync() ? Gone()
        : Form is not null || Known?.MayWithdraw is true ? Page() : LocalRedirect(Mine());

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        if (!await FindAsync())
        {
            return Gone();
        }

        if (Form is not null)
        {
            return await Cases.DiscardAsync(Town.Authority, Code, FormId.RequestOf(form, "discard", Code)) is { } why
                ? Again("withdraw", why) : LocalRedirect(Href("/apply"));
        }

        var answer = await Cases.WithdrawAsync(Town.Authority, Code, FormId.RequestOf(form, "withdraw", Code));
        Known = answer.View;
        return answer.Refusal is { } refusal && Known?.State is not Domain.Cases.CaseState.Withdrawn ? Again("withdraw", refusal)
            : LocalRedirect(Mine());
    }

    private async Task<bool> FindAsync()
    {
        Known = IsCode ? await Cases.ViewAsync(Town.Authority, Code) : null;
        return Known is not null || await FormAsync() is not null;
    }
}
