using Aufruf.Domain.Cases;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Cases;

/// <summary>The process of applications: a hub may die between the sending and the case. Then this one makes it.</summary>
internal sealed class DraftProcess(CaseSending sending, FollowUpNeeds needs, ILogger<DraftProcess> log)
    : FollowUp("applications", CaseDraft.StreamKind, needs, log, "case-draft-sent")
{
    protected override Task CarryOutAsync(JournalEntry entry) => sending.CompleteAsync(entry.Stream);
}
