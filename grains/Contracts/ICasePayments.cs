using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>Payments of citizens for their cases: answered by the hub the portal runs in, or through a hub from outside.</summary>
public interface ICasePayments
{
    /// <returns>Null: there is no case with this code.</returns>
    Task<PaymentView?> ViewAsync(string authority, string code);

    /// <summary>Begins an attempt, or goes on with the one that is under way. The attempt is durable before the provider hears of it.
    /// </summary>
    /// <param name="claim">"fee"</param>
    Task<PaymentBegun> BeginAsync(string authority, string code, string claim, RequestId request);

    /// <summary>The citizen is back: the hub asks the provider, and the provider's answer decides.</summary>
    /// <returns>Null: there is no case with this code.</returns>
    Task<PaymentView?> AskAsync(string authority, string code);
}

/// <summary>For a portal that runs outside of a hub. Key: one of 64 for all authorities.</summary>
public interface ICasePaymentsGrain : IGrainWithStringKey, ICasePayments;

/// <summary>The money of a case, as its citizen sees it.</summary>
/// <param name="Number">The purpose of each payment.</param>
/// <param name="Until">It must be paid until then; null: there is no such day.</param>
/// <param name="IsOnline">A provider takes payments here.</param>
public sealed record PaymentView(string Number, Texts Title, CaseState State, DateTimeOffset? Until, string TimeZone, bool IsOnline,
    IReadOnlyList<ClaimView> Claims);

/// <param name="IsOpen">Nothing of it is paid, and no attempt is under way.</param>
/// <param name="IsByCitizen">The citizen can pay it online; otherwise by a notice, or at the counter.</param>
/// <param name="Last">The state of the last attempt; null: there is none.</param>
/// <param name="Page">The provider's page of the attempt that is under way; null: none.</param>
/// <param name="ToRefund">Cents that the office pays back.</param>
public sealed record ClaimView(string Id, long Cents, ClaimState State, bool IsOpen, bool IsByCitizen, AttemptState? Last, string? Page,
    long ToRefund, long Refunded)
{
    /// <summary>Its name for people; null: the procedure gives none.</summary>
    public Texts? Label { get; init; }

    /// <summary>A payment is under way, and no other one can begin.</summary>
    public bool IsUnderWay => Last is AttemptState.Started or AttemptState.Redirected or AttemptState.Unknown;
}

/// <param name="View">Null: there is no such case.</param>
public sealed record PaymentBegun(PaymentView? View, Refusal? Refusal = null);
