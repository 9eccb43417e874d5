namespace Aufruf.Domain.Appointments;

/// <summary>The fate of the bookings that a closure hits. Nothing happens to them before a clerk sends it.</summary>
/// <param name="Closure">Entered by hand; null: the configuration took the capacity away.</param>
/// <param name="By">The clerk who drew it.</param>
public sealed record ClosurePlan(PlanId Id, PlannedClosure? Closure, ClerkId By, DateTimeOffset At)
{
    /// <summary>Null: the closure is not in force yet, and the bookings that it hits are not known.</summary>
    public IReadOnlyList<PlanLine>? Lines { get; init; }

    /// <summary>The clerk who withdrew it; null: it is in force.</summary>
    public ClerkId? WithdrawnBy { get; init; }

    public PlanLine? Line(int number) => Lines?.FirstOrDefault(line => line.Number == number);
}

/// <summary>Counters of a calendar that are closed on some days.</summary>
/// <param name="Calendar">"buergerservice"</param>
/// <param name="Last">Included.</param>
/// <param name="Reason">For citizens, in the words of the office.</param>
public sealed record PlannedClosure(
    string Calendar, DateOnly First, DateOnly Last, WallTime From, WallTime To, int Counters, string Reason);

/// <summary>One booking that is hit, and the step for it.</summary>
/// <param name="Place">The booking as it was when the plan was drawn.</param>
/// <param name="Office">Where it takes place: "rathaus".</param>
public sealed record PlanLine(int Number, AppointmentRef Place, string Office, DateTimeOffset From, int Minutes, PlanStep Step)
{
    public LineState State { get; init; }

    /// <summary>How often it was sent.</summary>
    public int Attempt { get; init; }

    /// <summary>Offered: the times that are held, in the order of the mail.</summary>
    public IReadOnlyList<PlanOffer> Offers { get; init; } = [];

    /// <summary>Offered: the citizen answers before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The offer that the citizen has chosen: 1 for the first.</summary>
    public int? Chosen { get; init; }

    /// <summary>Why it could not be carried out.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The clerk who sent it, or who has called.</summary>
    public ClerkId? By { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>A clerk may still choose another step for it.</summary>
    [JsonIgnore]
    public bool IsOpen => State is LineState.Open or LineState.Refused or LineState.Declined or LineState.Unanswered;

    /// <summary>It is being carried out, or its citizen is asked.</summary>
    [JsonIgnore]
    public bool IsUnderWay => State is LineState.Sending or LineState.Offered or LineState.Answered;
}

/// <summary>The step for one booking.</summary>
/// <param name="Office">Moved: to which office, "alsdorf.annahaus".</param>
/// <param name="Calendar">Moved: to which calendar, "alsdorf.annahaus.service".</param>
/// <param name="From">Moved: to which time.</param>
public sealed record PlanStep(PlanAction Action, string? Office = null, string? Calendar = null, DateTimeOffset? From = null)
{
    /// <summary>Offered: up to three times, of which the citizen chooses one.</summary>
    public IReadOnlyList<PlanTime> Times { get; init => field = value ?? []; } = [];

    /// <summary>Every time that it takes: the one of a move, or those that are offered.</summary>
    [JsonIgnore]
    public IReadOnlyList<PlanTime> Takes => From is { } from ? [new(Office ?? "", Calendar ?? "", from)] : Times;

    public bool Equals(PlanStep? other) => other is not null && Action == other.Action && Office == other.Office
        && Calendar == other.Calendar && From == other.From && Times.SequenceEqual(other.Times);

    public override int GetHashCode() => HashCode.Combine(Action, Office, Calendar, From, Times.Count);
}

/// <param name="Office">"alsdorf.annahaus"</param>
/// <param name="Calendar">"alsdorf.annahaus.service"</param>
public sealed record PlanTime(string Office, string Calendar, DateTimeOffset From);

/// <summary>A plan. The id is the request's that drew it.</summary>
[JsonConverter(typeof(GuidIdJson<PlanId>))]
public readonly record struct PlanId(Guid Value) : IGuidId<PlanId>
{
    public static PlanId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(KebabEnum<PlanAction>))]
public enum PlanAction
{
    /// <summary>A colleague takes it at the same time: the citizen need not hear of it.</summary>
    Keep,
    /// <summary>Another time, or another office. A mail says so.</summary>
    Move,
    /// <summary>The citizen chooses one of up to three times, which are held meanwhile. A mail asks.</summary>
    Offer,
    /// <summary>The authority cancels it. A mail says so, and why.</summary>
    Cancel,
    /// <summary>A clerk calls.</summary>
    Call,
}

[JsonConverter(typeof(KebabEnum<LineState>))]
public enum LineState
{
    Open,
    /// <summary>Sent, and not carried out yet.</summary>
    Sending,
    Done,
    /// <summary>It could not be carried out: somebody else has the slot.</summary>
    Refused,
    /// <summary>The citizen moved or cancelled it before.</summary>
    Overtaken,
    /// <summary>Up to three times are held, and the citizen is asked.</summary>
    Offered,
    /// <summary>The citizen has chosen a time, and it is not booked yet.</summary>
    Answered,
    /// <summary>No offered time suits: a clerk calls.</summary>
    Declined,
    /// <summary>The citizen has not answered in time: a clerk calls.</summary>
    Unanswered,
}

/// <summary>Whether the citizen knows.</summary>
[JsonConverter(typeof(KebabEnum<Reached>))]
public enum Reached
{
    /// <summary>Nothing was sent yet, or nothing need be.</summary>
    Nothing,
    /// <summary>A mail is on its way.</summary>
    MailWaits,
    /// <summary>The mail has left, or staff have settled it in the list of messages.</summary>
    MailSent,
    /// <summary>The mail was refused or came back: it stands in the list of messages.</summary>
    MailFailed,
    /// <summary>The mail came back.</summary>
    MailReturned,
    /// <summary>There is no mail address.</summary>
    NoAddress,
    /// <summary>A clerk has called.</summary>
    Called,
}
