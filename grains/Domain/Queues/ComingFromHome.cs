namespace Aufruf.Domain.Queues;

/// <summary>Tickets that citizens take at home. Such a ticket keeps its place in the line, and is called only when its citizen is here.
/// </summary>
public static class ComingFromHome
{
    extension(Refusal)
    {
        public static Refusal NoHomeTickets => new("no-home-tickets",
            "In diesem Wartebereich gibt es Nummern nur vor Ort.",
            "In this waiting area, numbers are given at the office only.");

        public static Refusal HomeTicketsOut => new("home-tickets-out",
            "Zurzeit sind alle Nummern für zu Hause vergeben. Bitte versuchen Sie es später noch einmal.",
            "All numbers for citizens at home are taken at the moment. Please try again later.");

        public static Refusal NotHereYet => new("not-here-yet",
            "Diese Person ist noch unterwegs. Bitte melden Sie sie an, wenn sie da ist.",
            "This citizen is still on the way. Please check the citizen in on arrival.");

        public static Refusal HomeTicketLapsed => new("home-ticket-lapsed",
            "Die Zeit für diese Nummer ist abgelaufen. Bitte ziehen Sie eine neue Nummer oder fragen Sie am Empfang.",
            "The time for this number is over. Please take a new number or ask at the reception.");
    }

    internal static Decision<QueueEvent> Decide(Queue queue, TakeAtHome command, Setting setting, DateTimeOffset now)
    {
        if (queue.Tickets.ContainsKey(command.Ticket))
        {
            return Queue.NothingToDo; // A repeat gives no second ticket.
        }

        if (setting.Area.Service(command.Service) is not { } service)
        {
            return Refusal.UnknownService;
        }

        if (setting.Area.HomeTickets is not { } rules)
        {
            return Refusal.NoHomeTickets;
        }

        return queue.WhyNotFromHome(service, setting, now) is { } refusal ? refusal
            : queue.FreeNumber(service.Letter) is not { } number ? Refusal.NoNumberLeft
            : new TicketTakenAtHome(command.Ticket, command.Code, number, command.Service, command.Language,
                now.AddMinutes(rules.MinutesBefore), KeptUntil(rules, command.Wait, setting.Office, now), now);
    }

    /// <summary>Why no ticket of a service is given to a citizen at home now; null: it is.</summary>
    public static Refusal? WhyNotFromHome(this Queue queue, Service service, Setting setting, DateTimeOffset now) =>
        setting.Area.HomeTickets is not { } rules ? Refusal.NoHomeTickets
        : queue.WhyNoTicket(service, by: null, setting, now) is { } refusal ? refusal
        : IsTooLate(setting, now.AddMinutes(rules.MinutesBefore), now) ? Refusal.TicketsEnded
        : queue.Coming.Count >= rules.Cap ? Refusal.HomeTicketsOut
        : null;

    /// <summary>When the first of those on their way is here or has lost the number, at the latest.</summary>
    public static DateTimeOffset? NextHomeTicketAt(this Queue queue) => queue.Coming.Select(id => queue.Tickets[id].Home?.ArriveBy).Min();

    /// <summary>A citizen who comes at the earliest time of the call must still get a ticket's service today.</summary>
    private static bool IsTooLate(Setting setting, DateTimeOffset earliest, DateTimeOffset now) =>
        setting.Office.Day(earliest) != setting.Office.Day(now)
        || !setting.Office.TakesTicketsAt(earliest, setting.Area.Rules.LastTicketMinutes);

    /// <summary>In a long queue nobody has to come early: the number is kept until some time after its probable call.</summary>
    private static DateTimeOffset KeptUntil(HomeTickets rules, WaitRange? wait, Office office, DateTimeOffset now)
    {
        var kept = now.AddMinutes(Math.Ceiling(Math.Max(rules.MinutesBefore, wait?.P90 ?? 0)) + rules.GraceMinutes);
        return office.ClosesAt(now) is { } closes && closes < kept ? closes : kept;
    }

    /// <summary>The citizen is here. A second arrival changes nothing; nor does one with a ticket that was taken at the office.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, ComeIn command, Ticket ticket, Setting setting, DateTimeOffset now) =>
        ticket.State switch
        {
            TicketState.Lapsed => Refusal.HomeTicketLapsed,
            TicketState.Coming when queue.IsOver(setting, now) => Refusal.DayIsOver,
            TicketState.Coming => new CameIn(ticket.Id, command.By, now),
            _ when ticket.Alive => Queue.NothingToDo,
            _ => Refusal.NotWaiting,
        };

    /// <summary>The clerk has checked in the wrong one. After a call that citizen is known to be here.</summary>
    internal static Decision<QueueEvent> Decide(UndoComeIn command, Ticket ticket, DateTimeOffset now) => ticket switch
    {
        { State: TicketState.Coming } => Queue.NothingToDo,
        { State: TicketState.Waiting, Home.CameAt: not null, CalledAt: null } => new CameInUndone(ticket.Id, command.By, now),
        _ => Refusal.NothingToUndo,
    };

    /// <summary>Ends the tickets of those who did not come in time.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, DateTimeOffset now) => new(
        [.. queue.LateAt(now).OrderBy(t => t.Place).Select(t => new TicketLapsed(t.Id, now))]);

    /// <summary>Those on their way whose time is over.</summary>
    public static IEnumerable<Ticket> LateAt(this Queue queue, DateTimeOffset now) =>
        queue.Coming.Select(id => queue.Tickets[id]).Where(t => t.Home?.ArriveBy < now);

    internal static Queue Apply(Queue queue, TicketTakenAtHome e) =>
        queue.WithNew(new(e.Ticket, e.Code, e.Number, e.Service, e.Language, Place: queue.Tickets.Count + 1, e.At, TicketState.Coming)
        {
            Home = new(e.Earliest, e.ArriveBy),
        });

    internal static Queue Apply(Queue queue, CameIn e) => queue.With(queue.Tickets[e.Ticket].HereFrom(e.At) with
    {
        State = TicketState.Waiting,
    });

    internal static Queue Apply(Queue queue, CameInUndone e)
    {
        var ticket = queue.Tickets[e.Ticket];
        return queue.With(ticket with
        {
            State = TicketState.Coming,
            NotBefore = null,
            HereSince = ticket.TakenAt,
            Home = ticket.Home is { } home ? home with { CameAt = null } : null,
        });
    }

    internal static Queue Apply(Queue queue, TicketLapsed e) =>
        queue.With(queue.Tickets[e.Ticket] with { State = TicketState.Lapsed, EndedAt = e.At });

    /// <summary>Its citizen is here from now on. The place in the line is that of the time at which the ticket was taken.</summary>
    /// <remarks>A clock that was ahead when the ticket was taken lengthens no wait.</remarks>
    internal static Ticket HereFrom(this Ticket ticket, DateTimeOffset at) => ticket.Home is not { CameAt: null } home ? ticket
        : ticket with
        {
            HereSince = at,
            NotBefore = home.Earliest <= at ? null : ticket.TakenAt <= at ? home.Earliest : at + (home.Earliest - ticket.TakenAt),
            Home = home with { CameAt = at },
        };
}

/// <summary>A ticket that was taken at home.</summary>
/// <param name="Earliest">It is not called before.</param>
/// <param name="ArriveBy">Its citizen loses the number by coming later.</param>
/// <param name="CameAt">Null: not here yet.</param>
public sealed record FromHome(DateTimeOffset Earliest, DateTimeOffset ArriveBy, DateTimeOffset? CameAt = null);
