using Aufruf.Contracts;
using Aufruf.Domain.Cases;

namespace Aufruf.Hub.Cases;

/// <summary>Discards drafts, and brings them back while that is possible.</summary>
internal sealed class DraftUndo(OpenForms forms, Procedures procedures, TimeProvider clock)
{
    /// <returns>Null: it was done.</returns>
    public Task<Refusal?> DiscardAsync(string authority, string code, RequestId request) =>
        DoAsync(authority, code, request, new CaseDraftCommand.Discard(), isDiscarded: true);

    /// <returns>Null: it was done.</returns>
    public Task<Refusal?> RestoreAsync(string authority, string code, RequestId request) =>
        DoAsync(authority, code, request, new CaseDraftCommand.Restore(), isDiscarded: false);

    /// <summary>A discarded draft that can come back; null: none.</summary>
    public async Task<DiscardedDraft?> FindAsync(string authority, string code) =>
        await forms.DraftAsync(authority, code) is { RestorableUntil: { } until } draft && clock.GetUtcNow() < until
        && procedures.Find(authority, draft.Procedure, draft.Version) is { } procedure
            ? new(procedure.Is.Title, until, procedure.Version.TimeZone) : null;

    private async Task<Refusal?> DoAsync(string authority, string code, RequestId request, CaseDraftCommand command, bool isDiscarded)
    {
        if ((await forms.DraftAsync(authority, code)).Version == 0)
        {
            return Refusal.ApplicationGone; // A guessed code wakes no grain.
        }

        var draft = forms.Draft(authority, code);
        var refusal = (await draft.Handle(request, command)).Refusal;

        // A form of an old page is a repeat, and its answer is an old one. Another window may have done the same before.
        var found = await draft.View();
        return found is { IsDiscarded: true, RestorableUntil: not null } && isDiscarded ? null
            : refusal is not null ? refusal
            : found.IsDiscarded == isDiscarded ? null
            : found is { IsDiscarded: true, RestorableUntil: null } ? Refusal.ApplicationGone : Refusal.ApplicationChanged;
    }
}
