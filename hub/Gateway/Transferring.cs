using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Gateway;

/// <summary>The process of transfers: delivers the offers and withdrawals that stand in an area's queue, until they are answered.</summary>
public sealed class Transferring(TransferPost post, IQueues queues, FollowUpNeeds needs, ILogger<Transferring> log)
    : FollowUp("transfers", QueueKey.StreamKind, needs, log, "ticket-transferred", "ticket-fetched", "ticket-sent-home", "ticket-sent-on",
        "transfer-withdrawn")
{
    // A day's queue ends within a week, and with it every transfer.
    private const int DaysBack = 8;

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (!QueueKey.TryParseStream(entry.Stream, out var parsed)
            || parsed.Value.Day.AddDays(DaysBack) < DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime))
        {
            return;
        }

        var here = parsed.Value;
        // Each entry delivers what its own ticket waits for, so a stopped area holds up no other one.
        var tickets = EntryContent<QueueEvent>.Read(entry).Events.OfType<ITicketEvent>().Select(e => e.Ticket).ToHashSet();
        var queue = (await queues.ViewAsync(here, entry.Version)).Queue;
        foreach (var (area, offer) in queue.OpenOffers.Where(open => tickets.Contains(open.Offer.Ticket)))
        {
            await post.OfferAsync(here, area, offer);
        }

        foreach (var (area, release) in queue.OpenWithdrawals.Where(open => tickets.Contains(open.Release.Ticket)))
        {
            await post.WithdrawAsync(here, area, release);
        }
    }
}
