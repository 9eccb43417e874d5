using System.Collections.Immutable;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Simulation.Promises;

/// <summary>A durable version of a queue, and beside it the list a person with pencil and paper would keep.</summary>
/// <param name="Alive">Everybody who waits or is at a counter, in order of arrival.</param>
/// <param name="Served">Visits finished, per counter.</param>
internal sealed record Version(Queue Queue, IReadOnlyList<Ticket> Alive, ImmutableDictionary<CounterId, int> Served)
{
    public static Version Empty(QueueKey key) => new(Queue.Empty(key), [], ImmutableDictionary<CounterId, int>.Empty);

    public Version After(QueueEvent happened)
    {
        var queue = Queue.Apply(happened);
        var alive = happened switch
        {
            TicketTaken e => [.. Alive, queue.Tickets[e.Ticket]],
            TicketServed e => [.. Alive.Where(t => t.Id != e.Ticket)],
            TicketMissed e => [.. Alive.Where(t => t.Id != e.Ticket)],
            TicketCalled e => Again(queue, e.Ticket),
            TicketRecalled e => Again(queue, e.Ticket),
            TicketArrived e => Again(queue, e.Ticket),
            _ => Alive,
        };
        return new(queue, alive, happened is TicketServed s ? Served.SetItem(s.Counter, Served.GetValueOrDefault(s.Counter) + 1) : Served);
    }

    public Ticket? VisitAt(CounterId counter) => Alive.FirstOrDefault(t => t.State is not TicketState.Waiting && t.Counter == counter);

    public Ticket? NextFor(WaitingArea area, CounterId counter)
    {
        var here = area.Counters.First(c => c.Id == counter);
        return Alive.FirstOrDefault(t => t.State is TicketState.Waiting && MayCall(area, here, t.Service));
    }

    public int WaitingFor(WaitingArea area, Counter counter) => Alive.Count(t => t.State is TicketState.Waiting && MayCall(area, counter, t.Service));

    private Ticket[] Again(Queue queue, TicketId id) => [.. Alive.Select(t => t.Id == id ? queue.Tickets[id] : t)];

    // Said again in our own words: a rule that checks itself finds nothing.
    private static bool MayCall(WaitingArea area, Counter counter, ServiceId service) =>
        counter.Services.Contains(service) || area.Counters.All(c => !c.Services.Contains(service));
}
