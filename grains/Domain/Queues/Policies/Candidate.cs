namespace Aufruf.Domain.Queues.Policies;

/// <summary>A ticket that could be called, as the policies compare it.</summary>
/// <param name="DueAt">From when the wait counts: arrival, or booked start if later.</param>
/// <param name="Place">Order of arrival; decides between equals.</param>
public readonly record struct Candidate(TicketId Ticket, ServiceId Service, WaitingClass Class, DateTimeOffset DueAt, long Place)
    : IComparable<Candidate>
{
    /// <summary>The one that was due earlier comes first; then the one that arrived earlier.</summary>
    public int CompareTo(Candidate other) => DueAt.CompareTo(other.DueAt) is not 0 and var due ? due : Place.CompareTo(other.Place);

    public static bool operator <(Candidate left, Candidate right) => left.CompareTo(right) < 0;
    public static bool operator >(Candidate left, Candidate right) => left.CompareTo(right) > 0;
    public static bool operator <=(Candidate left, Candidate right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Candidate left, Candidate right) => left.CompareTo(right) >= 0;
}

/// <summary>The ground on which a ticket waits.</summary>
[JsonConverter(typeof(KebabEnum<WaitingClass>))]
public enum WaitingClass { WalkIn, Appointment, Priority, PriorityAppointment, Transferred }

/// <summary>Why this ticket is the next one; a desk says it in words.</summary>
/// <param name="Since">For a wait: since when; for an appointment: its time.</param>
/// <param name="Reason">For a stated priority: the reason's id.</param>
public sealed record Why(
    WhyKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

[JsonConverter(typeof(KebabEnum<WhyKind>))]
public enum WhyKind
{
    /// <summary>Has waited longest of those this counter calls.</summary>
    LongestWait,
    /// <summary>An appointment whose time has come.</summary>
    AppointmentDue,
    /// <summary>Has a stated reason to be called before others.</summary>
    Priority,
    /// <summary>Was already served elsewhere and sent on.</summary>
    Transferred,
    /// <summary>Was sent to this very counter or clerk.</summary>
    SentHere,
    /// <summary>Was kept for one counter or clerk for too long, so every counter may call it.</summary>
    KeptTooLong,
    /// <summary>Was sent to one counter or clerk that is no longer there.</summary>
    KeeperGone,
    /// <summary>Waits longer than the work profile allows, so it counts in the first group.</summary>
    WaitsTooLong,
    /// <summary>An appointment that is early; no other ticket waits.</summary>
    EarlyAppointment,
    /// <summary>The clerk chose this ticket.</summary>
    Chosen,
}
