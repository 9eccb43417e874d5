namespace Aufruf.Domain.Queues;

/// <summary>Citizens join the queue: without a booking, or with one that they check in.</summary>
public static class Taking
{
    extension(Refusal)
    {
        public static Refusal UnknownService => new("unknown-service",
            "Diese Dienstleistung gibt es in diesem Wartebereich nicht.",
            "There is no such service in this waiting area.", RefusalKind.NotFound);

        public static Refusal NoNumberLeft => new("no-number-left",
            "Zurzeit sind alle Nummern vergeben. Bitte wenden Sie sich an den Empfang.",
            "All numbers are taken at the moment. Please ask at the reception.");
    }

    internal static Decision<QueueEvent> Decide(Queue queue, TakeTicket command, Setting setting, DateTimeOffset now)
    {
        if (queue.Tickets.ContainsKey(command.Ticket))
        {
            return Queue.NothingToDo; // The ticket has been taken already: a repeat gives no second one.
        }

        if (setting.Area.Service(command.Service) is not { } service || command.Also.Any(also => setting.Area.Service(also) is null))
        {
            return Refusal.UnknownService;
        }

        if (command.Priority is { } reason && !setting.Office.HasPriority(reason))
        {
            return Refusal.UnknownPriority;
        }

        if (command.Person is not null && !setting.Area.Rules.AskName)
        {
            return Refusal.NamesNotAsked;
        }

        return queue.WhyNoTicket(service, command.By, setting, now)
            ?? (queue.FreeNumber(service.Letter) is not { } number ? (Decision<QueueEvent>)Refusal.NoNumberLeft : new([
                new TicketTaken(command.Ticket, command.Code, number, command.Service, command.Language, now),
                .. Details(command.Ticket, command.Service, command.Also, command.Priority, command.Remark, command.Person, null,
                    now),
                .. command.Forecast is { } given
                    ? [new ForecastGiven(command.Ticket, given.P10, given.P50, given.P90, now)] : (QueueEvent[])[],
            ]));
    }

    /// <summary>Why no ticket is given for a service now. A clerk may still enter a citizen, until the day is over.</summary>
    public static Refusal? WhyNoTicket(this Queue queue, Service service, ClerkId? by, Setting setting, DateTimeOffset now) =>
        queue.IsOver(setting, now) ? Refusal.DayIsOver
        : by is not null ? null
        : DayLimits.RefusalOf(setting, service, now, queue.TakenFor(service.Id))
            ?? (queue.Stopped.ContainsKey(service.Id) ? Refusal.ServiceStopped : null);

    /// <summary>A booking was made long before: neither caps nor stops hold for it. A second check-in gives no second ticket.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, CheckIn command, Setting setting, DateTimeOffset now) =>
        queue.Tickets.ContainsKey(command.Ticket) ? Queue.NothingToDo
        : setting.Area.Service(command.Service) is not { } service ? Refusal.UnknownService
        : queue.IsOver(setting, now) ? Refusal.DayIsOver
        : queue.FreeNumber(command.Letter ?? service.Letter) is not { } number ? Refusal.NoNumberLeft
        : (QueueEvent[])
        [
            new CheckedIn(command.Ticket, command.Code, number, command.Service, command.Language, command.Booked, now),
            .. Details(command.Ticket, command.Service, command.Also, priority: null, remark: null, person: null, about: null, now),
        ];

    /// <summary>The events for what else is known of a ticket that joins.</summary>
    /// <param name="about">The file number of its case.</param>
    internal static IEnumerable<QueueEvent> Details(TicketId ticket, ServiceId service, IReadOnlyList<ServiceId> also, string? priority,
        string? remark, string? person, string? about, DateTimeOffset now)
    {
        ServiceId[] further = [.. also.Distinct().Where(s => s != service)];
        return
        [
            .. further.Length > 0 ? [new ServicesChosen(ticket, further, now)] : (QueueEvent[])[],
            .. priority is not null ? [new PriorityGiven(ticket, priority, now)] : (QueueEvent[])[],
            .. remark is not null ? [new RemarkWritten(ticket, remark, now)] : (QueueEvent[])[],
            .. person is not null ? [new PersonWritten(ticket, person, now)] : (QueueEvent[])[],
            .. about is not null ? [new CaseAttached(ticket, about, null, now)] : (QueueEvent[])[],
        ];
    }

    internal static Queue Apply(Queue queue, TicketTaken e) =>
        queue.WithNew(new(e.Ticket, e.Code, e.Number, e.Service, e.Language, Place: queue.Tickets.Count + 1, e.At));

    internal static Queue Apply(Queue queue, CheckedIn e) =>
        queue.WithNew(new(e.Ticket, e.Code, e.Number, e.Service, e.Language, Place: queue.Tickets.Count + 1, e.At)
        {
            Booked = e.Booked,
            DueAt = e.Booked > e.At ? e.Booked : e.At,
        });

    internal static Queue Apply(Queue queue, ServicesChosen e) => queue.With(queue.Tickets[e.Ticket] with { Also = e.Also });
}
