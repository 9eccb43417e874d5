using System.Text.Json.Serialization;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Domain.Reports;

/// <summary>What became of one ticket in one area. Nobody's name, number, code or remark is in it.</summary>
/// <param name="Service">What was wanted first.</param>
/// <param name="Class">On what ground it waited for its first call.</param>
/// <param name="Arrived">In this area: a ticket from another area begins to wait here when it comes here.</param>
/// <param name="Due">Arrival, or booked start if later: from here the wait counts.</param>
/// <param name="Calls">How often it was called, recalls included.</param>
/// <param name="Misses">How often the citizen was called and did not come.</param>
/// <param name="CutOff">The day ended during the visit: its times are not accurate.</param>
public sealed record TicketFact(
    ServiceId Service, WaitingClass Class, string Language, DateTimeOffset Arrived, DateTimeOffset Due, DateTimeOffset? FirstCall, CounterId? FirstCounter,
    int Calls, int Misses, TicketState State, bool CutOff)
{
    /// <summary>Booked start; null for a walk-in.</summary>
    public DateTimeOffset? Booked { get; init; }

    public string? FromArea { get; init; }
    public string? ToArea { get; init; }

    /// <summary>Id of the stated reason to be called before others.</summary>
    public string? Priority { get; init; }

    /// <summary>Null: not cancelled.</summary>
    public CancelledBy? CancelledBy { get; init; }

    /// <summary>When it waited; the last has no end while it still does.</summary>
    public IReadOnlyList<Span> Waits { get; init; } = [];

    public IReadOnlyList<PartFact> Parts { get; init; } = [];

    /// <summary>What was really done; where nobody said so, each service of the visit once.</summary>
    public IReadOnlyList<GivenService> Given { get; init; } = [];

    public IReadOnlyList<ForecastFact> Forecasts { get; init; } = [];

    /// <summary>See <see cref="TicketTimes"/>; null: never called.</summary>
    public TimeSpan? WaitTime { get; init; }

    /// <summary>See <see cref="TicketTimes"/>; null when a part of it is not accurate, and so the sum.</summary>
    public TimeSpan? ServiceTime { get; init; }
}

/// <summary>One stretch of a visit: one service at one counter.</summary>
/// <param name="Called">The call that began it, or when it went on without one.</param>
/// <param name="WalkTime">From call to arrival; null when it went on without a call, and nobody walked.</param>
/// <param name="ServiceTime">From arrival to its end; null when that is not accurate.</param>
/// <param name="Clerk">Who served; kept only where the authority has switched it on.</param>
public sealed record PartFact(
    ServiceId Service, CounterId Counter, DateTimeOffset Called, DateTimeOffset? Arrived, DateTimeOffset Ended, TimeSpan? WalkTime, TimeSpan? ServiceTime, PartEnd End, ClerkId? Clerk)
{
    /// <summary>False when the day ended it, or somebody was served whose arrival nobody marked.</summary>
    [JsonIgnore]
    public bool Accurate => IsAccurate(End, Arrived);

    internal static bool IsAccurate(PartEnd end, DateTimeOffset? arrived) => end is not PartEnd.CutOff && !(end is PartEnd.Served or PartEnd.Pickup && arrived is null);
}

/// <summary>What a citizen was told about the wait, in minutes from then to the first call.</summary>
public sealed record ForecastFact(DateTimeOffset At, double P10, double P50, double P90);

/// <summary>From, to; without an end it still goes on.</summary>
public readonly record struct Span(DateTimeOffset From, DateTimeOffset? To);

[JsonConverter(typeof(KebabEnum<PartEnd>))]
public enum PartEnd { Served, Pickup, Missed, Returned, Parked, Transferred, Switched, CutOff }

[JsonConverter(typeof(KebabEnum<CancelledBy>))]
public enum CancelledBy { Citizen, Clerk }
