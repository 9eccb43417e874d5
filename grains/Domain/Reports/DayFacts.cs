using Aufruf.Domain.Queues;

namespace Aufruf.Domain.Reports;

/// <summary>What reports keep of one queue: its day, as rows.</summary>
/// <param name="Ended">The day was closed: nothing more will come.</param>
/// <param name="LastAt">Time of the last event; null for a day on which nothing happened.</param>
public sealed record DayFacts(
    QueueKey Queue, bool Ended, DateTimeOffset? LastAt, IReadOnlyList<TicketFact> Tickets, IReadOnlyList<CounterSpan> Counters, IReadOnlyList<StopSpan> Stops)
{
    /// <summary>Changes whenever the rows mean something else than before: then every day is read again.</summary>
    public const int Form = 1;

    /// <param name="events">All of the queue's events, in their order.</param>
    /// <param name="perClerk">Keep who served; only where the authority has switched it on.</param>
    public static DayFacts Of(QueueKey queue, IEnumerable<QueueEvent> events, bool perClerk = false)
    {
        var reader = new DayReader(queue, perClerk);
        foreach (var happened in events)
        {
            reader.Read(happened);
        }

        return reader.Facts();
    }
}

/// <summary>A stretch of time in which a counter was open or on pause.</summary>
public sealed record CounterSpan(CounterId Counter, bool Paused, Span Time);

/// <summary>A stretch of time in which no tickets were given for a service.</summary>
public sealed record StopSpan(ServiceId Service, StopKind Kind, Span Time);
