namespace Aufruf.Domain.Queues;

/// <summary>A clerk's message to the citizen, on the ticket's page.</summary>
public static class Notifying
{
    internal static Decision<QueueEvent> Decide(Queue queue, Notify command, Ticket ticket, Setting setting, DateTimeOffset now) =>
        queue.IsOver(setting, now) ? Refusal.DayIsOver
        : !ticket.Alive ? Refusal.NotWaiting
        : new CitizenNotified(ticket.Id, command.Kind, command.Kind is NoticeKind.Text ? command.Text : null, command.By, now);

    internal static Queue Apply(Queue queue, CitizenNotified e) =>
        queue.With(queue.Tickets[e.Ticket] with { Notice = new(e.Kind, e.Text, e.At) }, isFinal: false);
}

/// <param name="Text">Sealed with the day's key; null: the fixed text of the kind.</param>
public sealed record TicketNotice(NoticeKind Kind, string? Text, DateTimeOffset At);

/// <summary>The fixed messages, which the ticket's page has in every language, and a text of the clerk's own.</summary>
[JsonConverter(typeof(KebabEnum<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>The call is near: please wait close to the board.</summary>
    ComeCloser,
    /// <summary>It takes longer than expected.</summary>
    Delay,
    /// <summary>Please have the papers ready.</summary>
    PapersReady,
    /// <summary>The document is finished and can be fetched.</summary>
    DocumentReady,
    /// <summary>Please ask at the reception.</summary>
    ToReception,
    /// <summary>A text of the clerk.</summary>
    Text,
}
