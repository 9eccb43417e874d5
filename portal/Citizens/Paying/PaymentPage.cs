using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Portal.Citizens.Applying;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Paying;

/// <summary>A page about the money of one case.</summary>
public abstract class PaymentPage(ContentFolder content, ICitizenCases cases, ICasePayments payments) : CasePage(content, cases)
{
    /// <summary>Null: there is no case with this code.</summary>
    public PaymentView? Known { get; protected set; }

    protected ICasePayments Payments => payments;

    /// <summary>A draft has nothing to pay: its own page says how it goes on.</summary>
    protected async Task<IActionResult> ShownAsync() => Known is not null ? Page()
        : await FormAsync() is not null ? LocalRedirect(Mine()) : Gone();

    /// <summary>The state of a claim, in a sentence.</summary>
    public string SentenceOf(ClaimView claim) => claim switch
    {
        { IsUnderWay: true, Page: not null } => Texts["pay.underway"],
        { IsUnderWay: true } => Texts["pay.unknown"],
        { State: ClaimState.Settled or ClaimState.Overpaid or ClaimState.PartlyRefunded } => Texts["pay.settled"],
        { State: ClaimState.PartlyPaid } => Texts["pay.part"],
        { IsOpen: false } => Texts["pay.over"],
        { IsByCitizen: false } when Known?.State is not CaseState.AwaitingPayment => Texts["pay.notice"],
        { IsByCitizen: false } => Texts.Say("pay.counter", ("number", Known?.Number)),
        _ when Known?.IsOnline is false => Texts.Say("pay.counter", ("number", Known.Number)),
        { Last: AttemptState.Failed } => Texts["pay.failed"],
        { Last: AttemptState.Cancelled } => Texts["pay.cancelled"],
        { Last: AttemptState.Expired } => Texts["pay.expired"],
        _ => Texts["pay.provider"],
    };
}
