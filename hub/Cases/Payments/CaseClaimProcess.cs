using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Cases.Notices;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>The process from cases to claims: opens them with each state, and cancels them at an end.</summary>
internal sealed class CaseClaimProcess(CaseClaims claims, IGrainFactory grains, IJournal journal, ICheckpoints checkpoints,
    ILeases leases, TimeProvider clock, ILogger<CaseClaimProcess> log)
    : FollowUp("claims of cases", CitizenCase.StreamKind, journal, checkpoints, leases, clock, log)
{
    protected override bool Concerns(JournalEntry entry) => entry.Entry.Span.IndexOf("\"case-moved\""u8) >= 0
        || entry.Entry.Span.IndexOf("\"case-submitted\""u8) >= 0 || entry.Entry.Span.IndexOf("\"decision-"u8) >= 0;

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var found = await grains.GetGrain<ICaseGrain>(entry.Stream).View();
        foreach (var happened in EntryContent<CaseEvent>.Read(entry).Events)
        {
            await (CaseSteps.ReachedBy(happened, found) switch
            {
                { } ended when CaseClaims.IsEnded(ended) => claims.EndAsync(entry.Stream),
                CaseState.Decided when found.Outcome is not DecisionOutcome.Granted => Task.CompletedTask,
                { } state => claims.OpenAsync(entry.Stream, state),
                _ => Task.CompletedTask,
            });
        }
    }
}
