using Aufruf.Contracts;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Citizens.Applying;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases.Counter;

/// <summary>All answers once more, for the clerk to read out. Its button sends the application as it stands here.</summary>
public sealed class CounterCheckPage(ICounterCases cases) : CounterPage(cases)
{
    /// <summary>The first page that is not done; null: all are.</summary>
    public FormPageView? Open => Form!.Pages.FirstOrDefault(page => !page.IsDone);

    /// <summary>Faults that belong to no question, such as an amount that cannot be computed.</summary>
    public IEnumerable<string> Others => Open is not null ? []
        : Form!.Faults.Select(fault => CaseWords.Of(this, fault)).Distinct();

    /// <summary>The draft is discarded, and comes back for a time; null: it is not.</summary>
    public DiscardedDraft? Discarded { get; private set; }

    public Task<IActionResult> OnGetAsync() => InAuthorityAsync(async () => (Form = await Cases.FormAsync(Authority, Code)) is not null
        || (Discarded = await Cases.DiscardedAsync(Authority, Code)) is not null ? Page() : await SentOrGoneAsync());

    public Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] int revision, [FromForm(Name = "do")] string? act) =>
        InAuthorityAsync(async () =>
        {
            if (act is "discard" or "restore")
            {
                var request = FormId.RequestOf(form, act, Code);
                var why = act == "discard" ? await Cases.DiscardAsync(Authority, Code, request)
                    : await Cases.RestoreAsync(Authority, Code, request);
                return why is null ? LocalRedirect($"{Here("/check")}?{Lang}") : await SentOrGoneAsync();
            }

            var answer = await Cases.SubmitAsync(Authority, Code, revision, FormId.RequestOf(form, "send", $"{revision}"));
            Form = answer.Form;
            return answer.Refusal is { } refusal ? Again(Form is null ? PageField.Main : "send", refusal) : await SentOrGoneAsync();
        });
}
