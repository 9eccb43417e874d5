using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Paying;

/// <summary>The way back from the provider. Its address proves nothing: the page shows the answer of the provider to the hub.</summary>
public sealed class PaidPage(ContentFolder content, ICitizenCases cases, ICasePayments payments) : PaymentPage(content, cases, payments)
{
    public async Task<IActionResult> OnGetAsync()
    {
        Known = IsCode ? await Payments.AskAsync(Town.Authority, Code) : null;
        return await ShownAsync();
    }
}
