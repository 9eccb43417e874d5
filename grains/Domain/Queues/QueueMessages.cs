using System.Text.Json.Serialization;

namespace Aufruf.Domain.Queues;

/// <summary>Wishes to one queue. The names in quotes cross grain calls: add to them, never rename one.</summary>
[JsonDerivedType(typeof(TakeTicket), "take-ticket")]
[JsonDerivedType(typeof(CallNext), "call-next")]
[JsonDerivedType(typeof(Recall), "recall")]
[JsonDerivedType(typeof(MarkArrived), "mark-arrived")]
[JsonDerivedType(typeof(Finish), "finish")]
[JsonDerivedType(typeof(MarkMissed), "mark-missed")]
[JsonDerivedType(typeof(OpenCounter), "open-counter")]
[JsonDerivedType(typeof(CloseCounter), "close-counter")]
[JsonDerivedType(typeof(IgnorePress), "ignore-press")]
[JsonDerivedType(typeof(IgnoreTicket), "ignore-ticket")]
public abstract record QueueCommand
{
    private QueueCommand() { }

    public sealed record TakeTicket(TicketId Ticket, TicketCode Code, ServiceId Service, string Language) : QueueCommand;

    /// <summary>A wish made at one counter.</summary>
    /// <param name="Seen">Revision of the counter that the clerk saw; null when the wish comes from something that shows none.</param>
    public abstract record AtCounter(CounterId Counter, long? Seen) : QueueCommand;

    /// <summary>Calls the next ticket; a visit still open at the counter is finished by it.</summary>
    public sealed record CallNext(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record Recall(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record MarkArrived(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record Finish(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record MarkMissed(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record OpenCounter(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record CloseCounter(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>A press that must be recorded but not executed.</summary>
    public sealed record IgnorePress(CounterId Counter, Refusal Reason) : QueueCommand;

    /// <summary>A wish for a ticket that came too late: who wanted it has gone. Recorded, no ticket given.</summary>
    public sealed record IgnoreTicket(ServiceId Service, Refusal Reason) : QueueCommand;
}

/// <summary>Facts of one queue. The names in quotes are written to the journal: add to them, never rename one.</summary>
[JsonDerivedType(typeof(TicketTaken), "ticket-taken")]
[JsonDerivedType(typeof(TicketCalled), "ticket-called")]
[JsonDerivedType(typeof(TicketRecalled), "ticket-recalled")]
[JsonDerivedType(typeof(TicketArrived), "ticket-arrived")]
[JsonDerivedType(typeof(TicketServed), "ticket-served")]
[JsonDerivedType(typeof(TicketMissed), "ticket-missed")]
[JsonDerivedType(typeof(CounterOpened), "counter-opened")]
[JsonDerivedType(typeof(CounterClosed), "counter-closed")]
[JsonDerivedType(typeof(PressIgnored), "press-ignored")]
[JsonDerivedType(typeof(TicketIgnored), "ticket-ignored")]
public abstract record QueueEvent(DateTimeOffset At)
{
    public sealed record TicketTaken(TicketId Ticket, TicketCode Code, TicketNumber Number, ServiceId Service, string Language, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketCalled(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketRecalled(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketArrived(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketServed(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketMissed(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record CounterOpened(CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record CounterClosed(CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record PressIgnored(CounterId Counter, Refusal Reason, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketIgnored(ServiceId Service, Refusal Reason, DateTimeOffset At) : QueueEvent(At);
}
