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
    /// <summary>Counters that plans have closed.</summary>
    public ImmutableList<Closure> Closures { get; init; } = [];

    public static int Schema => 7;

    /// <summary>A lapsed hold may still be confirmed within this time, if its slot is free.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(2);

    // WCAG 2.2, 2.2.1: a time limit can be extended at least ten times.
    private const int MostExtensions = 10;

    // A wrong address, and a lost mail. More would be a way to send mails to others.
    private const int MostMails = 3;

    public static CalendarWeek Empty { get; } =
        new(0, [], 0, ImmutableDictionary<AppointmentId, Appointment>.Empty, []);

    /// <summary>A repeat has a new seal.</summary>
    public static CalendarCommand Compared(CalendarCommand command) => command switch
    {
        Preconfirm c => c with { Citizen = "", SecretHash = "", Until = default },
        Confirm c => c with { Data = null },
        Book c => c with { Appointment = c.Appointment with { Citizen = "" }, PublicAt = default },
        Hold c => c with { Appointment = c.Appointment with { Until = default, Citizen = null } },
        CalendarCommand.Cancel c => c with { PublicAt = default },
        MoveAway c => c with { PublicAt = default },
        AskNewMail c => c with { New = c.New with { Number = 0, Mail = "", Until = default } },
        ChangeMail c => c with { Citizen = "" },
        GiveUp c => c with { PublicAt = null },
        _ => command,
    };

    public Decision<CalendarEvent> Decide(CalendarCommand command, DateTimeOffset now) => command switch
    {
        Plan c => c.Configuration <= Configuration ? Nothing
            : new WeekPlanned(c.Configuration, c.Pieces, c.WishesFirstMinutes, now),
        Hold c => WhyNot(c.Appointment, now) is { } refusal ? refusal : (CalendarEvent[])[.. Lapsed(now), new SlotHeld(c.Appointment, now)],
        ExtendHold c => Extended(c, now),
        GiveUp c => Find(c.Id) is { State: AppointmentState.Held or AppointmentState.Preconfirmed }
            ? new HoldEnded(c.Id, now) { PublicAt = c.PublicAt } : Nothing,
        Preconfirm c => Preconfirmed(c, now),
        Confirm c => Confirmed(c, now),
        Book c => Booked(c, now),
        CalendarCommand.Cancel c => Find(c.Id) switch
        {
            { State: AppointmentState.Cancelled } => Nothing,
            { State: AppointmentState.CheckedIn } => Refusal.AlreadyCheckedIn,
            { } a when IsEnded(a, now) => Refusal.AppointmentGone,
            { } a when a.From <= now => Refusal.AppointmentOver,
            { State: AppointmentState.Held } => new HoldEnded(c.Id, now),
            { } => new AppointmentCancelled(c.Id, c.By, c.PublicAt, now),
            null => Refusal.AppointmentGone,
        },
        MoveAway c => Find(c.Id) switch
        {
            { State: AppointmentState.Confirmed } a when (c.CopiedSeal ?? a.Seal) == a.Seal =>
                new AppointmentMoved(c.Id, c.To, c.PublicAt, now),
            { State: AppointmentState.Moved } a when a.MovedTo == c.To => Nothing,
            { State: AppointmentState.CheckedIn } => Refusal.AlreadyCheckedIn,
            // Two tabs move it, somebody cancels it, or another address counts since: the one that should replace it must end.
            _ => Refusal.AppointmentGone,
        },
        CalendarCommand.CheckIn c => CheckedIn(c, now),
        UndoCheckIn c => Find(c.Id) switch
        {
            { State: AppointmentState.CheckedIn } => new AppointmentCheckInUndone(c.Id, now),
            { State: AppointmentState.Confirmed } => Nothing,
            _ => Refusal.AppointmentGone,
        },
        AskNewMail c => Find(c.Id).Decide(c, now),
        ChangeMail c => Find(c.Id).Decide(c, now),
        Forget c => Find(c.Id) is { Citizen: not null } ? new AppointmentForgotten(c.Id, now) : Nothing,
        Close c => Closures.Any(closure => closure.Plan == c.Id) ? Nothing : new CountersClosed(c.Id, c.Spans, now),
        Reopen c => Closures.Any(closure => closure.Plan == c.Id) ? new CountersReopened(c.Id, now) : Nothing,
        _ => throw new UnreachableException(),
    };

    public CalendarWeek Apply(CalendarEvent happened) => happened switch
    {
        WeekPlanned e => this with { Configuration = e.Configuration, Pieces = e.Pieces, WishesFirstMinutes = e.WishesFirstMinutes },
        SlotHeld e => With(e.Appointment),
        HoldExtended e => With(Appointments[e.Id] with { Until = e.Until, Extended = Appointments[e.Id].Extended + 1 }),
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
            Mails = Appointments[e.Id].Mails + 1,
        }),
        AppointmentConfirmed e => With(Appointments[e.Id] with
        {
            State = AppointmentState.Confirmed,
            ConfirmedAt = e.At,
            Contact = e.Data is null ? Appointments[e.Id].Contact : e.Data.Contact,
            Citizen = e.Data is null ? Appointments[e.Id].Citizen : e.Data.Citizen,
        }),
        AppointmentCancelled e =>
            Freed(Appointments[e.Id] with { State = AppointmentState.Cancelled, CancelledBy = e.By }, e.PublicAt, e.At),
        AppointmentMoved e => Freed(Appointments[e.Id] with { State = AppointmentState.Moved, MovedTo = e.To }, e.PublicAt, e.At),
        AppointmentCheckedIn e => With(Appointments[e.Id] with
        {
            State = AppointmentState.CheckedIn,
            Ticket = e.Ticket,
            IsLate = e.IsLate,
        }),
        AppointmentCheckInUndone e => With(Appointments[e.Id] with { State = AppointmentState.Confirmed, Ticket = null, IsLate = false }),
        NewMailAsked e => With(Appointments[e.Id] with { NewMail = e.New, MailChanges = e.New.Number }),
        MailChanged e => With(Appointments[e.Id].With(e)),
        AppointmentForgotten e => With(Appointments[e.Id] with { Contact = null, Citizen = null, NewMail = null }),
        CountersClosed e => this with { Closures = Closures.AddRange(e.Spans) },
        CountersReopened e => this with { Closures = Closures.RemoveAll(closure => closure.Plan == e.Plan) },
        _ => throw new UnreachableException(),
    };

    public Appointment? Find(AppointmentId id) => Appointments.GetValueOrDefault(id);

    /// <summary>Of those that share a code, because one was moved: the last one in this week. An offer is nobody's yet.</summary>
    /// <remarks>A move that was taken back and the one after it have the same number; the later one counts.</remarks>
    public Appointment? ByCode(string codeHash) => Appointments.Values
        .Where(a => a.CodeHash == codeHash && !a.IsOffer
            && (a.MovedTo is not { } to || !Appointments.ContainsKey(to.Id))).MaxBy(a => (a.Sequence, a.ConfirmedAt));

    /// <summary>The appointments at whose time more are booked than fit, for example after a closure. In order of time.</summary>
    public IEnumerable<Appointment> Excess(DateTimeOffset now) => Appointments.Values
        .Where(a => a.IsLive(now) && a.From > now && this.Free(a.From, a.To, Channel.Staff, now).Any(free => free < 0))
        .OrderBy(a => a.From).ThenBy(a => a.Id.Value);

    /// <summary>Why an appointment was moved or cancelled by the office; null: no closure is at its time.</summary>
    public string? ReasonAt(Appointment hit) => ClosureAt(hit)?.Reason;

    public Closure? ClosureAt(Appointment hit) => Closures.LastOrDefault(closure => closure.From < hit.To && hit.From < closure.To);

    private static Decision<CalendarEvent> Nothing => Array.Empty<CalendarEvent>();

    private Refusal? WhyNot(Appointment wanted, DateTimeOffset now) =>
        Appointments.ContainsKey(wanted.Id) ? Refusal.RequestReused
        : wanted.Minutes < 1 || wanted.From.UtcTicks % TimeSpan.TicksPerMinute != 0 ? Refusal.NoSuchSlot // Capacity is counted in minutes.
        : wanted.From <= now ? Refusal.AppointmentOver
        : !this.Fits(wanted.From, wanted.To, wanted.Channel, now) ? Refusal.SlotTaken
        : null;

    /// <summary>Its time is not over, or nobody has taken its slot meanwhile.</summary>
    private bool IsKept(Appointment held, DateTimeOffset now) =>
        held.From > now && (held.IsLive(now) || this.Fits(held.From, held.To, held.Channel, now));

    private static bool IsEnded(Appointment a, DateTimeOffset now) => a.State is AppointmentState.Cancelled or AppointmentState.Moved
        || (a.State is AppointmentState.Held or AppointmentState.Preconfirmed && now >= a.Until);

    private Decision<CalendarEvent> Extended(ExtendHold c, DateTimeOffset now) => Find(c.Id) switch
    {
        { State: AppointmentState.Held } a => !IsKept(a, now) ? Refusal.HoldOver
            : c.Until <= a.Until ? Nothing
            : a.Extended >= MostExtensions ? Refusal.HeldLongEnough
            : new HoldExtended(c.Id, c.Until, now),
        { } a when !IsEnded(a, now) => Nothing, // Another tab has booked it meanwhile.
        _ => Refusal.HoldOver,
    };

    /// <summary>Until it is confirmed, a citizen may correct the data, or ask for the mail once more.</summary>
    private Decision<CalendarEvent> Preconfirmed(Preconfirm c, DateTimeOffset now) => Find(c.Id) switch
    {
        { State: AppointmentState.Held or AppointmentState.Preconfirmed } a => !IsKept(a, now) ? Refusal.HoldOver
            : a.Mails >= MostMails ? Refusal.MailsSent
            : new AppointmentPreconfirmed(c.Id, c.Contact, c.Citizen, c.SecretHash, c.Until, now),
        { State: AppointmentState.Confirmed or AppointmentState.CheckedIn } => Nothing,
        null => Refusal.HoldOver,
        _ => Refusal.AppointmentGone,
    };

    /// <summary>In one step with the end of the appointment that it replaces, if that is in this week: so both may overlap.</summary>
    private Decision<CalendarEvent> Booked(Book c, DateTimeOffset now)
    {
        if (c.Appointment.Replaces is not { } replaced || Find(replaced.Id) is not { } before)
        {
            return WhyNot(c.Appointment, now) is { } refusal ? refusal : (CalendarEvent[])[.. Lapsed(now), .. Booked(c.Appointment, now)];
        }

        var without = this with { Appointments = Appointments.Remove(before.Id) };
        return before.State is AppointmentState.CheckedIn ? Refusal.AlreadyCheckedIn
            : before.State is not AppointmentState.Confirmed || (c.Appointment.CopiedSeal ?? before.Seal) != before.Seal
                ? Refusal.AppointmentGone
            : without.WhyNot(c.Appointment, now) is { } no ? no
            : (CalendarEvent[])
            [
                .. Lapsed(now), .. Booked(c.Appointment, now),
                new AppointmentMoved(before.Id, replaced with { Id = c.Appointment.Id }, c.PublicAt, now),
            ];
    }

    private static CalendarEvent[] Booked(Appointment appointment, DateTimeOffset now) =>
        [new SlotHeld(appointment, now), new AppointmentConfirmed(appointment.Id, now)];

    /// <summary>A citizen presses twice, or long after: the second press finds what the first has done.</summary>
    private Decision<CalendarEvent> Confirmed(Confirm c, DateTimeOffset now) => Find(c.Id) switch
    {
        { State: AppointmentState.Preconfirmed or AppointmentState.Confirmed or AppointmentState.CheckedIn } a
            when a.SecretHash != c.SecretHash => Refusal.AppointmentGone,
        { IsOffer: true } a => a.SecretHash == c.SecretHash && IsKept(a, now)
            ? new AppointmentConfirmed(c.Id, now, c.Data) : Refusal.HoldOver, // Without data here, those of the wish are its own.
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
        { State: AppointmentState.Held or AppointmentState.Preconfirmed } a when !IsEnded(a, now) => Refusal.NotConfirmed,
        _ => Refusal.AppointmentGone,
    };

    private IEnumerable<CalendarEvent> Lapsed(DateTimeOffset now) => Appointments.Values
        .Where(a => a.State is AppointmentState.Held or AppointmentState.Preconfirmed && a.Until + Remembered <= now)
        .Select(a => new HoldEnded(a.Id, now));

    private CalendarWeek With(Appointment appointment) =>
        this with { Appointments = Appointments.SetItem(appointment.Id, appointment) };

    private CalendarWeek Freed(Appointment ended, DateTimeOffset publicAt, DateTimeOffset at) => With(ended) with
    {
        Returning = Returning.RemoveAll(slot => slot.PublicAt <= at).Add(new(ended.From, ended.To, ended.Channel, publicAt)),
    };
}

/// <summary>A freed slot. Wishes and staff may take it at once, and the public later.</summary>
/// <param name="Channel">Of the one who had it: the share of which it was taken.</param>
public sealed record ReturningSlot(DateTimeOffset From, DateTimeOffset To, Channel Channel, DateTimeOffset PublicAt);
