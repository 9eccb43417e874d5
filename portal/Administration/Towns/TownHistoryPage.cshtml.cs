using Aufruf.Contracts;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Towns;

/// <summary>Every change of a town's settings: who, when, and each place before and after. An earlier edition can come back.</summary>
public sealed class TownHistoryPage(ITownAdministration towns, ITownMails mails) : TownPage(towns, mails)
{
    public OfficeHistory? History { get; private set; }

    public Task<IActionResult> OnGetAsync() => InTownAsync(_ => ShowAsync());

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostTakeBackAsync([FromForm] int edition, [FromForm] int seen) =>
        InTownAsync(_ => DoAsync(Towns.TakeBackAsync(Authority, edition, seen, SignedInAs), Here, "back", ShowAsync));

    private async Task<IActionResult> ShowAsync()
    {
        History = await Towns.HistoryAsync(Authority);
        return Page();
    }
}
