namespace Aufruf.Domain.Offices;

/// <summary>Whether a ticket may be taken at all: opening hours, closed days and the day's cap, before the queue is asked.</summary>
public static class DayLimits
{
    // A public holiday between two weekends fits in. An office that is closed for longer says so on paper.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(16);

    extension(Refusal)
    {
        public static Refusal OfficeClosed => new("office-closed",
            "Wir haben gerade geschlossen. Bitte kommen Sie zu den Öffnungszeiten wieder.",
            "We are closed at the moment. Please come back during opening hours.");

        public static Refusal TicketsEnded => new("tickets-ended",
            "Wir schließen bald und geben heute keine Nummern mehr aus. Bitte kommen Sie am nächsten Öffnungstag wieder.",
            "We are closing soon and give no more tickets today. Please come back on the next day we are open.");

        public static Refusal ServiceClosed => new("service-closed",
            "Diese Dienstleistung gibt es heute nicht. Bitte kommen Sie an einem anderen Tag oder fragen Sie am Empfang.",
            "This service is not available today. Please come on another day or ask at the reception.");

        public static Refusal CapReached => new("cap-reached",
            "Für diese Dienstleistung sind heute alle Nummern vergeben. Bitte kommen Sie an einem anderen Tag möglichst früh.",
            "All of today’s tickets for this service are taken. Please come early on another day.");
    }

    /// <summary>Why no ticket of this service is given now, or null. The reason that lasts longest comes first.</summary>
    /// <param name="takenToday">Tickets of this service taken on the instant's day at the office, cancelled ones included.</param>
    public static Refusal? RefusalOf(Setting setting, Service service, DateTimeOffset instant, int takenToday)
    {
        var office = setting.Office;
        return !office.IsOpenAt(instant) ? Refusal.OfficeClosed
            : service.Closed.Any(days => days.Contains(office.Day(instant))) ? Refusal.ServiceClosed
            : !office.TakesTicketsAt(instant, setting.Area.Rules.LastTicketMinutes) ? Refusal.TicketsEnded
            : takenToday >= service.DailyCap ? Refusal.CapReached
            : null;
    }

    /// <summary>The texts for citizens of one office: when it is closed, they say when it opens again.</summary>
    public static Texts TextsAt(this Refusal refusal, Office office, DateTimeOffset now)
    {
        if ((refusal != Refusal.OfficeClosed && refusal != Refusal.TicketsEnded) || office.NextOpening(now, Horizon) is not { } opens)
        {
            return refusal.Texts;
        }

        var (at, isToday) = (office.LocalTime(opens), office.Day(opens) == office.Day(now));
        string In(string culture, string format) => at.ToString(format, CultureInfo.GetCultureInfo(culture));
        var (german, english) = refusal == Refusal.OfficeClosed
            ? ("Wir haben gerade geschlossen.", "We are closed at the moment.")
            : ("Wir schließen bald und geben keine Nummern mehr aus.", "We are closing soon and give no more tickets.");
        return new()
        {
            ["de"] = $"{german} Wir öffnen wieder {(isToday ? "heute" : In("de-DE", "'am' dddd, d. MMMM,"))} um {In("de-DE", "H:mm")} Uhr.",
            ["en"] = $"{english} We open again {(isToday ? "today" : In("en-GB", "'on' dddd, d MMMM,"))} at {In("en-GB", "H:mm")}.",
        };
    }
}
