using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Gateway;

/// <summary>The process of transfers: delivers the offers and withdrawals that stand in an area's queue, until they are answered.</summary>
public sealed class Transferring(TransferPost post, IQueues queues, IJournal journal, ICheckpoints checkpoints, ILeases leases,
    TimeProvider clock, ILogger<Transferring> log)
    : FollowUp("transfers", QueueKey.StreamKind, journal, checkpoints, leases, clock, log)
{
    // A day's queue ends within a week, and with it every transfer.
    private const int DaysBack = 8;

    private readonly TimeProvider _clock = clock;

    protected override bool Concerns(JournalEntry entry) => entry.Entry.Span.IndexOf("\"ticket-transferred\""u8) >= 0
        || entry.Entry.Span.IndexOf("\"ticket-fetched\""u8) >= 0 || entry.Entry.Span.IndexOf("\"ticket-sent-home\""u8) >= 0
        || entry.Entry.Span.IndexOf("\"ticket-sent-on\""u8) >= 0 || entry.Entry.Span.IndexOf("\"transfer-withdrawn\""u8) >= 0;

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (!QueueKey.TryParseStream(entry.Stream, out var parsed)
            || parsed.Value.Day.AddDays(DaysBack) < DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime))
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
