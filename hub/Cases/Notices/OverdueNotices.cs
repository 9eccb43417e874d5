using Aufruf.Domain.Cases;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Cases.Notices;

/// <summary>One reminder for each loan whose last day is over.</summary>
internal sealed class OverdueNotices(CaseMails mails, FollowUpNeeds needs, ILogger<OverdueNotices> log)
    : FollowUp("overdue notices", Stock.StreamKind, needs, log, "loan-overdue")
{
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
