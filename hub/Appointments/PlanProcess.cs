using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>The process of plans: closes counters, carries out what was sent, and opens again, also after a crash.</summary>
internal sealed class PlanProcess(PlanRound round, OfficeDirectory offices, IJournal journal, ICheckpoints checkpoints, ILeases leases,
    TimeProvider clock, ILogger<PlanProcess> log) : FollowUp("plans", Plans.StreamKind, journal, checkpoints, leases, clock, log)
{
    protected override bool Concerns(JournalEntry entry) => entry.Entry.Span.IndexOf("\"plan-drawn\""u8) >= 0
        || entry.Entry.Span.IndexOf("\"plan-sent\""u8) >= 0 || entry.Entry.Span.IndexOf("\"plan-withdrawn\""u8) >= 0;

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (offices.Find(entry.Stream[(Plans.StreamKind.Length + 1)..]) is not { } office)
        {
            throw new InvalidOperationException($"{entry.Stream} waits for its office, which is not configured any more.");
        }

        foreach (var happened in EntryContent<PlanEvent>.Read(entry).Events)
        {
            await (happened switch
            {
                PlanEvent.PlanDrawn e => round.PrepareAsync(office, e.Id),
                PlanEvent.PlanSent e => round.CarryOutAsync(office, e.Id),
                PlanEvent.PlanWithdrawn e => round.ReopenAsync(office, e.Id),
                _ => Task.CompletedTask,
            });
        }
    }
}
