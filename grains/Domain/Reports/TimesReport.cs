using System.Globalization;

namespace Aufruf.Domain.Reports;

/// <summary>One measure, told apart by one thing.</summary>
/// <param name="Unmarked">Parts whose service time is not known: nobody marked the arrival, or the day ended them.</param>
public sealed record TimesReport(Measure Measure, By By, IReadOnlyList<TimesReport.Group> Groups, Distribution All, int Unmarked)
{
    /// <param name="Key">Hour "09", weekday "1" (Monday) to "7", or the id of a service, counter or clerk.</param>
    public sealed record Group(string Key, Distribution Times);

    private readonly record struct Case(TimeSpan Time, DateTimeOffset At, ServiceId Service, CounterId? Counter, ClerkId? Clerk);

    internal static IReadOnlyList<TimesReport> AllOf(IReadOnlyList<TicketFact> tickets, ReportScope scope, bool perClerk)
    {
        var unmarked = tickets.Sum(t => t.Parts.Count(p => !p.Accurate));
        By[] ways = perClerk ? [By.Hour, By.Weekday, By.Service, By.Counter, By.Clerk] : [By.Hour, By.Weekday, By.Service, By.Counter];
        return [.. Enum.GetValues<Measure>().SelectMany(measure => ways.Select(way =>
        {
            Case[] cases = [.. CasesOf(measure, way, tickets)];
            return new TimesReport(measure, way,
                [.. cases.GroupBy(one => KeyOf(one, way, scope), one => one.Time).Where(g => g.Key is not null)
                    .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Group(g.Key ?? "", Distribution.Of(g)))],
                Distribution.Of(cases.Select(one => one.Time)), measure is Measure.Service ? unmarked : 0);
        }))];
    }

    private static IEnumerable<Case> CasesOf(Measure measure, By by, IEnumerable<TicketFact> tickets) => measure switch
    {
        Measure.Wait => tickets.SelectMany(t => Known(t.WaitTime, wait => new Case(wait, t.Due, t.Service, t.FirstCounter, t.Parts is [var first, ..] ? first.Clerk : null))),
        Measure.Walk => tickets.SelectMany(t => t.Parts).SelectMany(p => Known(p.WalkTime, walk => new Case(walk, p.Called, p.Service, p.Counter, p.Clerk))),
        // A visit adds up all its parts; where services, counters or clerks are compared, each has the parts that are its own.
        _ when by is By.Hour or By.Weekday => tickets.SelectMany(t => Known(t.ServiceTime, service => new Case(service, t.Parts.First(p => p.ServiceTime is not null).Called, t.Service, null, null))),
        _ => tickets.SelectMany(t => t.Parts.Where(p => p.ServiceTime is not null).GroupBy(p => by switch { By.Service => p.Service.Value, By.Counter => p.Counter.Value, _ => p.Clerk?.Value }))
            .Select(own => new Case(own.Aggregate(TimeSpan.Zero, (sum, p) => sum + (p.ServiceTime ?? TimeSpan.Zero)), own.First().Called, own.First().Service, own.First().Counter, own.First().Clerk)),
    };

    private static Case[] Known(TimeSpan? time, Func<TimeSpan, Case> of) => time is { } known ? [of(known)] : [];

    private static string? KeyOf(Case one, By by, ReportScope scope) => by switch
    {
        By.Hour => scope.Local(one.At).Hour.ToString("00", CultureInfo.InvariantCulture),
        By.Weekday => ((((int)scope.Local(one.At).DayOfWeek + 6) % 7) + 1).ToString(CultureInfo.InvariantCulture),
        By.Service => one.Service.Value,
        By.Counter => one.Counter?.Value,
        _ => one.Clerk?.Value,
    };
}
