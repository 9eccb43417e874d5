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
        VisitCutOff e => Changed(PartEnded(Tickets[e.Ticket], e.At) with { State = TicketState.Served, EndedAt = e.At, CutOff = true }).Touched(e.Counter, c => c with { Ticket = null }),
        // Who was served and never fetched the document was served.
        TicketExpired e => Changed(Tickets[e.Ticket] with { State = Tickets[e.Ticket].State is TicketState.Pickup ? TicketState.Served : TicketState.Expired, EndedAt = e.At }),
        DayEnded => this with { Ended = true, LastSteps = LastSteps.Clear() },
        _ => throw new UnreachableException(),
    };
}
