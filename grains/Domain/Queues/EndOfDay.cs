namespace Aufruf.Domain.Queues;

/// <summary>Ends the day: open visits are closed with times that are not accurate, and nothing waits over night.</summary>
public static class EndOfDay
{
    extension(Refusal)
    {
        public static Refusal DayIsOver => new("day-is-over", "Der Tag ist abgeschlossen.", "The day is over.");
    }

    // A press just before midnight arrives just after it.
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMinutes(10);

    /// <summary>Nothing new begins in a queue whose day is ended, or is not the office's day at this moment.</summary>
    /// <remarks>A day is ended some time after midnight when the hub cannot trust its clock yet.</remarks>
    public static bool IsOver(this Queue queue, Setting setting, DateTimeOffset now) =>
        queue.Ended || (setting.Office.Day(now) != queue.Key.Day && setting.Office.Day(now - OnTheWay) != queue.Key.Day);

    internal static Decision<QueueEvent> Decide(Queue queue, DateTimeOffset now)
    {
        var alive = queue.Tickets.Values.Where(t => t.Alive).OrderBy(t => t.Place);
        return queue.Ended ? Queue.NothingToDo : new([
            .. alive.Where(t => t.AtCounter).Select(t => new VisitCutOff(t.Id, t.Counter!.Value, now)),
            .. alive.Where(t => !t.AtCounter).Select(t => new TicketExpired(t.Id, now)),
            .. queue.Counters.Values.Where(c => c.Open).OrderBy(c => c.Id.Value, StringComparer.Ordinal)
                .Select(c => new CounterClosed(c.Id, now)),
            .. queue.Emergencies.Keys.OrderBy(c => c.Value, StringComparer.Ordinal).Select(c => new EmergencyEnded(c, now)),
            new DayEnded(now),
        ]);
    }

    internal static Queue Apply(Queue queue, VisitCutOff e) => queue
        .With(queue.Tickets[e.Ticket].EndPart(e.At) with { State = TicketState.Served, EndedAt = e.At, CutOff = true })
        .With(e.Counter, c => c.Free());

    internal static Queue Apply(Queue queue, TicketExpired e)
    {
        var ticket = queue.Tickets[e.Ticket] with { EndedAt = e.At };
        return queue.With(ticket switch
        {
            { State: TicketState.Pickup } => ticket with { State = TicketState.Served },
            // A parked visit is an open one.
            { State: TicketState.Parked } when ticket.WasAtCounter => ticket with
            {
                State = TicketState.Served,
                WakeAt = null,
                CutOff = true,
            },
            _ => ticket with { State = TicketState.Expired },
        });
    }

    /// <summary>After the day no step can be undone.</summary>
    internal static Queue Apply(Queue queue) => queue with
    {
        Ended = true,
        Counters = queue.Counters.ToImmutableDictionary(c => c.Key, c => c.Value with { LastStep = null }),
    };
}
