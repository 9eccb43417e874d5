using Aufruf.Contracts;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Towns;

/// <summary>The settings of a town as they are in force, and the draft beside them: what it changes, and what is wrong.</summary>
public sealed class OverviewPage(ITownAdministration towns, ITownMails mails) : TownPage(towns, mails)
{
    /// <summary>Null: there is no draft.</summary>
    public TownCheck? Check { get; private set; }

    public Task<IActionResult> OnGetAsync() => InTownAsync(_ => ShowAsync());

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostPublishAsync([FromForm] int seen) =>
        InTownAsync(_ => DoAsync(Towns.PublishAsync(Authority, seen, SignedInAs), Here, "published", ShowAsync));

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostDiscardAsync([FromForm] int seen) =>
        InTownAsync(_ => DoAsync(Towns.DiscardAsync(Authority, seen, SignedInAs), Here, "discarded", ShowAsync));

    /// <summary>Another edition came into force meanwhile, and the administrator keeps the draft all the same.</summary>
    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostKeepAsync([FromForm] int seen, [FromForm] int edition) => InTownAsync(desk =>
        DoAsync(Towns.SaveAsync(Authority, desk.Current, edition, seen, SignedInAs), Here, "kept", ShowAsync));

    private Task<IActionResult> ShowAsync()
    {
        Check = Desk?.Known.Draft is { } draft ? Towns.Check(Authority, draft.Settings) : null;
        return Task.FromResult<IActionResult>(Page());
    }
}
