using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Hub.Cases.Notices;

namespace Aufruf.Hub.Cases.Accounts;

/// <summary>The applications that an account began and did not send.</summary>
internal sealed class AccountDrafts(CitizenCases cases, OpenForms forms, Procedures procedures, CaseCodes codes, IGrainFactory grains,
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

    /// <param name="command">Sets the draft aside, or brings it back.</param>
    /// <returns>Null: it was done.</returns>
    public async Task<Refusal?> DoAsync(CitizenAccount account, string code, RequestId request, CaseDraftCommand command)
    {
        if (await cases.OwnerAsync(account.Authority, code) is not { } owner)
        {
            return Refusal.ApplicationGone;
        }

        var draft = forms.Draft(account.Authority, code);
        if ((owner.WhyNot(account) ?? (await draft.Handle(request, command)).Refusal) is { } refusal)
        {
            return refusal;
        }

        // A form of an old page is a repeat, and its answer is an old one.
        var found = await draft.View();
        return found.IsDiscarded == (command is CaseDraftCommand.SetAside) ? null
            : found is { IsDiscarded: true, RestorableUntil: null } ? Refusal.ApplicationGone : Refusal.ApplicationChanged;
    }

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
