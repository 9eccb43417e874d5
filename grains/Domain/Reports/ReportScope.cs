using Aufruf.Domain.Offices;

namespace Aufruf.Domain.Reports;

/// <summary>What a report is about.</summary>
/// <param name="Area">Null: all waiting areas of the office.</param>
/// <param name="Service">What was wanted first; null: all.</param>
public sealed record ReportQuery(DateOnly From, DateOnly To, string? Area = null, ServiceId? Service = null);

/// <summary>What turns facts into a report: the office as it is configured now, its clock, and the present moment.</summary>
public sealed record ReportScope(Office Office, ReportQuery Query, DateTimeOffset Now)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(Office.TimeZone);

    /// <summary>An instant on the wall clock of the office; never ambiguous in this direction, on days of clock changes neither.</summary>
    public DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone).DateTime;

    public DateOnly Today => DateOnly.FromDateTime(Local(Now));

    /// <summary>Until when what has no end has lasted: now, or the last that is known of a day that nobody closed.</summary>
    public DateTimeOffset EndOf(DayFacts day) => day.Queue.Day == Today ? Now : day.LastAt ?? Now;

    public bool Wants(TicketFact ticket) => Query.Service is not { } service || ticket.Service == service;
}
