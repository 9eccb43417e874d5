using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Cases.Payments;

namespace Aufruf.Hub.Cases.Notices;

/// <summary>The process of notices: one mail for each state that a procedure names under "notify".</summary>
internal sealed class CaseNotices(Procedures procedures, CaseMails mails, IGrainFactory grains, IJournal journal,
    ICheckpoints checkpoints, ILeases leases, TimeProvider clock, ILogger<CaseNotices> log)
    : FollowUp("case notices", CitizenCase.StreamKind, journal, checkpoints, leases, clock, log)
{
    protected override bool Concerns(JournalEntry entry) => entry.Entry.Span.IndexOf("\"case-moved\""u8) >= 0
        || entry.Entry.Span.IndexOf("\"case-submitted\""u8) >= 0 || entry.Entry.Span.IndexOf("\"decision-"u8) >= 0;

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var found = await grains.GetGrain<ICaseGrain>(entry.Stream).View();
        if (found.Plan is not { } plan
            || procedures.Find(CaseClaims.AuthorityOf(entry.Stream), plan.Procedure, plan.Version) is not { } procedure)
        {
            return;
        }

        foreach (var happened in EntryContent<CaseEvent>.Read(entry).Events)
        {
            if (CaseSteps.ReachedBy(happened, found) is { } state && !IsDone(state, found)
                && procedure.Is.Notices.FirstOrDefault(notice => notice.At == state) is { } notice)
            {
                await mails.SayAsync(entry.Stream, found, state, notice.Text, new(entry.Stream, entry.Version), entry.At);
            }
        }
    }

    /// <summary>The citizen has done by now that which the notice asks for.</summary>
    private static bool IsDone(CaseState state, CitizenCase found) =>
        state is CaseState.AwaitingPayment or CaseState.Supplement && found.State != state;
}
