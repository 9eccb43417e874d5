using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases;

/// <summary>The letter of a decision before it is taken. It says that it is a draft, and is kept nowhere.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class PreviewPage(IStaffDocuments documents, IAccessBook log) : PaperPage(log)
{
    [FromRoute(Name = "outcome")] public string Outcome { get; set; } = "";

    public Task<IActionResult> OnGetAsync() => ShowAsync(async () =>
    {
        var preview = Enum.TryParse<DecisionOutcome>(Outcome, ignoreCase: true, out var outcome) && Enum.IsDefined(outcome)
            ? await documents.PreviewAsync(Authority, Number, SignedInAs, Document, outcome) : null;
        return (preview?.File, preview?.Refusal?.Texts.In(Texts.Language) ?? Texts["papers.gone"]);
    });
}
