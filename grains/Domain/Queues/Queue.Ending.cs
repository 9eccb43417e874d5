using System.Diagnostics;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Queues;

// The end of the day: what is open is closed, and says that its times are not accurate; nothing waits over night.
public sealed partial record Queue
{
    private Decision<QueueEvent> End(DateTimeOffset now) => Ended ? NothingToDo : new([
        .. Tickets.Values.Where(t => t.AtCounter).OrderBy(t => t.Place).Select(t => new VisitCutOff(t.Id, t.Counter!.Value, now)),
        .. Tickets.Values.Where(t => t.Alive && !t.AtCounter).OrderBy(t => t.Place).Select(t => new TicketExpired(t.Id, now)),
        .. Counters.Values.Where(c => c.Open).OrderBy(c => c.Id.Value, StringComparer.Ordinal).Select(c => new CounterClosed(c.Id, now)),
        .. Emergencies.Keys.OrderBy(c => c.Value, StringComparer.Ordinal).Select(c => new EmergencyEnded(c, now)),
        new DayEnded(now),
    ]);

    private Queue ApplyEnding(QueueEvent happened) => happened switch
    {
        VisitCutOff e => Changed(PartEnded(Tickets[e.Ticket], e.At) with { State = TicketState.Served, EndedAt = e.At, CutOff = true }, e.Counter, c => c with { Ticket = null }),
        TicketExpired e when Tickets[e.Ticket] is { State: TicketState.Pickup } served => Changed(served with { State = TicketState.Served, EndedAt = e.At }), // And never fetched the document.
        TicketExpired e when Tickets[e.Ticket] is { State: TicketState.Parked } open && open.Parts.Any(p => p.ArrivedAt is not null) =>
            Changed(open with { State = TicketState.Served, EndedAt = e.At, WakeAt = null, CutOff = true }), // A visit set aside is an open one.
        TicketExpired e => Changed(Tickets[e.Ticket] with { State = TicketState.Expired, EndedAt = e.At, ToArea = null, OnItsWay = null }),
        DayEnded => this with { Ended = true, Counters = Counters.SetItems(Counters.Where(c => c.Value.LastStep is not null).Select(c => KeyValuePair.Create(c.Key, c.Value with { LastStep = null }))) },
        _ => throw new UnreachableException(),
    };
}
