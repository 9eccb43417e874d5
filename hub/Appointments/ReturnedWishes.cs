using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Appointments;

/// <summary>Ends a standing wish whose mail came back. Its slot goes to the next one.</summary>
internal sealed class ReturnedWishes(IGrainFactory grains, FollowUpNeeds needs, ILogger<ReturnedWishes> log)
    : FollowUp("returned wishes", Outbox.StreamKind, needs, log, "message-returned")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        foreach (var cause in EntryContent<OutboxEvent>.Read(entry).Events.OfType<OutboxEvent.MessageReturned>()
            .Select(returned => returned.Cause).Where(cause => cause.Stream.StartsWith($"{Wishes.StreamKind}/", StringComparison.Ordinal)))
        {
            var cited = await Journal.ReadAsync(cause.Stream, cause.Version - 1, CancellationToken.None).FirstAsync();
            foreach (var wish in EntryContent<WishEvent>.Read(cited).Events.Select(WishOf).OfType<WishId>().Distinct())
            {
                await grains.GetGrain<IWishesGrain>(cause.Stream).Handle(Bookings.RequestOf($"unreachable {wish}"),
                    new WishCommand.End(wish, WishEnd.Unreachable));
            }
        }
    }

    /// <summary>Of the entries that a mail follows from.</summary>
    private static WishId? WishOf(WishEvent happened) => happened switch
    {
        WishEvent.WishRegistered e => e.Wish.Id,
        WishEvent.WishOffered e => e.Id,
        _ => null, // The mail says that it has ended.
    };
}
