namespace Aufruf.Domain;

/// <summary>What a rule answers: what to record, and the one reason why not.</summary>
/// <remarks>Both at once is a no that is remembered, such as a press on a stale face. Neither: nothing changed.</remarks>
public sealed record Decision<TEvent>(IReadOnlyList<TEvent> Events, Refusal? Refusal = null)
{
    public static implicit operator Decision<TEvent>(TEvent happened) => new([happened]);
    public static implicit operator Decision<TEvent>(TEvent[] happened) => new(happened);
    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);
}

/// <summary>Every expected no. Each has one text for people (hub/Api/RefusalTexts) and one HTTP status.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabEnum<Refusal>))]
public enum Refusal
{
    /// <summary>Nobody waits whom this counter may call.</summary>
    NobodyWaiting,
    /// <summary>No ticket is called to or served at this counter.</summary>
    CounterIdle,
    /// <summary>The citizen has already been marked as arrived.</summary>
    AlreadyArrived,
    /// <summary>A counter with a visit cannot close.</summary>
    VisitOpen,
    /// <summary>The office's configuration has no such counter in this area.</summary>
    UnknownCounter,
    /// <summary>The office's configuration has no such service in this area.</summary>
    UnknownService,
    /// <summary>All 999 numbers of the letter are alive.</summary>
    NoNumberLeft,
    /// <summary>The wish was made on an older state of the counter than the present one; recorded, not executed.</summary>
    StaleFace,
    /// <summary>The wish arrived too long after it was made; recorded, not executed.</summary>
    TooLate,
    /// <summary>No credential was issued under this name.</summary>
    UnknownHolder,

    // Opening hours and the limits of a day (Offices/DayLimits.cs).
    /// <summary>The office is closed: before, between or after its hours, or on a day without any.</summary>
    OfficeClosed,
    /// <summary>The office is open, but closes too soon for another ticket.</summary>
    TicketsEnded,
    /// <summary>This service alone is not given today.</summary>
    ServiceClosed,
    /// <summary>All tickets of this service for today are taken.</summary>
    CapReached,
}
