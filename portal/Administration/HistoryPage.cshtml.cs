using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration;

/// <summary>Every change of an office: who, when, and each place before and after. An earlier edition can come back.</summary>
public sealed class HistoryPage(IOfficeAdministration administration) : AdminPage(administration)
{
    public OfficeHistory? History { get; private set; }

    public Task<IActionResult> OnGetAsync() => InOfficeAsync(_ => ShowAsync());

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostTakeBackAsync([FromForm] int edition, [FromForm] int seen) =>
        DoAsync(_ => Administration.TakeBackAsync(OfficeKey, edition, seen, Who), "back");

    /// <summary>Brings an earlier step of the draft back, with the rows that were removed since.</summary>
    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostStepAsync([FromForm] int revision, [FromForm] int seen) => DoAsync(async desk =>
        desk.Draft is { } draft && await Administration.DraftTextAsync(OfficeKey, revision) is { } text
            ? await Administration.SaveAsync(OfficeKey, text, draft.BasedOn, seen, Who)
            : new(desk, Refusal.NoDraft), "kept");

    private Task<IActionResult> DoAsync(Func<OfficeDesk, Task<DraftAnswer>> act, string done) => InOfficeAsync(async desk =>
    {
        var answer = await act(desk);
        if (answer.Refusal is not { } refusal)
        {
            return LocalRedirect($"{Here}?lang={Texts.Language}&done={done}");
        }

        Refuse(refusal, answer.Objection);
        return await ShowAsync();
    });

    private async Task<IActionResult> ShowAsync()
    {
        History = await Administration.HistoryAsync(OfficeKey);
        return Page();
    }
}
