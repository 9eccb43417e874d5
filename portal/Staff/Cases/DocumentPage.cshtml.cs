using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases;

/// <summary>A document as it was kept.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class DocumentPage(IStaffDocuments documents, IAccessBook log) : PaperPage(log)
{
    public Task<IActionResult> OnGetAsync() => ShowAsync(async () =>
        (await documents.OpenAsync(Authority, Number, SignedInAs, Document), Texts["papers.gone"]));
}
