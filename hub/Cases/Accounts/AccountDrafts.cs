using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Hub.Cases.Notices;

namespace Aufruf.Hub.Cases.Accounts;

/// <summary>The applications that an account began and did not send.</summary>
internal sealed class AccountDrafts(CitizenCases cases, DraftUndo undo, Procedures procedures, CaseCodes codes, IGrainFactory grains,
    TimeProvider clock)
{
    /// <summary>The last saved one first. A discarded one stays until it cannot come back.</summary>
    public async Task<IReadOnlyList<PersonDraft>> ListAsync(CitizenAccount account, PersonFile file)
    {
        List<PersonDraft> found = [];
        foreach (var hash in file.Drafts.Keys)
        {
            if (await FindAsync(account, hash) is { } draft)
            {
                found.Add(draft);
            }
        }

        return [.. found.OrderByDescending(draft => draft.SavedAt).ThenBy(draft => draft.Code, StringComparer.Ordinal)];
    }

    /// <returns>Null: it was done.</returns>
    public async Task<Refusal?> DiscardAsync(CitizenAccount account, string code, RequestId request) =>
        await WhyNotAsync(account, code) ?? await undo.DiscardAsync(account.Authority, code, request);

    /// <returns>Null: it was done.</returns>
    public async Task<Refusal?> RestoreAsync(CitizenAccount account, string code, RequestId request) =>
        await WhyNotAsync(account, code) ?? await undo.RestoreAsync(account.Authority, code, request);

    private async Task<Refusal?> WhyNotAsync(CitizenAccount account, string code) =>
        await cases.OwnerAsync(account.Authority, code) is { } owner ? owner.WhyNot(account) : Refusal.ApplicationGone;

    /// <summary>Null: it is sent, discarded for good, or over.</summary>
    private async Task<PersonDraft?> FindAsync(CitizenAccount account, string hash)
    {
        var (authority, now) = (account.Authority, clock.GetUtcNow());
        var draft = await grains.GetGrain<ICaseDraftGrain>(CaseDraft.StreamOf(authority, hash)).View();
        return draft.Account?.Person == account.Person && (draft.IsOpenAt(now) || now < draft.RestorableUntil)
            && procedures.Find(authority, draft.Procedure, draft.Version) is { } procedure
            && await codes.OfDraftAsync(authority, hash) is { } code
            ? new(code, procedure.Is.Title, draft.SavedAt, draft.Until, procedure.Version.TimeZone, procedure.Is.Trust ?? TrustLevel.High,
                draft.RestorableUntil) : null;
    }
}
