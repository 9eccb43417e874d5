using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Payments;

/// <summary>The money of one case, with all attempts: paid at the counter, paid back, asked again. Each look is noted.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class MoneyPage(IStaffPayments payments, IAccessBook log) : StaffPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";
    [FromRoute(Name = "number")] public string Number { get; set; } = "";

    /// <summary>Why the clerk's last choice was refused; null: it was not.</summary>
    public string? Refused { get; private set; }

    public bool IsFound { get; private set; }

    public MoneyFrame Frame => new(Authority, Number, SignedInAs, May(Domain.Identity.Permission.Cases, Authority), Texts);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!May(Domain.Identity.Permission.SeeCases, Authority))
        {
            return NotFound();
        }

        IsFound = await payments.OfAsync(Authority, Number, SignedInAs) is not null;
        if (!IsFound)
        {
            (Refused, Response.StatusCode) = (Refusal.CaseGone.Texts.In(Texts.Language), 404);
            return Page();
        }

        await log.NoteAsync(Authority, new(SignedInAs, null, AccessKind.Case, Number, AccessWay.Page));
        return Page();
    }

    [HandlerNeeds(Domain.Identity.Permission.Cases)]
    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm(Name = "do")] string? act, [FromForm] string? claim,
        [FromForm] long? cents)
    {
        if (!May(Domain.Identity.Permission.Cases, Authority))
        {
            return NotFound();
        }

        var refusal = !Enum.TryParse<PaymentDeedKind>(act, ignoreCase: true, out var kind) || !Enum.IsDefined(kind)
            ? Refusal.StepOfAnother
            : await payments.DoAsync(Authority, Number, SignedInAs, new(kind, claim ?? "", cents),
                FormId.RequestOf(form, act, claim, Number, SignedInAs));
        if (refusal is null)
        {
            return LocalRedirect($"/staff/{Authority}/cases/{Number}?lang={Texts.Language}");
        }

        (Refused, Response.StatusCode) = (refusal.Texts.In(Texts.Language), refusal.Kind is RefusalKind.NotFound ? 404 : 409);
        IsFound = await payments.OfAsync(Authority, Number, SignedInAs) is not null;
        return Page();
    }
}
