using static Aufruf.Hub.Offices.OfficeRules;

namespace Aufruf.Hub.Offices;

/// <summary>Warns of numbers for citizens at home that nobody can get, or that only a clerk can check in.</summary>
internal static class HomeTicketWarnings
{
    public static IEnumerable<Finding> Of(Office office) => office.Areas.SelectMany((area, a) =>
        area.HomeTickets is { } rules ? OfArea(office, area, rules, $"areas[{a}].homeTickets") : []);

    private static IEnumerable<Finding> OfArea(Office office, WaitingArea area, HomeTickets rules, string path)
    {
        if (office.Hours is { Series.Count: > 0 } hours && hours.Series.All(series => rules.MinutesBefore + area.Rules.LastTicketMinutes
            >= series.Span.To.Minutes - series.Span.From.Minutes))
        {
            yield return new($"{path}.minutesBefore", $"is {rules.MinutesBefore}, but the office is never open so long before its last "
                + $"ticket, so no number is given; choose fewer minutes, or fewer 'lastTicketMinutes' for area '{area.Id}'.",
                $"Die Behörde ist vor der letzten Nummer nie {rules.MinutesBefore} Minuten offen, also gibt es keine Nummer für zu Hause. "
                + $"Wählen Sie weniger Minuten, oder lassen Sie die Nummern in „{area.Id}“ später enden.");
        }

        if (!rules.CheckInByPhone && !office.HasKiosk(area))
        {
            yield return new(path, $"no kiosk serves area '{area.Id}', so only clerks can check in citizens from home; "
                + "add the area to a kiosk, or set 'checkInByPhone' to true.",
                $"Kein Kiosk gehört zu „{area.Id}“: Wer von zu Hause kommt, kann sich nur am Schalter anmelden. "
                + "Geben Sie den Wartebereich an einen Kiosk, oder erlauben Sie die Anmeldung am Telefon.");
        }
    }
}
