namespace Aufruf.Domain.Queues;

/// <summary>Changes of one ticket, wherever it is: it is cancelled, gets a priority, a remark or a case.</summary>
public static class TicketChanges
{
    /// <summary>As long as a file number may be.</summary>
    private const int LongestCase = 60;

    extension(Refusal)
    {
        public static Refusal UnknownTicket => new("unknown-ticket",
            "Dieses Ticket gibt es heute nicht.", "There is no such ticket today.", RefusalKind.NotFound);

        public static Refusal UnknownPriority => new("unknown-priority",
            "Diesen Grund für Vorrang führt das Amt nicht.", "The office does not know this reason for priority.");

        public static Refusal UnknownCase => new("unknown-case",
            "Einen Vorgang mit diesem Zeichen gibt es hier nicht.", "There is no case with this number here.", RefusalKind.NotFound);

        public static Refusal NamesNotAsked => new("names-not-asked",
            "In diesem Wartebereich werden keine Namen aufgeschrieben.", "No names are written down in this waiting area.");
    }

    internal static Decision<QueueEvent> Decide(Cancel command, Ticket ticket, DateTimeOffset now) => ticket.State switch
    {
        TicketState.Cancelled => Queue.NothingToDo,
        TicketState.Coming or TicketState.Waiting or TicketState.Parked or TicketState.Pickup =>
            new TicketCancelled(ticket.Id, command.By, now),
        _ => Refusal.NotWaiting,
    };

    internal static Decision<QueueEvent> Decide(Prioritise command, Ticket ticket, Setting setting, DateTimeOffset now) =>
        command.Reason is { } reason && !setting.Office.HasPriority(reason) ? Refusal.UnknownPriority
        : !ticket.Alive ? Refusal.NotWaiting
        : ticket.Priority == command.Reason ? Queue.NothingToDo
        : new PriorityGiven(ticket.Id, command.Reason, now);

    /// <summary>That which is written about a ticket until the end of its day.</summary>
    internal static Decision<QueueEvent> DecideWritten(Queue queue, OfTicket command, Ticket ticket, Setting setting, DateTimeOffset now) =>
        command switch
        {
            WritePerson c => Decide(queue, c, ticket, setting, now),
            WriteRemark c => Decide(queue, c, ticket, setting, now),
            AttachCase c => Decide(queue, c, ticket, setting, now),
            _ => throw new UnreachableException(),
        };

    internal static Decision<QueueEvent> Decide(Queue queue, WriteRemark command, Ticket ticket, Setting setting, DateTimeOffset now) =>
        queue.IsOver(setting, now) ? Refusal.DayIsOver // The key of its remarks is destroyed, or will be at once.
        : ticket.Remark == command.Remark ? Queue.NothingToDo : new RemarkWritten(ticket.Id, command.Remark, now);

    internal static Decision<QueueEvent> Decide(Queue queue, WritePerson command, Ticket ticket, Setting setting, DateTimeOffset now) =>
        queue.IsOver(setting, now) ? Refusal.DayIsOver
        : command.Person is not null && !setting.Area.Rules.AskName ? Refusal.NamesNotAsked
        : ticket.Person == command.Person ? Queue.NothingToDo : new PersonWritten(ticket.Id, command.Person, now);

    internal static Decision<QueueEvent> Decide(Queue queue, AttachCase command, Ticket ticket, Setting setting, DateTimeOffset now) =>
        queue.IsOver(setting, now) ? Refusal.DayIsOver
        : command.Case is "" or { Length: > LongestCase } ? Refusal.UnknownCase
        : ticket.Case == command.Case ? Queue.NothingToDo : new CaseAttached(ticket.Id, command.Case, command.By, now);

    internal static Queue Apply(Queue queue, TicketCancelled e) => queue.With(queue.Tickets[e.Ticket] with
    {
        State = TicketState.Cancelled,
        EndedAt = e.At,
        NotBefore = null,
        NotBeforeCall = null,
        WakeAt = null,
        ParkedBy = null,
    });

    internal static Queue Apply(Queue queue, PriorityGiven e) => queue.With(queue.Tickets[e.Ticket] with { Priority = e.Reason });

    internal static Queue Apply(Queue queue, RemarkWritten e) => queue.With(queue.Tickets[e.Ticket] with { Remark = e.Remark });

    internal static Queue Apply(Queue queue, CaseAttached e) =>
        queue.With(queue.Tickets[e.Ticket] with { Case = e.Case }, isFinal: false);

    internal static Queue Apply(Queue queue, PersonWritten e) =>
        queue.With(queue.Tickets[e.Ticket] with { Person = e.Person }, isFinal: false);
}
