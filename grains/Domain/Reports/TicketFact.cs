namespace Aufruf.Domain.Reports;

/// <summary>The facts of one ticket in one area, without name, number, code or remark.</summary>
/// <param name="Service">The service that was asked for first.</param>
/// <param name="Class">The ground on which it waited for its first call.</param>
/// <param name="Arrived">In this area, also for a ticket from another area.</param>
/// <param name="Due">Arrival, or booked start if later: the wait counts from here.</param>
/// <param name="Calls">How often it was called, recalls included.</param>
/// <param name="Misses">How often the citizen was called and did not come.</param>
/// <param name="CutOff">The day ended during the visit: its times are not accurate.</param>
public sealed record TicketFact(
    ServiceId Service, WaitingClass Class, string Language, DateTimeOffset Arrived, DateTimeOffset Due, DateTimeOffset? FirstCall,
    CounterId? FirstCounter, int Calls, int Misses, TicketState State, bool CutOff)
{
    /// <summary>Booked start; null for a walk-in.</summary>
    public DateTimeOffset? Booked { get; init; }

    /// <summary>It was taken at home.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FromHome { get; init; }

    /// <summary>It was taken at home and given back or lost there, so it counts towards no daily cap.</summary>
    [JsonIgnore]
    public bool NeverCame => FromHome && Waits.Count == 0 && State is TicketState.Lapsed or TicketState.Cancelled;

    public string? FromArea { get; init; }
    public string? ToArea { get; init; }

    /// <summary>Id of the stated reason to be called before others.</summary>
    public string? Priority { get; init; }

    /// <summary>Null: not cancelled.</summary>
    public CancelledBy? CancelledBy { get; init; }

    /// <summary>Why a served citizen did not get the wished service; null: he or she did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedOutcome? Outcome { get; init; }

    /// <summary>The spans in which it waited; the last one is open while it still waits.</summary>
    public IReadOnlyList<Span> Waits { get; init; } = [];

    public IReadOnlyList<PartFact> Parts { get; init; } = [];

    /// <summary>The services that were really given; without an entry by the clerk, each service of the visit once.</summary>
    public IReadOnlyList<GivenService> Given { get; init; } = [];

    public IReadOnlyList<ForecastFact> Forecasts { get; init; } = [];

    /// <summary>See <see cref="TicketTimes"/>; null: never called.</summary>
    public TimeSpan? WaitTime { get; init; }

    /// <summary>See <see cref="TicketTimes"/>; null when a part of it is not accurate.</summary>
    public TimeSpan? ServiceTime { get; init; }
}

/// <summary>One part of a visit: one service at one counter.</summary>
/// <param name="Called">The call that began it, or its beginning without a call.</param>
/// <param name="WalkTime">From call to arrival; null when it began without a call.</param>
/// <param name="ServiceTime">From arrival to its end; null when that is not accurate.</param>
/// <param name="Clerk">Kept only where the authority has switched it on.</param>
public sealed record PartFact(
    ServiceId Service, CounterId Counter, DateTimeOffset Called, DateTimeOffset? Arrived, DateTimeOffset Ended, TimeSpan? WalkTime,
    TimeSpan? ServiceTime, PartEnd End, ClerkId? Clerk)
{
    /// <summary>False when the day ended it, or a visit was served without a marked arrival.</summary>
    [JsonIgnore]
    public bool Accurate => IsAccurate(End, Arrived);

    internal static bool IsAccurate(PartEnd end, DateTimeOffset? arrived) => end is not PartEnd.CutOff
        && !(end is PartEnd.Served or PartEnd.Pickup && arrived is null);
}

/// <summary>A wait that was shown to the citizen, in minutes from then to the first call.</summary>
public sealed record ForecastFact(DateTimeOffset At, double P10, double P50, double P90);

/// <summary>From, to; without an end it is still open.</summary>
public readonly record struct Span(DateTimeOffset From, DateTimeOffset? To);

[JsonConverter(typeof(KebabEnum<PartEnd>))]
public enum PartEnd { Served, Pickup, Missed, Returned, Parked, Transferred, Switched, CutOff }

[JsonConverter(typeof(KebabEnum<CancelledBy>))]
public enum CancelledBy { Citizen, Clerk }
