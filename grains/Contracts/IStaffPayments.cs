using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Outbox;

namespace Aufruf.Contracts;

/// <summary>The money of cases for those who work on them, and of a day beside the provider's file.</summary>
public interface IStaffPayments
{
    /// <returns>Null: there is no such case, or it is none of the person's.</returns>
    Task<CaseMoney?> OfAsync(string authority, string number, string who);

    /// <returns>Null: it was done.</returns>
    Task<Refusal?> DoAsync(string authority, string number, string who, PaymentDeed deed, RequestId request);

    /// <summary>All that was settled or paid back on a day, and all that is open.</summary>
    PaymentDay DayOf(string authority, DateOnly? day);

    /// <summary>Compares the payments of a day with the provider's file. Nothing is changed.</summary>
    /// <param name="file">Lines of "reference;cents".</param>
    PaymentComparison Compare(string authority, DateOnly day, string file);
}

public enum PaymentDeedKind
{
    /// <summary>The citizen has paid all at the counter.</summary>
    PaidAtCounter,

    /// <summary>All that is to be paid back was paid back.</summary>
    PaidBack,

    /// <summary>The hub asks the provider now.</summary>
    Ask,

    /// <summary>A clerk has found out that the attempt under way was not paid.</summary>
    NotPaid,
}

/// <param name="Claim">"fee"</param>
/// <param name="Cents">The clerk has paid back so much, as the page named it; null: all that is due.</param>
public sealed record PaymentDeed(PaymentDeedKind Kind, string Claim, long? Cents = null);

/// <summary>The claims of one case, and whether its citizen can be reached.</summary>
/// <param name="Claims">By their ids, with their names for people.</param>
/// <param name="NoWay">Null: as far as known, mails reach the citizen.</param>
public sealed record CaseMoney(IReadOnlyList<(string Id, Texts Label, Claim Is)> Claims, string TimeZone, NoWay? NoWay);

/// <summary>A day of payments.</summary>
/// <param name="Day">On the authority's clock.</param>
/// <param name="Settled">Paid on this day.</param>
/// <param name="PaidBack">Claims with a refund on this day.</param>
/// <param name="Open">Of any day: money to be paid back, money that is missing, attempts without an outcome.</param>
public sealed record PaymentDay(DateOnly Day, string TimeZone, IReadOnlyList<PaymentRow> Settled, IReadOnlyList<PaymentRow> PaidBack,
    IReadOnlyList<PaymentRow> Open);

/// <param name="Label">Of the claim, for people.</param>
/// <param name="Cents">As it was claimed.</param>
/// <param name="References">The provider's ids of its payments.</param>
/// <param name="AtCounter">Cents of it that were paid at a counter.</param>
/// <param name="Waits">Since then an attempt has no outcome; null: none waits.</param>
public sealed record PaymentRow(string Number, Texts Label, long Cents, IReadOnlyList<string> References, long AtCounter, long Refunded,
    long ToRefund, long Missing, DateTimeOffset? Waits);

/// <summary>The provider's file beside the payments that are known here.</summary>
/// <param name="Matched">Payments that both have, with the same amount.</param>
/// <param name="MissingHere">Lines of the file that no claim has.</param>
/// <param name="MissingThere">Payments of the day that the file does not have.</param>
/// <param name="Unreadable">Numbers of lines that are none of "reference;cents".</param>
public sealed record PaymentComparison(int Matched, long MatchedCents, IReadOnlyList<(string Reference, long Cents)> MissingHere,
    IReadOnlyList<(string Reference, long Cents, string Number)> MissingThere, IReadOnlyList<int> Unreadable);
