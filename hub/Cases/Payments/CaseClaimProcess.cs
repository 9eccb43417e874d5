using Aufruf.Domain.Cases;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Cases.Notices;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>The process from cases to claims: opens them with each state, and cancels them at an end.</summary>
internal sealed class CaseClaimProcess(CaseClaims claims, IGrainFactory grains, FollowUpNeeds needs, ILogger<CaseClaimProcess> log)
    : CaseFollowUp("claims of cases", grains, needs, log, "case-moved", "case-submitted", "decision-")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var found = await CaseOf(entry).View();
        foreach (var happened in EntryContent<CaseEvent>.Read(entry).Events)
        {
            await (CaseSteps.ReachedBy(happened, found) switch
            {
                { } ended when CaseClaims.IsEnded(ended) => claims.EndAsync(entry.Stream),
                // The letter of a refusal leaves the house too.
                CaseState.Decided or CaseState.Dispatched or CaseState.Announced when found.Outcome is DecisionOutcome.Refused =>
                    claims.ForgoAsync(entry.Stream, entry.Version),
                CaseState.Decided or CaseState.Dispatched or CaseState.Announced when found.Outcome is not DecisionOutcome.Granted =>
                    Task.CompletedTask,
                (CaseState.Decided or CaseState.Dispatched or CaseState.Announced) and var state =>
                    claims.ClaimAsync(entry.Stream, state, entry.Version),
                { } state => claims.OpenAsync(entry.Stream, state),
                _ => Task.CompletedTask,
            });
        }
    }
}
