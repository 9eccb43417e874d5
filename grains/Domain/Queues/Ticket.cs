using System.Text.Json.Serialization;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Domain.Queues;

/// <summary>A place in the queue, and how far it has come.</summary>
/// <param name="Service">What is asked for now.</param>
/// <param name="Place">Order of arrival: the nth ticket of the day.</param>
/// <param name="TakenAt">First arrival, in whichever area it was.</param>
/// <param name="Calls">How often it was called, the first time included.</param>
/// <param name="Counter">Where it was last called to.</param>
/// <param name="CalledAt">Time of the first call: the wait ended here.</param>
/// <param name="LastCallAt">Time of the latest call or recall.</param>
/// <param name="ArrivedAt">When the citizen came to the counter, in the present part of the visit.</param>
public sealed record Ticket(
    TicketId Id,
    TicketCode Code,
    TicketNumber Number,
    ServiceId Service,
    string Language,
    long Place,
    DateTimeOffset TakenAt,
    TicketState State = TicketState.Waiting,
    int Calls = 0,
    CounterId? Counter = null,
    DateTimeOffset? CalledAt = null,
    DateTimeOffset? LastCallAt = null,
    DateTimeOffset? ArrivedAt = null,
    DateTimeOffset? EndedAt = null)
{
    /// <summary>From when it counts in the order: arrival, or booked start if later, or when it was sent to the end.</summary>
    public DateTimeOffset DueAt { get; init; } = TakenAt;

    /// <summary>Arrival in this area: the first one, or when another area's ticket was taken over.</summary>
    public DateTimeOffset HereSince { get; init; } = TakenAt;

    /// <summary>The first service asked for: it counts towards that one's daily cap.</summary>
    public ServiceId Wanted { get; init; } = Service;

    /// <summary>Start of the appointment; null for a walk-in.</summary>
    public DateTimeOffset? Booked { get; init; }

    /// <summary>Id of the stated reason to be called before others.</summary>
    public string? Priority { get; init; }

    /// <summary>Further services of this visit, not yet begun.</summary>
    public IReadOnlyList<ServiceId> Also { get; init; } = [];

    /// <summary>Note for clerks, sealed with the day's key.</summary>
    public string? Remark { get; init; }

    /// <summary>Sent to this counter.</summary>
    public CounterId? ForCounter { get; init; }

    /// <summary>Sent to this clerk, wherever he or she sits.</summary>
    public ClerkId? ForClerk { get; init; }

    /// <summary>Waits, but is not called before this time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Waits, but is not called before the area has made this many calls today.</summary>
    public long? NotBeforeCall { get; init; }

    /// <summary>When clerks are reminded of a parked ticket.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>How often the citizen was called and did not come.</summary>
    public int Misses { get; init; }

    /// <summary>Finished stretches of the visit; the present one is not among them.</summary>
    public IReadOnlyList<Part> Parts { get; init; } = [];

    /// <summary>The call that began the present stretch.</summary>
    public DateTimeOffset? PartCalledAt { get; init; }

    /// <summary>The day ended during the visit: its times are not accurate.</summary>
    public bool CutOff { get; init; }

    /// <summary>The area that sent it here.</summary>
    public string? FromArea { get; init; }

    /// <summary>The area it was sent to.</summary>
    public string? ToArea { get; init; }

    /// <summary>Sent to another area that has not confirmed yet: it is sent again until it does.</summary>
    public TransferTarget? OnItsWay { get; init; }

    /// <summary>How often it was sent from area to area: tells a message that comes late from one about the present journey.</summary>
    public int Journeys { get; init; }

    /// <summary>How often anything about it has changed.</summary>
    [JsonInclude]
    public int Changes { get; internal set; }

    /// <summary>Waits, is at a counter or comes back today.</summary>
    [JsonIgnore]
    public bool Alive => State is TicketState.Waiting or TicketState.Called or TicketState.Serving or TicketState.Parked or TicketState.Pickup;

    /// <summary>Its number may not be given again: the ticket is alive, or could come back because the other area cannot have it.</summary>
    [JsonIgnore]
    public bool KeepsNumber => Alive || OnItsWay is not null;

    /// <summary>Called to or served at a counter.</summary>
    [JsonIgnore]
    public bool AtCounter => State is TicketState.Called or TicketState.Serving;

    /// <summary>On what ground it waits.</summary>
    [JsonIgnore]
    public WaitingClass Class => (Booked, Priority) switch
    {
        (not null, not null) => WaitingClass.PriorityAppointment,
        (not null, null) => WaitingClass.Appointment,
        (null, not null) => WaitingClass.Priority,
        _ => Parts.Any(p => p.ArrivedAt is not null) || FromArea is not null ? WaitingClass.Transferred : WaitingClass.WalkIn,
    };

    /// <summary>Held back: it waits, but its time or turn has not come.</summary>
    [JsonIgnore]
    public bool Held => NotBefore is not null || NotBeforeCall is not null;

    [JsonIgnore]
    public Candidate Candidate => new(Id, Service, Class, DueAt, Place);
}

[JsonConverter(typeof(KebabEnum<TicketState>))]
public enum TicketState
{
    Waiting,
    /// <summary>On the board, on the way to the counter.</summary>
    Called,
    /// <summary>At the counter.</summary>
    Serving,
    Served,
    /// <summary>Called, did not come.</summary>
    Missed,
    /// <summary>Set aside by a clerk, keeps its number.</summary>
    Parked,
    /// <summary>Served, and comes back today for the finished document.</summary>
    Pickup,
    /// <summary>Sent on to another area: it goes on there.</summary>
    Transferred,
    /// <summary>Given back, or struck off by a clerk.</summary>
    Cancelled,
    /// <summary>Nobody called before the day ended.</summary>
    Expired,
}
