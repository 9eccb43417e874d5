namespace Aufruf.Domain.Queues;

/// <summary>Puts the counter's ticket back into the queue.</summary>
public static class Returning
{
    private const int MostCallsBetween = 50;

    extension(Refusal)
    {
        public static Refusal WrongTime => new("wrong-time",
            "Diese Zeit oder Anzahl ist nicht möglich. Bitte wählen Sie eine spätere Zeit, zu der heute noch offen ist.",
            "This time or number is not possible. Please choose a later time before closing today.");
    }

    internal static Decision<QueueEvent> Decide(Queue queue, ReturnTicket command, Ticket visit, Setting setting, DateTimeOffset now)
    {
        var after = command.Way is ReturnWay.After ? command.After : null;
        var until = command.Way is ReturnWay.AtTime ? command.Until : null;
        return command.Way is ReturnWay.After && after is not (>= 1 and <= MostCallsBetween) ? Refusal.WrongTime
            : command.Way is ReturnWay.AtTime && (until is not { } time || !IsLaterToday(queue, time, setting, now)) ? Refusal.WrongTime
            : Staffing.Leave(queue, command.Counter,
                new TicketReturned(visit.Id, command.Counter, command.Way, after, until, Missed: false, now));
    }

    /// <summary>After the day's last closing no counter calls any more, and nothing waits over night.</summary>
    internal static bool IsLaterToday(Queue queue, DateTimeOffset time, Setting setting, DateTimeOffset now) => time > now
        && time < (setting.Office.OpenOn(queue.Key.Day) is [.., var last] ? last.To
            : setting.Office.Instant(queue.Key.Day, WallTime.DayEnds)); // A closed day has no closing.

    internal static Queue Apply(Queue queue, TicketReturned e)
    {
        var ticket = queue.Tickets[e.Ticket].EndPart(e.At).BackToWaiting();
        return Undoing.Step(queue, e.Counter, e.At, ticket with
        {
            Misses = ticket.Misses + (e.Missed ? 1 : 0),
            DueAt = e.Way is ReturnWay.ToEnd ? e.At : ticket.DueAt,
            NotBefore = e.Until,
            NotBeforeCall = e.After is { } after ? queue.CallsMade + after : null,
        }, c => c.Free());
    }
}

/// <summary>How a ticket goes back into the queue.</summary>
[JsonConverter(typeof(KebabEnum<ReturnWay>))]
public enum ReturnWay
{
    /// <summary>At its place, by its first arrival.</summary>
    KeepPlace,
    /// <summary>Behind all that wait now.</summary>
    ToEnd,
    /// <summary>At its place, but only after some other calls.</summary>
    After,
    /// <summary>At its place, but not before a time.</summary>
    AtTime,
}
