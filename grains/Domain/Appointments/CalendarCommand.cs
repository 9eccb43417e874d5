namespace Aufruf.Domain.Appointments;

[JsonDerivedType(typeof(Plan), "plan")]
[JsonDerivedType(typeof(Hold), "hold")]
[JsonDerivedType(typeof(ExtendHold), "extend-hold")]
[JsonDerivedType(typeof(GiveUp), "give-up")]
[JsonDerivedType(typeof(Preconfirm), "preconfirm")]
[JsonDerivedType(typeof(Confirm), "confirm")]
[JsonDerivedType(typeof(Book), "book")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(MoveAway), "move-away")]
[JsonDerivedType(typeof(CheckIn), "check-in")]
[JsonDerivedType(typeof(UndoCheckIn), "undo-check-in")]
[JsonDerivedType(typeof(AskNewMail), "ask-new-mail")]
[JsonDerivedType(typeof(ChangeMail), "change-mail")]
[JsonDerivedType(typeof(Forget), "forget")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(Reopen), "reopen")]
public abstract record CalendarCommand
{
    private CalendarCommand() { }

    /// <summary>The capacity of the week, as an office's configuration gives it.</summary>
    /// <param name="Configuration">The version of the configuration: an older one changes nothing.</param>
    public sealed record Plan(long Configuration, IReadOnlyList<Piece> Pieces, int WishesFirstMinutes) : CalendarCommand;

    /// <summary>Takes a slot while the citizen enters the data.</summary>
    public sealed record Hold(Appointment Appointment) : CalendarCommand;

    public sealed record ExtendHold(AppointmentId Id, DateTimeOffset Until) : CalendarCommand;

    /// <summary>The citizen does not want the held slot.</summary>
    /// <param name="PublicAt">When the public may book it; null: at once. The other wishes see an offered slot first.</param>
    public sealed record GiveUp(AppointmentId Id, DateTimeOffset? PublicAt = null) : CalendarCommand;

    /// <summary>The data are complete, or corrected. A mail asks for confirmation.</summary>
    /// <param name="SecretHash">SHA-256 of the secret that stands in that mail alone, base64url.</param>
    public sealed record Preconfirm(AppointmentId Id, string? Contact, string Citizen, string SecretHash, DateTimeOffset Until)
        : CalendarCommand;

    /// <param name="SecretHash">The proof that the mail has arrived.</param>
    /// <param name="Data">An offer: of the appointment that it replaces, as they are now; null: it has its own.</param>
    public sealed record Confirm(AppointmentId Id, string SecretHash, SealedCitizen? Data = null) : CalendarCommand;

    /// <summary>Books at once: by staff, for a wish whose citizen accepts, or for a citizen who moves an appointment.</summary>
    /// <param name="PublicAt">When the public may book the slot that a moved appointment had in the same week.</param>
    public sealed record Book(Appointment Appointment, DateTimeOffset PublicAt = default) : CalendarCommand;

    /// <param name="PublicAt">When the public may book the slot again.</param>
    public sealed record Cancel(AppointmentId Id, CancelledBy By, DateTimeOffset PublicAt) : CalendarCommand;

    /// <summary>The appointment that replaces this one is confirmed.</summary>
    public sealed record MoveAway(AppointmentId Id, AppointmentRef To, DateTimeOffset PublicAt) : CalendarCommand
    {
        /// <summary>Of the citizen's data that the other one has. They must be the present ones; null: it has its own.</summary>
        public int? CopiedSeal { get; init; }
    }

    /// <summary>The citizen is here.</summary>
    /// <param name="Opens">Earlier is too early.</param>
    /// <param name="LateAfter">Later is too late ...</param>
    /// <param name="Closes">... and until then the citizen becomes a walk-in.</param>
    public sealed record CheckIn(AppointmentId Id, TicketId Ticket, DateTimeOffset Opens, DateTimeOffset LateAfter, DateTimeOffset Closes)
        : CalendarCommand;

    public sealed record UndoCheckIn(AppointmentId Id) : CalendarCommand;

    /// <summary>The citizen wants mails at another address. A mail asks there for confirmation; until then the present one stays.</summary>
    public sealed record AskNewMail(AppointmentId Id, NewMail New) : CalendarCommand;

    /// <param name="SecretHash">The proof that the mail has arrived.</param>
    /// <param name="Citizen">The data with the new address, sealed anew.</param>
    public sealed record ChangeMail(AppointmentId Id, string SecretHash, string Citizen) : CalendarCommand;

    /// <summary>The citizen's data are destroyed: their time is over.</summary>
    public sealed record Forget(AppointmentId Id) : CalendarCommand;

    /// <summary>Counters are closed, also over bookings: their plan says what becomes of them.</summary>
    /// <param name="Spans">All of this plan in this week.</param>
    public sealed record Close(PlanId Id, IReadOnlyList<Closure> Spans) : CalendarCommand;

    /// <summary>The plan is withdrawn.</summary>
    public sealed record Reopen(PlanId Id) : CalendarCommand;
}
