using System.Globalization;

namespace Aufruf.Domain.Reports;

/// <summary>How honest the forecasts were: what was said, against what became of it.</summary>
/// <param name="Key">Hour in which it was said, or id of the service; "" for all.</param>
/// <param name="Given">Forecasts whose outcome is known.</param>
/// <param name="WithoutOutcome">Nobody called before the ticket was given back or the day ended, or nobody has yet.</param>
/// <param name="Sooner">Share of calls before the range that was said.</param>
/// <param name="Within">Share of calls within it; four of five are promised.</param>
/// <param name="Later">Share of calls after it.</param>
/// <param name="MeanError">Mean distance from the middle that was said, in minutes.</param>
public sealed record Honesty(By? By, string Key, int Given, int WithoutOutcome, double? Sooner, double? Within, double? Later, double? MeanError)
{
    /// <summary>The range that is said reaches from P10 to P90.</summary>
    public const double Promised = 0.8;

    public const int FewestForShares = 10;

    private readonly record struct Case(string Service, string Hour, ForecastFact Said, double? Became);

    internal static IReadOnlyList<Honesty> Of(IEnumerable<TicketFact> tickets, ReportScope scope)
    {
        Case[] cases = [.. from ticket in tickets
                           from said in ticket.Forecasts
                           let became = ticket.FirstCall >= said.At ? (ticket.FirstCall - said.At)?.TotalMinutes : null
                           select new Case(ticket.Service.Value, scope.Local(said.At).Hour.ToString("00", CultureInfo.InvariantCulture), said, became)];
        return cases.Length == 0 ? [] :
        [
            Of(null, "", cases),
            .. cases.GroupBy(c => c.Service).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(Reports.By.Service, g.Key, [.. g])),
            .. cases.GroupBy(c => c.Hour).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(Reports.By.Hour, g.Key, [.. g])),
        ];
    }

    private static Honesty Of(By? by, string key, Case[] cases)
    {
        Case[] known = [.. cases.Where(c => c.Became is not null)];
        double? Share(Func<Case, bool> which) => known.Length >= FewestForShares ? known.Count(which) / (double)known.Length : null;
        return new(by, key, known.Length, cases.Length - known.Length,
            Share(c => c.Became < c.Said.P10), Share(c => c.Became >= c.Said.P10 && c.Became <= c.Said.P90), Share(c => c.Became > c.Said.P90),
            known.Length > 0 ? known.Average(c => Math.Abs((c.Became ?? 0) - c.Said.P50)) : null);
    }
}
