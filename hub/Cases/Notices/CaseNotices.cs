using Aufruf.Domain.Cases;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Cases.Notices;

/// <summary>The process of notices: one mail for each state that a procedure names under "notify".</summary>
internal sealed class CaseNotices(Procedures procedures, CaseMails mails, IGrainFactory grains, FollowUpNeeds needs,
    ILogger<CaseNotices> log) : CaseFollowUp("case notices", grains, needs, log, "case-moved", "case-submitted", "decision-")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var found = await CaseOf(entry).View();
        if (found.Plan is not { } plan
            || procedures.Find(CitizenCase.AuthorityOf(entry.Stream), plan.Procedure, plan.Version) is not { } procedure)
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
