namespace Aufruf.Domain.Appointments;

/// <summary>Facts about the appointments of a week, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(WeekPlanned), "week-planned")]
[JsonDerivedType(typeof(SlotHeld), "slot-held")]
[JsonDerivedType(typeof(HoldExtended), "hold-extended")]
[JsonDerivedType(typeof(HoldEnded), "hold-ended")]
[JsonDerivedType(typeof(AppointmentPreconfirmed), "appointment-preconfirmed")]
[JsonDerivedType(typeof(AppointmentConfirmed), "appointment-confirmed")]
[JsonDerivedType(typeof(AppointmentCancelled), "appointment-cancelled")]
[JsonDerivedType(typeof(AppointmentMoved), "appointment-moved")]
[JsonDerivedType(typeof(AppointmentCheckedIn), "appointment-checked-in")]
[JsonDerivedType(typeof(AppointmentCheckInUndone), "appointment-check-in-undone")]
[JsonDerivedType(typeof(NewMailAsked), "new-mail-asked")]
[JsonDerivedType(typeof(MailChanged), "mail-changed")]
[JsonDerivedType(typeof(AppointmentForgotten), "appointment-forgotten")]
[JsonDerivedType(typeof(CountersClosed), "counters-closed")]
[JsonDerivedType(typeof(CountersReopened), "counters-reopened")]
public abstract record CalendarEvent
{
    private CalendarEvent() { }

    public sealed record WeekPlanned(long Configuration, IReadOnlyList<Piece> Pieces, int WishesFirstMinutes, DateTimeOffset At)
        : CalendarEvent;

    public sealed record SlotHeld(Appointment Appointment, DateTimeOffset At) : CalendarEvent;
    public sealed record HoldExtended(AppointmentId Id, DateTimeOffset Until, DateTimeOffset At) : CalendarEvent;

    /// <summary>The citizen gave it up, or its time is long over.</summary>
    public sealed record HoldEnded(AppointmentId Id, DateTimeOffset At) : CalendarEvent
    {
        /// <summary>When the public may book the slot; null: at once.</summary>
        public DateTimeOffset? PublicAt { get; init; }
    }

    public sealed record AppointmentPreconfirmed(AppointmentId Id, string? Contact, string Citizen, string SecretHash, DateTimeOffset Until,
        DateTimeOffset At) : CalendarEvent;

    /// <param name="Data">An offer: of the appointment that it replaces; null: it keeps its own.</param>
    public sealed record AppointmentConfirmed(AppointmentId Id, DateTimeOffset At, SealedCitizen? Data = null) : CalendarEvent;

    public sealed record AppointmentCancelled(AppointmentId Id, CancelledBy By, DateTimeOffset PublicAt, DateTimeOffset At) : CalendarEvent;

    public sealed record AppointmentMoved(AppointmentId Id, AppointmentRef To, DateTimeOffset PublicAt, DateTimeOffset At) : CalendarEvent;

    /// <param name="IsLate">The citizen becomes a walk-in.</param>
    public sealed record AppointmentCheckedIn(AppointmentId Id, TicketId Ticket, bool IsLate, DateTimeOffset At) : CalendarEvent;

    public sealed record AppointmentCheckInUndone(AppointmentId Id, DateTimeOffset At) : CalendarEvent;

    public sealed record NewMailAsked(AppointmentId Id, NewMail New, DateTimeOffset At) : CalendarEvent;

    /// <param name="Former">The sealed data before: a notice goes there, and then their key is destroyed.</param>
    public sealed record MailChanged(AppointmentId Id, string Citizen, int Seal, FormerMail Former, DateTimeOffset At) : CalendarEvent;

    /// <summary>The citizen's data are destroyed. Subscribers delete what they know of the citizen.</summary>
    public sealed record AppointmentForgotten(AppointmentId Id, DateTimeOffset At) : CalendarEvent;

    public sealed record CountersClosed(PlanId Plan, IReadOnlyList<Closure> Spans, DateTimeOffset At) : CalendarEvent;
    public sealed record CountersReopened(PlanId Plan, DateTimeOffset At) : CalendarEvent;
}
