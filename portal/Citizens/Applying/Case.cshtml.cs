using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>"My case": a draft, or the case in every state, in plain words. Opening it changes nothing.</summary>
public sealed class MyCasePage(ContentFolder content, ICitizenCases cases) : CasePage(content, cases)
{
    /// <summary>Null: it is a draft.</summary>
    public CaseView? Known { get; private set; }

    /// <summary>A draft that its citizen has discarded; null: none, or it cannot come back.</summary>
    public DiscardedDraft? Discarded { get; private set; }

    public Domain.Offices.Texts? Title => Known?.Title ?? Form?.Title ?? Discarded?.Title;

    public string State => Known?.State.ToString().ToLowerInvariant() ?? (Form is null ? "discarded" : "draft");

    /// <summary>The procedure's own sentence in the reader's language, or the engine's.</summary>
    public string Explanation => Known!.Says?.TryGetValue(Texts.Language, out var own) is true ? own
        : CaseWords.OfState(Texts, Known.State, Known.Until, Known.TimeZone);

    public async Task<IActionResult> OnGetAsync() => await ShowAsync() ? Page() : Gone();

    /// <summary>Discards the draft, without a question before: it comes back for a time.</summary>
    public Task<IActionResult> OnPostDiscardAsync([FromForm] string? form) =>
        ChangeAsync(request => Cases.DiscardAsync(Town.Authority, Code, request), FormId.RequestOf(form, "discard", Code));

    public Task<IActionResult> OnPostRestoreAsync([FromForm] string? form) =>
        ChangeAsync(request => Cases.RestoreAsync(Town.Authority, Code, request), FormId.RequestOf(form, "restore", Code));

    private async Task<IActionResult> ChangeAsync(Func<RequestId, Task<Refusal?>> change, RequestId request)
    {
        if (!await ShowAsync())
        {
            return Gone();
        }

        return await change(request) is { } refusal && Known is null ? Again(PageField.Main, refusal) : LocalRedirect(Mine());
    }

    private async Task<bool> ShowAsync()
    {
        Known = IsCode ? await Cases.ViewAsync(Town.Authority, Code) : null;
        Discarded = Known is null && await FormAsync() is null && IsCode ? await Cases.DiscardedAsync(Town.Authority, Code) : null;
        return Title is not null;
    }
}
