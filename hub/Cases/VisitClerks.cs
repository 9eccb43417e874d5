using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Cases;

/// <summary>Finds the clerk who finished a visit, in the journal of its day.</summary>
/// <remarks>The seat of now says nothing: another clerk may have taken it meanwhile.</remarks>
internal sealed class VisitClerks(IJournal journal)
{
    /// <returns>Null: the visit goes on, or it was finished at a counter without a clerk.</returns>
    public async Task<ClerkId?> FinishedByAsync(string stream, TicketId ticket)
    {
        Dictionary<CounterId, ClerkId> seats = [];
        ClerkId? found = null;
        await foreach (var entry in journal.ReadAsync(stream, 0, CancellationToken.None))
        {
            if (!Matters(entry.Entry.Span))
            {
                continue;
            }

            ClerkId? elsewhere = null;
            foreach (var happened in EntryContent<QueueEvent>.Read(entry).Events)
            {
                switch (happened)
                {
                    case QueueEvent.ClerkLoggedIn e:
                        seats[e.Counter] = e.Clerk;
                        break;
                    case QueueEvent.CounterClosed e:
                        seats.Remove(e.Counter);
                        break;
                    case QueueEvent.ActedElsewhere e:
                        elsewhere = e.Clerk;
                        break;
                    case QueueEvent.TicketServed or QueueEvent.PickupPromised when happened is IVisitEvent e && e.Ticket == ticket:
                        found = elsewhere ?? (seats.TryGetValue(e.Counter, out var sitting) ? (ClerkId?)sitting : null);
                        break;
                }
            }
        }

        return found;
    }

    /// <summary>Most entries of a day say nothing about seats and ends, and are not parsed.</summary>
    private static bool Matters(ReadOnlySpan<byte> text) => text.IndexOf("\"clerk-logged-in\""u8) >= 0
        || text.IndexOf("\"counter-closed\""u8) >= 0 || text.IndexOf("\"ticket-served\""u8) >= 0
        || text.IndexOf("\"pickup-promised\""u8) >= 0;
}
