using System.Text.Json.Serialization;

namespace Aufruf.Domain.Queues;

/// <summary>How a ticket goes back into the queue.</summary>
[JsonConverter(typeof(KebabEnum<ReturnWay>))]
public enum ReturnWay
{
    /// <summary>Where it was, by its first arrival.</summary>
    KeepPlace,
    /// <summary>Behind everybody who waits now.</summary>
    ToEnd,
    /// <summary>Where it was, but not before some others were called.</summary>
    After,
    /// <summary>Where it was, but not before a time.</summary>
    AtTime,
}

/// <summary>Where a ticket is sent: another area of the office, one counter of this area, or the counter where a clerk sits.</summary>
/// <param name="Area">Another area of the office; then <paramref name="Counter"/> may name one there.</param>
/// <param name="Service">What is asked for there; null: what is asked for now.</param>
public sealed record TransferTarget(string? Area = null, CounterId? Counter = null, ClerkId? Clerk = null, ServiceId? Service = null);

/// <summary>A service that was really given, and how often: one visit, three identity cards.</summary>
public sealed record GivenService(ServiceId Service, int Quantity);

/// <summary>Whether a counter counts as open.</summary>
[JsonConverter(typeof(KebabEnum<Presence>))]
public enum Presence
{
    Ready,
    /// <summary>On pause as soon as this visit is over.</summary>
    PauseAfter,
    Pause,
}

/// <summary>One stretch of a visit: one service at one counter.</summary>
/// <param name="CalledAt">The call that began it.</param>
/// <param name="ArrivedAt">Null when the citizen did not come, or nobody marked it.</param>
public sealed record Part(ServiceId Service, CounterId Counter, DateTimeOffset CalledAt, DateTimeOffset? ArrivedAt, DateTimeOffset EndedAt)
{
    /// <summary>From the call to the counter; zero when the citizen was there already.</summary>
    [JsonIgnore]
    public TimeSpan? WalkTime => ArrivedAt - CalledAt;

    /// <summary>At the counter.</summary>
    [JsonIgnore]
    public TimeSpan? ServiceTime => EndedAt - ArrivedAt;
}

/// <summary>A call for help from one counter.</summary>
/// <param name="Coming">Counters from which somebody comes.</param>
public sealed record Emergency(CounterId Counter, DateTimeOffset RaisedAt, IReadOnlyList<CounterId> Coming);

/// <summary>Why no tickets are given for a service now.</summary>
[JsonConverter(typeof(KebabEnum<StopKind>))]
public enum StopKind { ByClerk, Automatic }

/// <summary>A counter's last step, as long as it may be taken back.</summary>
/// <param name="Before">The ticket before it.</param>
/// <param name="Became">What it made of the ticket.</param>
/// <param name="Changes">The ticket's changes after it; when there have been more since, the step stands.</param>
public sealed record LastStep(DateTimeOffset At, Ticket Before, TicketState Became, int Changes);
