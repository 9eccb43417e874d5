using System.Globalization;
using Aufruf.Domain.Queues;

namespace Aufruf.Domain.Reports;

/// <summary>Who was called and did not come.</summary>
/// <param name="Key">Hour of the first call, or id of the service.</param>
/// <param name="Called">Tickets that were called at least once.</param>
/// <param name="Missed">Of these, how many were given up in the end.</param>
/// <param name="InVain">Calls to which nobody came, also of tickets that came later.</param>
/// <param name="Appointments">Checked-in appointments that were called; who never checked in has no ticket and is not here.</param>
public sealed record MissedTotals(By By, string Key, int Called, int Missed, int InVain, int Appointments, int AppointmentsMissed)
{
    internal static IReadOnlyList<MissedTotals> Of(IEnumerable<TicketFact> tickets, ReportScope scope)
    {
        TicketFact[] called = [.. tickets.Where(t => t.FirstCall is not null)];
        string HourOf(TicketFact t) => scope.Local(t.FirstCall ?? t.Due).Hour.ToString("00", CultureInfo.InvariantCulture);
        return
        [
            .. called.GroupBy(t => t.Service.Value).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(By.Service, g.Key, [.. g])),
            .. called.GroupBy(HourOf).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(By.Hour, g.Key, [.. g])),
        ];
    }

    private static MissedTotals Of(By by, string key, TicketFact[] called) => new(by, key, called.Length,
        called.Count(t => t.State is TicketState.Missed), called.Sum(t => t.Misses),
        called.Count(t => t.Booked is not null), called.Count(t => t.Booked is not null && t.State is TicketState.Missed));
}
