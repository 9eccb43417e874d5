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
    /// <summary>There is no such ticket today.</summary>
    UnknownTicket,
    /// <summary>The ticket neither waits nor is parked.</summary>
    NotWaiting,
    /// <summary>The ticket is not one that was missed or given back.</summary>
    NotMissed,
    /// <summary>The area's clerks call only who is next.</summary>
    NotPermitted,
    /// <summary>The office's list has no such reason.</summary>
    UnknownPriority,
    /// <summary>The area has no such work profile.</summary>
    UnknownProfile,
    /// <summary>Another clerk is serving somebody at this counter.</summary>
    CounterTaken,
    /// <summary>The counter is closed.</summary>
    CounterClosed,
    /// <summary>The clerk sits at no counter of this area.</summary>
    ClerkNotHere,
    /// <summary>A ticket cannot be sent there.</summary>
    UnknownTarget,
    /// <summary>Both areas give the same letters: one board could show two people one number.</summary>
    LettersShared,
    /// <summary>Somebody else has the number now.</summary>
    NumberTaken,
    /// <summary>The time or number of calls is out of range.</summary>
    WrongTime,
    /// <summary>The quantity is out of range.</summary>
    WrongQuantity,
    /// <summary>The last step was too long ago, or others have gone on from it.</summary>
    NothingToUndo,
    /// <summary>Nobody has called for help at this counter.</summary>
    NoEmergency,
    /// <summary>No tickets are given for this service at the moment.</summary>
    ServiceStopped,
    /// <summary>The day is over.</summary>
    DayIsOver,

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
