using System.Text.Json.Serialization;

namespace Aufruf.Domain.Queues.Policies;

/// <summary>One who could be called: the first of a line of equals.</summary>
/// <param name="DueAt">From when the wait counts: arrival, or booked start if later.</param>
/// <param name="Place">Order of arrival; decides between equals.</param>
public readonly record struct Candidate(TicketId Ticket, ServiceId Service, WaitingClass Class, DateTimeOffset DueAt, long Place) : IComparable<Candidate>
{
    /// <summary>Who was due earlier comes first; then who arrived earlier.</summary>
    public int CompareTo(Candidate other) => DueAt.CompareTo(other.DueAt) is not 0 and var due ? due : Place.CompareTo(other.Place);

    public static bool operator <(Candidate left, Candidate right) => left.CompareTo(right) < 0;
    public static bool operator >(Candidate left, Candidate right) => left.CompareTo(right) > 0;
    public static bool operator <=(Candidate left, Candidate right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Candidate left, Candidate right) => left.CompareTo(right) >= 0;
}

/// <summary>On what ground somebody waits.</summary>
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
    /// <summary>A stated reason goes before.</summary>
    Priority,
    /// <summary>Was already served elsewhere and sent on.</summary>
    Transferred,
    /// <summary>Was sent to this very counter or clerk.</summary>
    SentHere,
    /// <summary>Waits longer than the work profile allows, so that every group calls.</summary>
    WaitsTooLong,
    /// <summary>An appointment that is early; nobody else waits.</summary>
    EarlyAppointment,
    /// <summary>The clerk chose this ticket.</summary>
    Chosen,
}
