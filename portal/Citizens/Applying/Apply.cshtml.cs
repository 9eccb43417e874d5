using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>All that can be applied for here.</summary>
[Needs(Permission.Public)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public sealed class ApplyPage(ContentFolder content, ICitizenCases cases, ICitizenAccounts accounts) : CitizenPage
{
    public IReadOnlyList<ProcedureView> Offered { get; private set; } = [];

    /// <summary>A portal of its own has no accounts.</summary>
    public async Task OnGetAsync() => Offered = [.. (await cases.OfferedAsync(content.Now.Authority))
        .Where(offered => offered.Trust is null || accounts.NameOf(content.Now.Authority) is not null)];
}
