using Aufruf.Contracts;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Procedures;

/// <summary>The versions of a procedure with what each one changed. An earlier one can be the beginning of the next draft.</summary>
public sealed class ProcedureHistoryPage(IProcedureAdministration administration) : ProcedurePage(administration)
{
    [FromRoute(Name = "procedure")] public string Id { get; set; } = "";

    /// <summary>Null: it cannot be read now.</summary>
    public ProcedureDesk? Desk { get; private set; }

    public IReadOnlyList<ProcedureEdition> Editions { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => InAuthorityAsync(async () => await LoadAsync() ? Page() : Gone());

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostAsync([FromForm] int number, [FromForm] int seen) => InAuthorityAsync(async () =>
        !await LoadAsync() || Editions.FirstOrDefault(edition => edition.Number == number)?.Text is not { } text ? Gone()
            : await DoAsync(Administration.SaveAsync(Authority, Id, text, seen, SignedInAs), _ => $"{All}/{Id}", "saved", Page));

    private async Task<bool> LoadAsync()
    {
        Desk = Administration.Find(Authority, Id);
        Editions = Desk is null ? [] : await Administration.HistoryAsync(Authority, Id);
        return Desk is not null;
    }
}
