namespace Aufruf.Domain.Reports;

/// <summary>The days, area and service of a report.</summary>
/// <param name="Area">Null: all waiting areas of the office.</param>
/// <param name="Service">The service that was asked for first; null: all.</param>
public sealed record ReportQuery(DateOnly From, DateOnly To, string? Area = null, ServiceId? Service = null);

/// <summary>The office as it is configured now, the query, and the present moment.</summary>
public sealed record ReportScope(Office Office, ReportQuery Query, DateTimeOffset Now)
{
    /// <summary>An instant on the wall clock of the office.</summary>
    public DateTime Local(DateTimeOffset instant) => Office.LocalTime(instant).DateTime;

    /// <summary>Hour of the office's clock, "09".</summary>
    public string HourOf(DateTimeOffset instant) => Local(instant).ToString("HH", CultureInfo.InvariantCulture);

    public DateOnly Today => DateOnly.FromDateTime(Local(Now));

    /// <summary>The end of spans that are still open: now, or the last event of a past day that was not closed.</summary>
    public DateTimeOffset EndOf(DayFacts day) => day.Queue.Day == Today ? Now : day.LastAt ?? Now;

    public bool Wants(TicketFact ticket) => Query.Service is not { } service || ticket.Service == service;
}
