namespace Aufruf.Domain.Reports;

/// <summary>The facts of one queue that reports keep, as rows.</summary>
/// <param name="Ended">The day was closed: nothing more will come.</param>
/// <param name="LastAt">Time of the last event; null for a day on which nothing happened.</param>
public sealed record DayFacts(
    QueueKey Queue, bool Ended, DateTimeOffset? LastAt, IReadOnlyList<TicketFact> Tickets, IReadOnlyList<CounterSpan> Counters,
    IReadOnlyList<StopSpan> Stops)
{
    /// <summary>Changes with the meaning of the rows: then every day is read again.</summary>
    public const int Form = 2;

    /// <param name="events">All of the queue's events, in their order.</param>
    /// <param name="perClerk">Keep the clerks; only where the authority has switched it on.</param>
    public static DayFacts Of(QueueKey queue, IEnumerable<QueueEvent> events, bool perClerk = false)
    {
        var reader = new DayReader(queue);
        foreach (var happened in events)
        {
            reader.Read(happened);
        }

        return reader.Facts(perClerk);
    }

    /// <summary>The same facts without the clerks.</summary>
    public DayFacts WithoutClerks() => this with
    {
        Tickets = [.. Tickets.Select(ticket => ticket with { Parts = [.. ticket.Parts.Select(part => part with { Clerk = null })] })],
    };
}

/// <summary>A span in which a counter was open or on pause.</summary>
public sealed record CounterSpan(CounterId Counter, bool Paused, Span Time);

/// <summary>A span in which no tickets were given for a service.</summary>
public sealed record StopSpan(ServiceId Service, StopKind Kind, Span Time);
