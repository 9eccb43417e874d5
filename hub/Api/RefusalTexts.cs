using System.Diagnostics;
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
        Refusal.UnknownCounter or Refusal.UnknownService or Refusal.UnknownHolder => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };

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
        // Opening hours and the limits of a day.
        Refusal.OfficeClosed => Both("Wir haben gerade geschlossen. Bitte kommen Sie zu den Öffnungszeiten wieder.", "We are closed at the moment. Please come back during opening hours."),
        Refusal.TicketsEnded => Both("Wir schließen bald und geben heute keine Nummern mehr aus. Bitte kommen Sie am nächsten Öffnungstag wieder.", "We are closing soon and give no more tickets today. Please come back on the next day we are open."),
        Refusal.ServiceClosed => Both("Diese Dienstleistung gibt es heute nicht. Bitte kommen Sie an einem anderen Tag oder fragen Sie am Empfang.", "This service is not available today. Please come on another day or ask at the reception."),
        Refusal.CapReached => Both("Für diese Dienstleistung sind heute alle Nummern vergeben. Bitte kommen Sie an einem anderen Tag möglichst früh.", "All of today’s tickets for this service are taken. Please come early on another day."),
        _ => throw new UnreachableException(),
    };

    private static Texts Both(string german, string english) => new() { ["de"] = german, ["en"] = english };
}
