namespace Aufruf.Domain.Reports;

/// <summary>Forecasts against their outcomes.</summary>
/// <param name="Key">Hour of the forecast, or id of the service; "" for all.</param>
/// <param name="Given">Forecasts whose outcome is known.</param>
/// <param name="WithoutOutcome">The ticket was never called, or has not been called yet.</param>
/// <param name="Sooner">Share of calls before the forecast range.</param>
/// <param name="Within">Share of calls within it; four of five are promised.</param>
/// <param name="Later">Share of calls after it.</param>
/// <param name="MeanError">Mean distance from the forecast middle, in minutes.</param>
public sealed record ForecastAccuracy(By? By, string Key, int Given, int WithoutOutcome, double? Sooner, double? Within, double? Later,
    double? MeanError)
{
    public const int FewestForShares = 10;

    private readonly record struct Case(string Service, string Hour, ForecastFact Given, double? Wait);

    internal static IReadOnlyList<ForecastAccuracy> Of(IEnumerable<TicketFact> tickets, ReportScope scope)
    {
        Case[] cases = [.. from ticket in tickets
                           from given in ticket.Forecasts
                           let wait = ticket.FirstCall >= given.At ? (ticket.FirstCall - given.At)?.TotalMinutes : null
                           select new Case(ticket.Service.Value, scope.HourOf(given.At), given, wait)];
        return cases.Length == 0 ? [] :
        [
            Of(null, "", cases),
            .. cases.GroupBy(c => c.Service).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Of(Reports.By.Service, g.Key, [.. g])),
            .. cases.GroupBy(c => c.Hour).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(Reports.By.Hour, g.Key, [.. g])),
        ];
    }

    private static ForecastAccuracy Of(By? by, string key, Case[] cases)
    {
        Case[] known = [.. cases.Where(c => c.Wait is not null)];
        double? Share(Func<Case, bool> which) => known.Length >= FewestForShares ? known.Count(which) / (double)known.Length : null;
        return new(by, key, known.Length, cases.Length - known.Length,
            Share(c => c.Wait < c.Given.P10), Share(c => c.Wait >= c.Given.P10 && c.Wait <= c.Given.P90), Share(c => c.Wait > c.Given.P90),
            known.Length > 0 ? known.Average(c => Math.Abs((c.Wait ?? 0) - c.Given.P50)) : null);
    }
}
