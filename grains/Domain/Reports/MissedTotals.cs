namespace Aufruf.Domain.Reports;

/// <summary>Citizens who were called and did not come.</summary>
/// <param name="Key">Hour of the first call, or id of the service.</param>
/// <param name="Called">Tickets that were called at least once.</param>
/// <param name="Missed">Of these, how many ended as missed.</param>
/// <param name="InVain">Calls without an arrival, also of tickets whose citizen came later.</param>
/// <param name="Appointments">Checked-in appointments that were called. Without a check-in there is no ticket.</param>
public sealed record MissedTotals(By By, string Key, int Called, int Missed, int InVain, int Appointments, int AppointmentsMissed)
{
    internal static IReadOnlyList<MissedTotals> Of(IEnumerable<TicketFact> tickets, ReportScope scope)
    {
        TicketFact[] called = [.. tickets.Where(t => t.FirstCall is not null)];
        return
        [
            .. called.GroupBy(t => t.Service.Value).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Of(By.Service, g.Key, [.. g])),
            .. called.GroupBy(t => scope.HourOf(t.FirstCall ?? t.Due)).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Of(By.Hour, g.Key, [.. g])),
        ];
    }

    private static MissedTotals Of(By by, string key, TicketFact[] called) => new(by, key, called.Length,
        called.Count(t => t.State is TicketState.Missed), called.Sum(t => t.Misses),
        called.Count(t => t.Booked is not null), called.Count(t => t.Booked is not null && t.State is TicketState.Missed));
}
