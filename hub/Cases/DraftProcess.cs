using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Cases;

/// <summary>The process of applications: a hub may die between the sending and the case. Then this one makes it.</summary>
internal sealed class DraftProcess(CaseSending sending, IJournal journal, ICheckpoints checkpoints, ILeases leases, TimeProvider clock,
    ILogger<DraftProcess> log) : FollowUp("applications", CaseDraft.StreamKind, journal, checkpoints, leases, clock, log)
{
    protected override bool Concerns(JournalEntry entry) => entry.Entry.Span.IndexOf("\"case-draft-sent\""u8) >= 0;

    protected override Task CarryOutAsync(JournalEntry entry) => sending.CompleteAsync(entry.Stream);
}
