using Aufruf.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Procedures;

/// <summary>The procedures of an authority: version, since when, where they can be begun, and drafts.</summary>
public sealed class ProceduresPage(IProcedureAdministration administration) : ProcedurePage(administration)
{
    public IReadOnlyList<ProcedureRow> Rows { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => InAuthorityAsync(() =>
    {
        Rows = Administration.List(Authority);
        return Task.FromResult<IActionResult>(Page());
    });

    /// <summary>"Online, at the counter".</summary>
    public string WaysOf(ProcedureRow row) => string.Join(", ", new[]
    {
        row.IsOnline ? Texts["procedure.online"] : null, row.IsAtCounter ? Texts["procedure.counter"] : null,
    }.OfType<string>()) is { Length: > 0 } ways ? ways : Texts["procedure.nowhere"];

    /// <summary>Null: there is nothing to say.</summary>
    public string? ProblemOf(ProcedureRow row) => !row.IsReadable ? Texts["procedure.unreadable"]
        : row.Version is not null && !row.IsOffered ? Texts["procedure.withdrawn"] : null;
}
