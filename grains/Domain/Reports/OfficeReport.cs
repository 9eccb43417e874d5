namespace Aufruf.Domain.Reports;

/// <summary>All reports of one office over some days.</summary>
/// <param name="PerClerk">The authority has switched on figures of single clerks.</param>
public sealed record OfficeReport(ReportQuery Query, DateTimeOffset AsOf, bool PerClerk)
{
    /// <summary>Days on which anything happened.</summary>
    public IReadOnlyList<DayTotals> Days { get; init; } = [];

    public IReadOnlyList<ServiceTotals> Services { get; init; } = [];

    public IReadOnlyList<GivenTotals> Given { get; init; } = [];

    public IReadOnlyList<TimesReport> Times { get; init; } = [];

    public IReadOnlyList<MissedTotals> Missed { get; init; } = [];

    public IReadOnlyList<CapReached> CapsReached { get; init; } = [];

    public IReadOnlyList<StopOfDay> Stops { get; init; } = [];

    public IReadOnlyList<QuarterHour> Load { get; init; } = [];

    public IReadOnlyList<ForecastAccuracy> Forecasts { get; init; } = [];

    public TimesReport TimesOf(Measure measure, By by) => Times.FirstOrDefault(t => t.Measure == measure && t.By == by)
        ?? new(measure, by, [], new(0, null, null, null), 0);

    public static OfficeReport Of(IReadOnlyList<DayFacts> facts, ReportScope scope)
    {
        TicketFact[] tickets = [.. facts.SelectMany(day => day.Tickets).Where(scope.Wants)];
        var perClerk = scope.Office.Reports.PerClerk;
        return new(scope.Query, scope.Now, perClerk)
        {
            Days = DayTotals.Of(facts, scope),
            Services = ServiceTotals.Of(tickets),
            Given = GivenTotals.Of(tickets),
            Times = TimesReport.AllOf(tickets, scope, perClerk),
            Missed = MissedTotals.Of(tickets, scope),
            CapsReached = CapReached.Of(facts, scope),
            Stops = StopOfDay.Of(facts, scope),
            Load = QuarterHour.Of(facts, scope),
            Forecasts = ForecastAccuracy.Of(tickets, scope),
        };
    }
}

/// <summary>The measured times; each is defined once, in <see cref="TicketTimes"/>.</summary>
[JsonConverter(typeof(KebabEnum<Measure>))]
public enum Measure { Wait, Walk, Service }

/// <summary>The kinds of groups. Hours are of the office's clock: of arrival (or booked start) for waits, else of the call.</summary>
[JsonConverter(typeof(KebabEnum<By>))]
public enum By { Hour, Weekday, Service, Counter, Clerk }

/// <summary>The totals of one day.</summary>
public sealed record DayTotals(DateOnly Day, int Tickets, int Served, int Missed, Distribution Wait)
{
    internal static IReadOnlyList<DayTotals> Of(IReadOnlyList<DayFacts> facts, ReportScope scope) =>
    [
        .. facts.GroupBy(day => day.Queue.Day).OrderBy(day => day.Key)
            .Where(day => day.Any(d => d.Tickets.Count > 0 || d.Counters.Count > 0)).Select(day =>
        {
            TicketFact[] tickets = [.. day.SelectMany(d => d.Tickets).Where(scope.Wants)];
            return new DayTotals(day.Key, tickets.Count(t => t.FromArea is null),
                tickets.Count(t => t.State is TicketState.Served or TicketState.Pickup),
                tickets.Count(t => t.State is TicketState.Missed), Distribution.Of(tickets.Select(t => t.WaitTime).OfType<TimeSpan>()));
        }),
    ];
}

/// <summary>The outcomes of the tickets of one service, the one asked for first.</summary>
/// <param name="Open">Not finished: the day is not over.</param>
/// <param name="CutOff">Served tickets that the end of the day closed.</param>
/// <param name="Lapsed">Taken at home; the citizen did not come in time.</param>
/// <param name="NothingDone">Of the served ones: nothing could be done.</param>
/// <param name="PapersMissing">Of the served ones: the citizen has to come again with further papers.</param>
/// <param name="FromOtherAreas">Tickets from another area, where they count as well.</param>
public sealed record ServiceTotals(
    ServiceId Service, int Tickets, int Served, int Missed, int CancelledByCitizen, int CancelledByClerk, int Transferred, int Expired,
    int Lapsed, int Open, int CutOff, int FromOtherAreas, int FromHome, int Appointments, int Priorities,
    int NothingDone, int PapersMissing)
{
    internal static IReadOnlyList<ServiceTotals> Of(IEnumerable<TicketFact> tickets) =>
        [.. tickets.GroupBy(t => t.Service).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Value, StringComparer.Ordinal)
        .Select(g => new ServiceTotals(g.Key, g.Count(),
            g.Count(t => t.State is TicketState.Served or TicketState.Pickup),
            g.Count(t => t.State is TicketState.Missed),
            g.Count(t => t.CancelledBy is CancelledBy.Citizen),
            g.Count(t => t.CancelledBy is CancelledBy.Clerk),
            g.Count(t => t.State is TicketState.Transferred),
            g.Count(t => t.State is TicketState.Expired),
            g.Count(t => t.State is TicketState.Lapsed),
            g.Count(t => t.State
                is TicketState.Coming or TicketState.Waiting or TicketState.Called or TicketState.Serving or TicketState.Parked),
            g.Count(t => t.CutOff), g.Count(t => t.FromArea is not null), g.Count(t => t.FromHome), g.Count(t => t.Booked is not null),
            g.Count(t => t.Priority is not null), g.Count(t => t.Outcome is ServedOutcome.NothingDone),
            g.Count(t => t.Outcome is ServedOutcome.PapersMissing)))];
}

/// <summary>How often a service was really given, in how many visits.</summary>
public sealed record GivenTotals(ServiceId Service, int Visits, int Quantity)
{
    internal static IReadOnlyList<GivenTotals> Of(IEnumerable<TicketFact> tickets) => [.. tickets
        .SelectMany(ticket => ticket.Given.GroupBy(g => g.Service).Select(g => (Service: g.Key, Quantity: g.Sum(x => x.Quantity))))
        .GroupBy(given => given.Service).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Value, StringComparer.Ordinal)
        .Select(g => new GivenTotals(g.Key, g.Count(), g.Sum(x => x.Quantity)))];
}
