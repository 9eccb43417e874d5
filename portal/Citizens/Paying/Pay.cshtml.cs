using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Paying;

/// <summary>The amount, and the button that leads to the provider's page.</summary>
public sealed class PayPage(ContentFolder content, ICitizenCases cases, ICasePayments payments) : PaymentPage(content, cases, payments)
{
    private const string Go = "go";

    public async Task<IActionResult> OnGetAsync()
    {
        Known = IsCode ? await Payments.ViewAsync(Town.Authority, Code) : null;
        if (Known?.Claims.FirstOrDefault(claim => claim.Id == Request.Query[Go])?.Page is { } page)
        {
            // Of several that are under way, it is the one whose button was pressed.
            // A form may not lead to another site. The page that it leads to may, and its link says where.
            Response.Headers["Refresh"] = $"0;url={page}";
        }

        return await ShownAsync();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] string? claim)
    {
        if (!IsCode)
        {
            return Gone();
        }

        var answer = await Payments.BeginAsync(Town.Authority, Code, claim ?? "", FormId.RequestOf(form, "pay", claim, Code));
        Known = answer.View;
        return Known is null ? await ShownAsync() : answer.Refusal is { } refusal ? Again("pay", refusal)
            : LocalRedirect(Mine("/pay", (Go, claim)));
    }
}
