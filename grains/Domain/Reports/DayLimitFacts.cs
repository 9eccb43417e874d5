namespace Aufruf.Domain.Reports;

/// <summary>A day on which a service reached its daily cap. The cap is the present one: the journal does not know earlier ones.</summary>
/// <param name="At">When the last of them was taken.</param>
public sealed record CapReached(DateOnly Day, ServiceId Service, int Cap, int Taken, DateTimeOffset At)
{
    internal static IReadOnlyList<CapReached> Of(IReadOnlyList<DayFacts> facts, ReportScope scope) =>
    [
        .. from day in facts.OrderBy(d => d.Queue.Day)
           from service in scope.Office.Area(day.Queue.Area)?.Services ?? []
           let cap = service.DailyCap ?? int.MaxValue
           where scope.Query.Service is null || scope.Query.Service == service.Id
           let taken = day.Tickets.Where(t => t.Service == service.Id && t.FromArea is null && !t.NeverCame)
               .OrderBy(t => t.Arrived).ToArray()
           where taken.Length >= cap
           select new CapReached(day.Queue.Day, service.Id, cap, taken.Length, taken[cap - 1].Arrived),
    ];
}

/// <summary>A span of a day in which no tickets were given for a service.</summary>
/// <param name="To">Null: until the end of the day.</param>
public sealed record StopOfDay(DateOnly Day, ServiceId Service, StopKind Kind, DateTimeOffset From, DateTimeOffset? To)
{
    internal static IReadOnlyList<StopOfDay> Of(IReadOnlyList<DayFacts> facts, ReportScope scope) =>
    [
        .. from day in facts.OrderBy(d => d.Queue.Day)
           from stop in day.Stops
           where scope.Query.Service is null || scope.Query.Service == stop.Service
           orderby stop.Time.From
           select new StopOfDay(day.Queue.Day, stop.Service, stop.Kind, stop.Time.From, stop.Time.To),
    ];
}
