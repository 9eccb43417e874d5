namespace Aufruf.Domain.Queues;

/// <summary>Counters open and close, clerks take their seats and go on pause.</summary>
public static class Staffing
{
    extension(Refusal)
    {
        public static Refusal UnknownCounter => new("unknown-counter",
            "Diesen Schalter gibt es in diesem Wartebereich nicht.",
            "There is no such counter in this waiting area.", RefusalKind.NotFound);

        public static Refusal UnknownProfile => new("unknown-profile",
            "Dieses Arbeitsprofil gibt es in diesem Wartebereich nicht.",
            "There is no such work profile in this waiting area.");

        public static Refusal CounterTaken => new("counter-taken",
            "An diesem Schalter bedient gerade jemand anderes.", "Somebody else is serving at this counter.");

        public static Refusal NotYourCounter => new("not-your-counter",
            "Sie sind an diesem Schalter nicht angemeldet. Melden Sie sich hier an, oder bitten Sie jemanden mit dem Recht dazu.",
            "You are not logged in at this counter. Log in here, or ask somebody who has the permission.");

        public static Refusal SeatedElsewhere => new("seated-elsewhere",
            "Sie sind an einem anderen Schalter angemeldet.", "You are logged in at another counter.");

        public static Refusal CounterClosed => new("counter-closed",
            "Dieser Schalter ist geschlossen. Bitte öffnen Sie ihn zuerst.", "This counter is closed. Please open it first.");
    }

    /// <summary>The counter at which a clerk sits; null when at none of this area.</summary>
    public static CounterState? SeatOf(this Queue queue, ClerkId clerk) => queue.Counters.Values.FirstOrDefault(c => c.Clerk == clerk);

    internal static Decision<QueueEvent> Decide(Queue queue, OpenCounter command, DateTimeOffset now) =>
        queue.At(command.Counter).Open ? Queue.NothingToDo : Opening(queue, command, now);

    internal static Decision<QueueEvent> Decide(Queue queue, CloseCounter command, DateTimeOffset now) =>
        queue.VisitAt(command.Counter) is not null ? Refusal.VisitOpen
        : queue.At(command.Counter).Open ? new CounterClosed(command.Counter, now)
        : Queue.NothingToDo;

    internal static Decision<QueueEvent> Decide(Queue queue, LogIn command, Setting setting, DateTimeOffset now)
    {
        if (command.Profile is not null && setting.Area.Profile(command.Profile) is null)
        {
            return Refusal.UnknownProfile;
        }

        var (counter, clerk) = (queue.At(command.Counter), command.Clerk);
        if (counter.Clerk == clerk && counter.Profile == command.Profile && counter.Open)
        {
            return Queue.NothingToDo;
        }

        // A clerk who takes another seat leaves the one before, but not in the middle of a visit.
        var seat = queue.SeatOf(clerk) is { } before && before.Id != counter.Id ? before : null;
        return seat is { Ticket: not null } ? Refusal.VisitOpen
            : seat is { Open: true } && !command.Move ? Refusal.SeatedElsewhere
            : new Decision<QueueEvent>([
                .. seat is { Open: true } ? [new CounterClosed(seat.Id, now)] : (QueueEvent[])[],
                .. counter.Open ? (QueueEvent[])[] : [new CounterOpened(counter.Id, now)],
                new ClerkLoggedIn(counter.Id, clerk, command.Profile, now),
            ]);
    }

    internal static Decision<QueueEvent> Decide(Queue queue, SetPresence command, DateTimeOffset now)
    {
        var counter = queue.At(command.Counter);
        var presence = command.Presence is Presence.Ready ? Presence.Ready
            : counter.Ticket is null ? Presence.Pause
            : Presence.PauseAfter; // A pause in the middle of a visit begins at its end.
        return !counter.Open ? Refusal.CounterClosed
            : counter.Presence == presence ? Queue.NothingToDo
            : new PresenceChanged(command.Counter, presence, now);
    }

    /// <summary>Only the clerk who sits at a counter acts there. A seat without a visit may be taken over by a log-in.</summary>
    internal static bool IsTakenByAnother(Queue queue, AtCounter command) =>
        queue.At(command.Counter) is { Clerk: { } sitting } counter
        && (command is LogIn logIn ? logIn.Clerk != sitting && counter.Ticket is not null
            : command.By is { } by && by != sitting && !command.Elsewhere);

    /// <summary>The one who acts at another's counter stands in the journal before what they did.</summary>
    internal static Decision<QueueEvent> Named(AtCounter command, Decision<QueueEvent> decision, DateTimeOffset now) =>
        command is { Elsewhere: true, By: { } by } && decision is { Refusal: null, Events.Count: > 0 }
            ? new([new ActedElsewhere(command.Counter, by, now), .. decision.Events])
            : decision;

    /// <summary>A counter that left the configuration: its visit can still be finished, and then it can be closed.</summary>
    internal static bool IsStillUsed(Queue queue, AtCounter command) => queue.At(command.Counter) is var counter
        && (counter.Ticket is not null || (command is CloseCounter && counter.Open));

    /// <summary>A clerk who calls is there and ready: at a closed counter it takes the seat, except from a seat elsewhere.</summary>
    internal static QueueEvent[] Opening(Queue queue, AtCounter command, DateTimeOffset now) => queue.At(command.Counter) switch
    {
        { Open: false } when command.By is { } clerk && queue.SeatOf(clerk) is null =>
            [new CounterOpened(command.Counter, now), new ClerkLoggedIn(command.Counter, clerk, null, now)],
        { Open: false } => [new CounterOpened(command.Counter, now)],
        { Presence: not Presence.Ready } => [new PresenceChanged(command.Counter, Presence.Ready, now)],
        _ => [],
    };

    /// <summary>The counter is free again, and an announced pause begins.</summary>
    internal static Decision<QueueEvent> Leave(Queue queue, CounterId counter, params QueueEvent[] events) =>
        queue.At(counter).Presence is Presence.PauseAfter
            ? new([.. events, new PresenceChanged(counter, Presence.Pause, events[^1].At)])
            : new(events);

    internal static Queue Apply(Queue queue, CounterOpened e) => queue.With(e.Counter, c => c.Ready() with { Open = true });

    internal static Queue Apply(Queue queue, CounterClosed e) =>
        queue.With(e.Counter, c => c.Ready() with { Open = false, Clerk = null, Profile = null, LastStep = null });

    internal static Queue Apply(Queue queue, ClerkLoggedIn e) => queue.With(e.Counter, c => c.Clerk == e.Clerk
        ? c with { Profile = e.Profile }
        : c.Ready() with { Clerk = e.Clerk, Profile = e.Profile, LastStep = null });

    internal static Queue Apply(Queue queue, PresenceChanged e) =>
        queue.With(e.Counter, c => c with { Presence = e.Presence, PausedAt = e.Presence is Presence.Pause ? e.At : null });
}

/// <summary>Whether a counter calls tickets.</summary>
[JsonConverter(typeof(KebabEnum<Presence>))]
public enum Presence
{
    Ready,
    /// <summary>A pause begins when the present visit is over.</summary>
    PauseAfter,
    Pause,
}
