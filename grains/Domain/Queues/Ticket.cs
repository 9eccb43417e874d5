namespace Aufruf.Domain.Queues;

/// <summary>A place in the queue, and how far it has come.</summary>
/// <param name="Service">The service that is asked for now.</param>
/// <param name="Place">Order of arrival: the nth ticket of the day.</param>
/// <param name="TakenAt">First arrival, in any area.</param>
/// <param name="Calls">How often it was called, recalls included.</param>
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

    /// <summary>Arrival in this area: the first one, or the transfer from another area, or the arrival of a citizen from home.</summary>
    public DateTimeOffset HereSince { get; init; } = TakenAt;

    /// <summary>The first service asked for: it counts towards that one's daily cap.</summary>
    public ServiceId Wanted { get; init; } = Service;

    /// <summary>Start of the appointment; null for a walk-in.</summary>
    public DateTimeOffset? Booked { get; init; }

    /// <summary>For a ticket that was taken at home; null: at the office.</summary>
    public FromHome? Home { get; init; }

    /// <summary>From when a counter could call it: due, and its citizen here.</summary>
    [JsonIgnore]
    public DateTimeOffset CallableFrom => Home is not { CameAt: { } came } home ? DueAt : came > home.Earliest ? came : home.Earliest;

    /// <summary>Id of the stated reason to be called before others.</summary>
    public string? Priority { get; init; }

    /// <summary>Further services of this visit, not yet begun.</summary>
    public IReadOnlyList<ServiceId> Also { get; init; } = [];

    /// <summary>Note for clerks, sealed with the day's key.</summary>
    public string? Remark { get; init; }

    /// <summary>Name, phone and number of persons, sealed with the day's key.</summary>
    public string? Person { get; init; }

    /// <summary>File number of the case that the citizen comes for. No board, slip or topic has it.</summary>
    public string? Case { get; init; }

    /// <summary>The latest message of a clerk on the ticket's page.</summary>
    public TicketNotice? Notice { get; init; }

    /// <summary>Sent to this counter.</summary>
    public CounterId? ForCounter { get; init; }

    /// <summary>Sent to this clerk, at any counter.</summary>
    public ClerkId? ForClerk { get; init; }

    /// <summary>When it was sent to the one counter or clerk; null: to none.</summary>
    public DateTimeOffset? KeptFrom { get; init; }

    /// <summary>Waits, but is not called before this time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Waits, but is not called before the area has made this many calls today.</summary>
    public long? NotBeforeCall { get; init; }

    /// <summary>When clerks are reminded of a parked ticket.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>The clerk who parked it; null: not parked, or by a button at a counter without a clerk.</summary>
    public ClerkId? ParkedBy { get; init; }

    /// <summary>For a served ticket; null: the citizen got what he or she came for.</summary>
    public ServedOutcome? Outcome { get; init; }

    /// <summary>How often the citizen was called and did not come.</summary>
    public int Misses { get; init; }

    /// <summary>Finished parts of the visit; the present one is not among them.</summary>
    public IReadOnlyList<Part> Parts { get; init; } = [];

    /// <summary>The call that began the present part.</summary>
    public DateTimeOffset? PartCalledAt { get; init; }

    /// <summary>The day ended during the visit: its times are not accurate.</summary>
    public bool CutOff { get; init; }

    /// <summary>The area that sent it here.</summary>
    public string? FromArea { get; init; }

    /// <summary>Its latest transfer between two areas; null when it never left this one.</summary>
    public AreaTransfer? Transfer { get; init; }

    /// <summary>How often anything about it has changed.</summary>
    public int Changes { get; init; }

    /// <summary>The number of its latest transfer between two areas; 0: none.</summary>
    [JsonIgnore]
    public int Attempt => Transfer?.Attempt ?? 0;

    /// <summary>Between two areas: the other one has not answered.</summary>
    [JsonIgnore]
    public bool IsUnderway => Transfer is { State: TransferState.Offered or TransferState.Withdrawn };

    /// <summary>The area it was sent to; null when it is here.</summary>
    [JsonIgnore]
    public string? ToArea => State is TicketState.Transferred ? Transfer?.To.Area : null;

    /// <summary>Waits, is at a counter, is on the way or comes back today.</summary>
    [JsonIgnore]
    public bool Alive =>
        State is TicketState.Coming or TicketState.Waiting or TicketState.Called or TicketState.Serving or TicketState.Parked
            or TicketState.Pickup;

    /// <summary>No other ticket may have its number: it is alive, or may still come back from the other area.</summary>
    [JsonIgnore]
    public bool KeepsNumber => Alive || IsUnderway;

    /// <summary>It counts towards its service's daily cap. One from home whose citizen never came leaves its part to others.</summary>
    [JsonIgnore]
    public bool CountsForCap =>
        FromArea is null && !(Home is { CameAt: null } && State is TicketState.Lapsed or TicketState.Cancelled);

    /// <summary>Called to or served at a counter.</summary>
    [JsonIgnore]
    public bool AtCounter => State is TicketState.Called or TicketState.Serving;

    /// <summary>A citizen has stood at a counter with it.</summary>
    [JsonIgnore]
    public bool WasAtCounter => Parts.Any(p => p.ArrivedAt is not null);

    /// <summary>The ground on which it waits.</summary>
    [JsonIgnore]
    public WaitingClass Class => (Booked, Priority) switch
    {
        (not null, not null) => WaitingClass.PriorityAppointment,
        (not null, null) => WaitingClass.Appointment,
        (null, not null) => WaitingClass.Priority,
        _ => WasAtCounter || FromArea is not null ? WaitingClass.Transferred : WaitingClass.WalkIn,
    };

    /// <summary>It waits, but is held back until a time or a number of calls.</summary>
    [JsonIgnore]
    public bool Held => NotBefore is not null || NotBeforeCall is not null;

    [JsonIgnore]
    public Candidate Candidate => new(Id, Service, Class, DueAt, Place);

    internal bool IsAt(CounterId counter) => AtCounter && Counter == counter;

    /// <summary>The present part of the visit ends.</summary>
    internal Ticket EndPart(DateTimeOffset at) => Counter is { } counter && PartCalledAt is { } called
        ? this with { Parts = [.. Parts, new(Service, counter, called, ArrivedAt, at)], PartCalledAt = null }
        : this;

    internal Ticket BackToWaiting() => this with { State = TicketState.Waiting, Counter = null, ArrivedAt = null, EndedAt = null };
}

/// <summary>One part of a visit: one service at one counter.</summary>
/// <param name="CalledAt">The call that began it.</param>
/// <param name="ArrivedAt">Null when the citizen did not come, or no arrival was marked.</param>
public sealed record Part(ServiceId Service, CounterId Counter, DateTimeOffset CalledAt, DateTimeOffset? ArrivedAt, DateTimeOffset EndedAt)
{
    /// <summary>From the call to the counter; zero when the citizen was there already.</summary>
    [JsonIgnore]
    public TimeSpan? WalkTime => ArrivedAt - CalledAt;

    /// <summary>At the counter.</summary>
    [JsonIgnore]
    public TimeSpan? ServiceTime => EndedAt - ArrivedAt;
}

[JsonConverter(typeof(KebabEnum<TicketState>))]
public enum TicketState
{
    /// <summary>Taken at home; the citizen is not here yet.</summary>
    Coming,
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
    /// <summary>Sent to another area, where it goes on.</summary>
    Transferred,
    /// <summary>Taken at home; the citizen did not come in time.</summary>
    Lapsed,
    /// <summary>Given back, or struck off by a clerk.</summary>
    Cancelled,
    /// <summary>Not called before the day ended.</summary>
    Expired,
}
