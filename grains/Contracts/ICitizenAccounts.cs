using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>Citizens who sign in with an account: their applications, own drafts and cases, and the staff's looks at them.</summary>
/// <remarks>Only the portal inside a hub has accounts. No grain takes one, so a portal outside cannot name a person.</remarks>
public interface ICitizenAccounts
{
    /// <summary>The name of the service: "BundID". Null: citizens have no account here.</summary>
    string? NameOf(string authority);

    /// <summary>Begins a draft that belongs to the account, with the answers that it gives. The same request gives the same code.</summary>
    Task<CaseBegun> BeginAsync(CitizenAccount account, string procedure, string language, RequestId request);

    /// <summary>Sends the application of the account, as it was checked at this revision.</summary>
    Task<FormAnswer> SubmitAsync(CitizenAccount account, string code, int revision, RequestId request);

    /// <summary>Discards a draft of the account. It comes back for a time: see <see cref="RestoreAsync"/>.</summary>
    /// <returns>Null: it was done.</returns>
    Task<Refusal?> DiscardAsync(CitizenAccount account, string code, RequestId request);

    /// <summary>Brings a draft back that the account discarded a moment ago.</summary>
    /// <returns>Null: it was done.</returns>
    Task<Refusal?> RestoreAsync(CitizenAccount account, string code, RequestId request);

    /// <summary>The own drafts and cases and the looks at them, the latest first.</summary>
    Task<PersonView> ViewAsync(CitizenAccount account);

    /// <summary>The page that ends the session at the service, too. Null: it has none, or does not answer.</summary>
    /// <param name="back">Where it leads afterwards.</param>
    Task<string?> SignOutAddressAsync(string authority, string back);
}

/// <summary>A citizen who has signed in.</summary>
/// <param name="Person">A key that leads to nobody without the secret of the authority.</param>
public sealed record CitizenAccount(string Authority, string Person, TrustLevel Trust, AccountData Data);

/// <summary>A person's own data, as the account has them. Null: it does not say.</summary>
/// <param name="Born">"1990-02-28".</param>
public sealed record AccountData(string? Given, string? Family, string? Doctorate, string? Born, string? Street, string? Number,
    string? Extra, string? Postcode, string? Town, string? Mail);

/// <summary>The account that an application or a case belongs to.</summary>
/// <param name="Trust">The least level at which it opens.</param>
public sealed record CaseOwner(string Person, TrustLevel Trust)
{
    /// <summary>Null: the account may go on.</summary>
    public Refusal? WhyNot(CitizenAccount? account) => account is null ? Refusal.AccountNeeded
        : account.Person != Person ? Refusal.ApplicationGone
        : account.Trust < Trust ? Refusal.AccountTooWeak : null;
}

public sealed record PersonView(IReadOnlyList<PersonDraft> Drafts, IReadOnlyList<PersonCase> Cases, IReadOnlyList<PersonLookView> Looks);

/// <summary>An application that its account began and did not send.</summary>
/// <param name="Code">Leads to the draft.</param>
/// <param name="Trust">The least level at which it opens.</param>
/// <param name="RestorableUntil">It is discarded, and comes back until then; null: it is open.</param>
public sealed record PersonDraft(string Code, Texts Title, DateTimeOffset SavedAt, DateTimeOffset Until, string TimeZone, TrustLevel Trust,
    DateTimeOffset? RestorableUntil);

/// <param name="Code">Leads to the case. Null: it is not known any more.</param>
/// <param name="Says">The procedure's own sentence about the state; null: the engine's.</param>
/// <param name="Until">The end of the clock that runs.</param>
public sealed record PersonCase(string Number, Texts Title, CaseState State, Texts? Says, DateTimeOffset? Until, string TimeZone,
    string? Code);

/// <param name="Unit">Of the town hall; the clerk's name stands in the authority's own log. Empty: not known.</param>
public sealed record PersonLookView(DateTimeOffset At, string Number, Texts Title, string Unit, string TimeZone);
