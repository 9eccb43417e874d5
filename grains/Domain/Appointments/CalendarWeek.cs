using static Aufruf.Domain.Appointments.CalendarCommand;
using static Aufruf.Domain.Appointments.CalendarEvent;

namespace Aufruf.Domain.Appointments;

/// <summary>One calendar in one week: its capacity, and all appointments that take of it. So no slot is given twice.</summary>
/// <param name="Configuration">The version of the office's configuration that the capacity comes from.</param>
/// <param name="Returning">Freed slots that the public does not see yet.</param>
public sealed record CalendarWeek(long Configuration, IReadOnlyList<Piece> Pieces, int WishesFirstMinutes,
    ImmutableDictionary<AppointmentId, Appointment> Appointments, ImmutableList<ReturningSlot> Returning)
    : IAggregate<CalendarWeek, CalendarCommand, CalendarEvent>
{
    public static int Schema => 1;

    /// <summary>A lapsed hold may still be confirmed within this time, if its slot is free.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(2);

    public static CalendarWeek Empty { get; } =
        new(0, [], 0, ImmutableDictionary<AppointmentId, Appointment>.Empty, []);

    /// <summary>A repeat has a new seal.</summary>
    public static CalendarCommand Compared(CalendarCommand command) => command switch
    {
        Preconfirm c => c with { Citizen = "", SecretHash = "", Until = default },
        Book c => c with { Appointment = c.Appointment with { Citizen = "" } },
        Hold c => c with { Appointment = c.Appointment with { Until = default } },
        CalendarCommand.Cancel c => c with { PublicAt = default },
        MoveAway c => c with { PublicAt = default },
        GiveUp c => c with { PublicAt = null },
        _ => command,
    };

    public Decision<CalendarEvent> Decide(CalendarCommand command, DateTimeOffset now) => command switch
    {
        Plan c => c.Configuration <= Configuration ? Nothing
            : new WeekPlanned(c.Configuration, c.Pieces, c.WishesFirstMinutes, now),
        Hold c => WhyNot(c.Appointment, now) is { } refusal ? refusal : (CalendarEvent[])[.. Lapsed(now), new SlotHeld(c.Appointment, now)],
        ExtendHold c => Find(c.Id) is not { State: AppointmentState.Held } held || !IsKept(held, now) ? Refusal.HoldOver
            : c.Until <= held.Until ? Nothing : new HoldExtended(c.Id, c.Until, now),
        GiveUp c => Find(c.Id) is { State: AppointmentState.Held or AppointmentState.Preconfirmed }
            ? new HoldEnded(c.Id, now) { PublicAt = c.PublicAt } : Nothing,
        Preconfirm c => Find(c.Id) is not { State: AppointmentState.Held } held || !IsKept(held, now) ? Refusal.HoldOver
            : new AppointmentPreconfirmed(c.Id, c.Contact, c.Citizen, c.SecretHash, c.Until, now),
        Confirm c => Confirmed(c, now),
        Book c => WhyNot(c.Appointment, now) is { } refusal ? refusal
            : (CalendarEvent[])[.. Lapsed(now), new SlotHeld(c.Appointment, now), new AppointmentConfirmed(c.Appointment.Id, now)],
        CalendarCommand.Cancel c => Find(c.Id) switch
        {
            { State: AppointmentState.Cancelled } => Nothing,
            { State: AppointmentState.CheckedIn } => Refusal.AlreadyCheckedIn,
            { } a when IsEnded(a, now) => Refusal.AppointmentGone,
            { } a => a.From <= now ? Refusal.AppointmentOver : new AppointmentCancelled(c.Id, c.By, c.PublicAt, now),
            null => Refusal.AppointmentGone,
        },
        MoveAway c => Find(c.Id) is { State: AppointmentState.Confirmed } ? new AppointmentMoved(c.Id, c.To, c.PublicAt, now) : Nothing,
        CalendarCommand.CheckIn c => CheckedIn(c, now),
        UndoCheckIn c => Find(c.Id) switch
        {
            { State: AppointmentState.CheckedIn } => new AppointmentCheckInUndone(c.Id, now),
            { State: AppointmentState.Confirmed } => Nothing,
            _ => Refusal.AppointmentGone,
        },
        _ => throw new UnreachableException(),
    };

    public CalendarWeek Apply(CalendarEvent happened) => happened switch
    {
        WeekPlanned e => this with { Configuration = e.Configuration, Pieces = e.Pieces, WishesFirstMinutes = e.WishesFirstMinutes },
        SlotHeld e => With(e.Appointment),
        HoldExtended e => With(Appointments[e.Id] with { Until = e.Until }),
        HoldEnded e => (e.PublicAt is { } publicAt ? Freed(Appointments[e.Id], publicAt, e.At) : this) with
        {
            Appointments = Appointments.Remove(e.Id),
        },
        AppointmentPreconfirmed e => With(Appointments[e.Id] with
        {
            State = AppointmentState.Preconfirmed,
            Contact = e.Contact,
            Citizen = e.Citizen,
            SecretHash = e.SecretHash,
            Until = e.Until,
        }),
        AppointmentConfirmed e => With(Appointments[e.Id] with { State = AppointmentState.Confirmed }),
        AppointmentCancelled e => Freed(Appointments[e.Id] with { State = AppointmentState.Cancelled, CancelledBy = e.By }, e.PublicAt, e.At),
        AppointmentMoved e => Freed(Appointments[e.Id] with { State = AppointmentState.Moved, MovedTo = e.To }, e.PublicAt, e.At),
        AppointmentCheckedIn e => With(Appointments[e.Id] with
        {
            State = AppointmentState.CheckedIn,
            Ticket = e.Ticket,
            IsLate = e.IsLate,
        }),
        AppointmentCheckInUndone e => With(Appointments[e.Id] with { State = AppointmentState.Confirmed, Ticket = null, IsLate = false }),
        _ => throw new UnreachableException(),
    };

    public Appointment? Find(AppointmentId id) => Appointments.GetValueOrDefault(id);

    /// <summary>Within one week the later of two that share a code, because one was moved. An offer of a wish is nobody's yet.</summary>
    public Appointment? ByCode(string codeHash) => Appointments.Values
        .Where(a => a.CodeHash == codeHash && a is not { State: AppointmentState.Held, Channel: Channel.Wish }).MaxBy(a => a.Sequence);

    /// <summary>The appointments that hold more than the capacity: after a closure, for example. In order of their beginning.</summary>
    public IEnumerable<Appointment> Excess(DateTimeOffset now) => Appointments.Values
        .Where(a => a.IsLive(now) && a.From > now && this.Free(a.From, a.To, Channel.Staff, now).Any(free => free < 0))
        .OrderBy(a => a.From).ThenBy(a => a.Id.Value);

    private static Decision<CalendarEvent> Nothing => Array.Empty<CalendarEvent>();

    private Refusal? WhyNot(Appointment wanted, DateTimeOffset now) =>
        Appointments.ContainsKey(wanted.Id) ? Refusal.RequestReused
        : wanted.From <= now ? Refusal.AppointmentOver
        : !this.Fits(wanted.From, wanted.To, wanted.Channel, now) ? Refusal.SlotTaken
        : null;

    /// <summary>Its time is not over, or nobody has taken its slot meanwhile.</summary>
    private bool IsKept(Appointment held, DateTimeOffset now) =>
        held.From > now && (held.IsLive(now) || this.Fits(held.From, held.To, held.Channel, now));

    private static bool IsEnded(Appointment a, DateTimeOffset now) => a.State is AppointmentState.Cancelled or AppointmentState.Moved
        || (a.State is AppointmentState.Held or AppointmentState.Preconfirmed && now >= a.Until);

    /// <summary>A citizen presses twice, or long after: the second press finds what the first has done.</summary>
    private Decision<CalendarEvent> Confirmed(Confirm c, DateTimeOffset now) => Find(c.Id) switch
    {
        { State: AppointmentState.Preconfirmed or AppointmentState.Confirmed or AppointmentState.CheckedIn } a
            when a.SecretHash != c.SecretHash => Refusal.AppointmentGone,
        { State: AppointmentState.Held, Channel: Channel.Wish } a => a.SecretHash == c.SecretHash && IsKept(a, now)
            ? new AppointmentConfirmed(c.Id, now) : Refusal.HoldOver, // Its citizen's data came with the wish.
        { State: AppointmentState.Confirmed or AppointmentState.CheckedIn } => Nothing,
        { State: AppointmentState.Preconfirmed } a => IsKept(a, now) ? new AppointmentConfirmed(c.Id, now) : Refusal.HoldOver,
        null => Refusal.HoldOver,
        _ => Refusal.AppointmentGone,
    };

    private Decision<CalendarEvent> CheckedIn(CalendarCommand.CheckIn c, DateTimeOffset now) => Find(c.Id) switch
    {
        { State: AppointmentState.CheckedIn } => Nothing, // The ticket that it has already is the answer.
        { State: AppointmentState.Confirmed } => now < c.Opens ? Refusal.CheckInTooEarly
            : now <= c.LateAfter ? new AppointmentCheckedIn(c.Id, c.Ticket, IsLate: false, now)
            : now < c.Closes ? new AppointmentCheckedIn(c.Id, c.Ticket, IsLate: true, now)
            : Refusal.CheckInTooLate,
        _ => Refusal.AppointmentGone,
    };

    private IEnumerable<CalendarEvent> Lapsed(DateTimeOffset now) => Appointments.Values
        .Where(a => a.State is AppointmentState.Held or AppointmentState.Preconfirmed && a.Until + Remembered <= now)
        .Select(a => new HoldEnded(a.Id, now));

    private CalendarWeek With(Appointment appointment) =>
        this with { Appointments = Appointments.SetItem(appointment.Id, appointment) };

    private CalendarWeek Freed(Appointment ended, DateTimeOffset publicAt, DateTimeOffset at) => With(ended) with
    {
        Returning = Returning.RemoveAll(slot => slot.PublicAt <= at).Add(new(ended.From, ended.To, publicAt)),
    };
}

/// <summary>A freed slot. Wishes and staff may take it at once, and the public later.</summary>
public sealed record ReturningSlot(DateTimeOffset From, DateTimeOffset To, DateTimeOffset PublicAt);
