namespace Aufruf.Domain.Queues;

/// <summary>What is going on at one counter today.</summary>
/// <param name="Revision">Grows with every change at this counter, over days too: a wish made on an older one is stale.</param>
/// <param name="Served">How many visits were finished here today.</param>
/// <param name="Ticket">The one ticket called to or served here; null when there is none.</param>
public sealed record CounterState(CounterId Id, long Revision, bool Open = false, TicketId? Ticket = null, int Served = 0);
