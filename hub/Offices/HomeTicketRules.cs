using static Aufruf.Hub.Offices.OfficeRules;

namespace Aufruf.Hub.Offices;

/// <summary>Numbers that citizens take at home must be possible at some time of the week.</summary>
internal static class HomeTicketRules
{
    public static IEnumerable<Finding> Broken(Office office) =>
        from found in office.Areas.Select((area, a) => (Area: area, Path: $"areas[{a}].homeTickets.minutesBefore"))
        where found.Area.HomeTickets is { } rules && office.Hours is { Series.Count: > 0 } hours
            && hours.Series.All(series => rules.MinutesBefore + found.Area.Rules.LastTicketMinutes
                >= series.Span.To.Minutes - series.Span.From.Minutes)
        select new Finding(found.Path, $"is {found.Area.HomeTickets!.MinutesBefore}, but the office is never open so long before its last "
            + $"ticket, so no number would be given; choose fewer minutes, or a smaller 'lastTicketMinutes' of area '{found.Area.Id}'.");
}

/// <summary>Warns of an area whose citizens from home can say only to a clerk that they are here.</summary>
internal static class HomeTicketWarnings
{
    public static IEnumerable<Finding> Of(Office office) =>
        from found in office.Areas.Select((area, a) => (Area: area, Path: $"areas[{a}].homeTickets"))
        where found.Area.HomeTickets is { CheckInByPhone: false } && !office.HasKiosk(found.Area)
        select new Finding(found.Path, $"no kiosk serves area '{found.Area.Id}', so only clerks can check in citizens from home; "
            + "add the area to a kiosk, or set 'checkInByPhone' to true.");
}
