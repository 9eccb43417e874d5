using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>Takes an application back.</summary>
public sealed class WithdrawPage(ContentFolder content, ICitizenCases cases) : CasePage(content, cases)
{
    /// <summary>Null: there is no such case.</summary>
    public CaseView? Known { get; private set; }

    public async Task<IActionResult> OnGetAsync() => !await FindAsync() ? Gone()
        : Known!.MayWithdraw ? Page() : LocalRedirect(Mine());

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        if (!await FindAsync())
        {
            return Gone();
        }

        var answer = await Cases.WithdrawAsync(Town.Authority, Code, FormId.RequestOf(form, "withdraw", Code));
        Known = answer.View;
        return answer.Refusal is { } refusal && Known?.State is not Domain.Cases.CaseState.Withdrawn ? Again("withdraw", refusal)
            : LocalRedirect(Mine());
    }

    private async Task<bool> FindAsync() => (Known = IsCode ? await Cases.ViewAsync(Town.Authority, Code) : null) is not null;
}
