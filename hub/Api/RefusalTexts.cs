using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;

namespace Aufruf.Hub.Api;

/// <summary>Every expected no, in one text for people and one HTTP status.</summary>
public static class RefusalTexts
{
    /// <summary>"nobody-waiting": the same word in the API, on MQTT and in the journal.</summary>
    public static string Word(this Refusal refusal) => JsonNamingPolicy.KebabCaseLower.ConvertName(refusal.ToString());

    public static string Text(this Refusal refusal, string language) => refusal.Texts().In(language);

    public static int Status(this Refusal refusal) => refusal switch
    {
        Refusal.UnknownCounter or Refusal.UnknownService or Refusal.UnknownHolder or Refusal.UnknownTicket => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };

    /// <summary>For citizens of one office: who finds it closed reads when it opens again.</summary>
    public static Texts Texts(this Refusal refusal, Office office, DateTimeOffset now)
    {
        if (refusal is not (Refusal.OfficeClosed or Refusal.TicketsEnded) || office.NextOpening(now, AWeekOrTwo) is not { } opens)
        {
            return refusal.Texts();
        }

        var (at, isToday) = (office.LocalTime(opens), office.Day(opens) == office.Day(now));
        string In(string culture, string format) => at.ToString(format, CultureInfo.GetCultureInfo(culture));
        var (german, english) = refusal is Refusal.OfficeClosed
            ? ("Wir haben gerade geschlossen.", "We are closed at the moment.")
            : ("Wir schließen bald und geben keine Nummern mehr aus.", "We are closing soon and give no more tickets.");
        return Both(
            $"{german} Wir öffnen wieder {(isToday ? "heute" : In("de-DE", "'am' dddd, d. MMMM,"))} um {In("de-DE", "H:mm")} Uhr.",
            $"{english} We open again {(isToday ? "today" : In("en-GB", "'on' dddd, d MMMM,"))} at {In("en-GB", "H:mm")}.");
    }

    // Whoever is closed for longer says so on paper; and a public holiday between two weekends is still found.
    private static readonly TimeSpan AWeekOrTwo = TimeSpan.FromDays(16);

    public static Texts Texts(this Refusal refusal) => refusal switch
    {
        Refusal.NobodyWaiting => Both("Es wartet niemand, den dieser Schalter aufrufen kann.", "Nobody is waiting for this counter."),
        Refusal.CounterIdle => Both("An diesem Schalter ist gerade niemand aufgerufen.", "No ticket is called to this counter."),
        Refusal.AlreadyArrived => Both("Die Person ist schon am Schalter.", "The person is already at the counter."),
        Refusal.VisitOpen => Both("Bitte beenden Sie zuerst die laufende Bedienung.", "Please finish the current visit first."),
        Refusal.UnknownCounter => Both("Diesen Schalter gibt es in diesem Wartebereich nicht.", "There is no such counter in this waiting area."),
        Refusal.UnknownService => Both("Diese Dienstleistung gibt es in diesem Wartebereich nicht.", "There is no such service in this waiting area."),
        Refusal.NoNumberLeft => Both("Zurzeit sind alle Nummern vergeben. Bitte wenden Sie sich an den Empfang.", "All numbers are taken at the moment. Please ask at the reception."),
        Refusal.StaleFace => Both("Am Schalter hat sich inzwischen etwas geändert. Bitte sehen Sie noch einmal hin.", "Something has changed at the counter. Please look again."),
        Refusal.TooLate => Both("Der Tastendruck kam zu spät an und wurde nicht ausgeführt.", "The press arrived too late and was not carried out."),
        Refusal.UnknownHolder => Both("Dazu gibt es keinen Zugang.", "No credential was issued under this name."),
        Refusal.UnknownTicket => Both("Dieses Ticket gibt es heute nicht.", "There is no such ticket today."),
        Refusal.NotWaiting => Both("Dieses Ticket wartet nicht mehr. Bitte sehen Sie noch einmal hin.", "This ticket is no longer waiting. Please look again."),
        Refusal.NotMissed => Both("Nur ein verpasstes oder zurückgegebenes Ticket kann wieder eingereiht werden.", "Only a missed or cancelled ticket can be put back into the queue."),
        Refusal.NotPermitted => Both("In diesem Wartebereich wird der Reihe nach aufgerufen.", "In this waiting area tickets are called in order."),
        Refusal.UnknownPriority => Both("Diesen Grund für Vorrang führt das Amt nicht.", "The office does not know this reason for priority."),
        Refusal.UnknownProfile => Both("Dieses Arbeitsprofil gibt es in diesem Wartebereich nicht.", "There is no such work profile in this waiting area."),
        Refusal.CounterTaken => Both("An diesem Schalter bedient gerade jemand anderes.", "Somebody else is serving at this counter."),
        Refusal.CounterClosed => Both("Dieser Schalter ist geschlossen. Bitte öffnen Sie ihn zuerst.", "This counter is closed. Please open it first."),
        Refusal.ClerkNotHere => Both("Diese Person sitzt gerade an keinem Schalter.", "This clerk is at no counter at the moment."),
        Refusal.UnknownTarget => Both("Dorthin kann das Ticket nicht weitergeleitet werden.", "The ticket cannot be sent there."),
        Refusal.LettersShared => Both("Beide Wartebereiche vergeben dieselben Buchstaben; die Nummer wäre dort nicht eindeutig.", "Both waiting areas use the same letters; the number would not be unique there."),
        Refusal.NumberTaken => Both("Die Nummer ist inzwischen neu vergeben. Bitte geben Sie ein neues Ticket aus.", "The number has been given to somebody else. Please issue a new ticket."),
        Refusal.WrongTime => Both("Diese Zeit oder Anzahl ist nicht möglich. Bitte wählen Sie eine spätere Zeit von heute.", "This time or number is not possible. Please choose a later time today."),
        Refusal.WrongQuantity => Both("Bitte geben Sie eine Anzahl von 1 bis 99 an.", "Please enter a quantity from 1 to 99."),
        Refusal.NothingToUndo => Both("Das lässt sich nicht mehr rückgängig machen.", "This can no longer be undone."),
        Refusal.NoEmergency => Both("An diesem Schalter ist kein Notruf offen.", "No emergency call is open at this counter."),
        Refusal.ServiceStopped => Both("Für diese Dienstleistung werden gerade keine Tickets ausgegeben. Bitte fragen Sie am Empfang.", "No tickets are given for this service at the moment. Please ask at the reception."),
        Refusal.DayIsOver => Both("Der Tag ist abgeschlossen.", "The day is over."),
        // Opening hours and the limits of a day.
        Refusal.OfficeClosed => Both("Wir haben gerade geschlossen. Bitte kommen Sie zu den Öffnungszeiten wieder.", "We are closed at the moment. Please come back during opening hours."),
        Refusal.TicketsEnded => Both("Wir schließen bald und geben heute keine Nummern mehr aus. Bitte kommen Sie am nächsten Öffnungstag wieder.", "We are closing soon and give no more tickets today. Please come back on the next day we are open."),
        Refusal.ServiceClosed => Both("Diese Dienstleistung gibt es heute nicht. Bitte kommen Sie an einem anderen Tag oder fragen Sie am Empfang.", "This service is not available today. Please come on another day or ask at the reception."),
        Refusal.CapReached => Both("Für diese Dienstleistung sind heute alle Nummern vergeben. Bitte kommen Sie an einem anderen Tag möglichst früh.", "All of today’s tickets for this service are taken. Please come early on another day."),
        _ => throw new UnreachableException(),
    };

    private static Texts Both(string german, string english) => new() { ["de"] = german, ["en"] = english };
}
