using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Cases.Notices;

/// <summary>One reminder for each loan whose last day is over.</summary>
internal sealed class OverdueNotices(CaseMails mails, IJournal journal, ICheckpoints checkpoints, ILeases leases, TimeProvider clock,
    ILogger<OverdueNotices> log) : FollowUp("overdue notices", Stock.StreamKind, journal, checkpoints, leases, clock, log)
{
    protected override bool Concerns(JournalEntry entry) => entry.Entry.Span.IndexOf("\"loan-overdue\""u8) >= 0;

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var item = entry.Stream[(Stock.StreamKind.Length + 1)..];
        foreach (var overdue in EntryContent<StockEvent>.Read(entry).Events.OfType<StockEvent.LoanOverdue>())
        {
            await mails.RemindAsync(CitizenCase.StreamOf(item[..item.IndexOf('.', StringComparison.Ordinal)], overdue.Case),
                new(entry.Stream, entry.Version), entry.At);
        }
    }
}
