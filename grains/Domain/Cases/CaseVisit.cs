namespace Aufruf.Domain.Cases;

/// <summary>A ticket that a case belongs to: its queue and id lead to it.</summary>
public sealed record CaseVisit(QueueKey Queue, TicketId Ticket)
{
    /// <summary>"alsdorf.rathaus.erdgeschoss.2026-11-23/0b0a...", as it stands in addresses.</summary>
    public override string ToString() => $"{Queue}/{Ticket}";

    /// <summary>Null: it is no such text.</summary>
    public static CaseVisit? Parse(string? text) => text?.Split('/') is [var queue, var ticket]
        && QueueKey.TryParse(queue, out var key) && Guid.TryParse(ticket, out var id) ? new(key.Value, new(id)) : null;
}

/// <summary>The end of a visit, as the case keeps it.</summary>
[JsonConverter(typeof(KebabEnum<VisitEnd>))]
public enum VisitEnd
{
    /// <summary>The citizen got all.</summary>
    Served,

    /// <summary>Nothing was done.</summary>
    NothingDone,

    /// <summary>The citizen has to come again with further papers.</summary>
    PapersMissing,

    /// <summary>The citizen comes back today for the finished document.</summary>
    Pickup,

    /// <summary>The end was taken back, and the visit goes on.</summary>
    GoesOn,
}

/// <summary>A case keeps each end of a visit once, however often it is reported.</summary>
internal static class Visiting
{
    public const int MostVisits = 500;

    public static Decision<CaseEvent> Note(CitizenCase c, CaseCommand.NoteVisit command, DateTimeOffset now) =>
        c.Visits.GetValueOrDefault(command.Visit.Ticket, VisitEnd.GoesOn) == command.End ? Array.Empty<CaseEvent>()
        : c.Visits.Count >= MostVisits ? Refusal.CaseFull
        : new CaseEvent.VisitNoted(command.Visit, command.Number, command.End, command.Clerk, now);

    public static CitizenCase Apply(CitizenCase c, CaseEvent.VisitNoted e) =>
        c with { Visits = c.Visits.SetItem(e.Visit.Ticket, e.End) };
}
