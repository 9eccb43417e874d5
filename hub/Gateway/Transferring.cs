using System.Runtime.ExceptionServices;
using Aufruf.Contracts;
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

    protected override bool Concerns(JournalEntry entry) =>
        entry.Entry.Span.IndexOf("\"ticket-transferred\""u8) >= 0 || entry.Entry.Span.IndexOf("\"transfer-withdrawn\""u8) >= 0;

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (!QueueKey.TryParseStream(entry.Stream, out var parsed)
            || parsed.Value.Day.AddDays(DaysBack) < DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime))
        {
            return;
        }

        var here = parsed.Value;
        var queue = (await queues.ViewAsync(here, entry.Version)).Queue;
        Func<Task>[] messages = [
            .. queue.OpenOffers.Select(open => (Func<Task>)(() => post.OfferAsync(here, open.Area, open.Offer))),
            .. queue.OpenWithdrawals.Select(open => (Func<Task>)(() => post.WithdrawAsync(here, open.Area, open.Release))),
        ];
        Exception? failure = null;
        foreach (var deliver in messages)
        {
            try
            {
                await deliver();
            }
            catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
            {
                failure ??= error; // The messages to other areas go on.
            }
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
