namespace Aufruf.Domain.Cases;

/// <summary>The engine's sentence for the citizen in each state. A declaration may replace it.</summary>
/// <remarks>{date} is the end of the state's clock.</remarks>
public static class CaseSentences
{
    public static Texts Sentence(this CaseState state) => state switch
    {
        CaseState.Draft => Both("Noch nicht abgeschickt. Wir bewahren Ihre Angaben bis {date} auf.",
            "Not sent yet. We keep your answers until {date}."),
        CaseState.Submitted => Both("Ihr Antrag ist bei uns.", "We have your application."),
        CaseState.AwaitingPayment => Both("Bitte zahlen Sie bis {date}. Ihre Angaben gehen nicht verloren.",
            "Please pay by {date}. Nothing that you entered is lost."),
        CaseState.Received => Both("Wir prüfen, ob alles da ist.", "We look whether all is there."),
        CaseState.Supplement => Both("Bitte ergänzen Sie bis {date}, was noch fehlt.", "Please add by {date} what is still missing."),
        CaseState.InProgress => Both("Wir bearbeiten Ihren Antrag, voraussichtlich bis {date}.",
            "We are working on your application, probably until {date}."),
        CaseState.Hearing => Both("Sie können sich bis {date} dazu äußern.", "You can comment until {date}."),
        CaseState.Decided => Both("Über Ihren Antrag ist entschieden. Wir bereiten den Versand vor.",
            "Your application is decided. We prepare the documents."),
        CaseState.Dispatched => Both("Die Unterlagen sind unterwegs.", "The documents are on their way."),
        CaseState.Announced => Both("Sie können bis {date} Einwände erheben.", "You can object until {date}."),
        CaseState.Closed => Both("Der Vorgang ist abgeschlossen.", "The case is finished."),
        CaseState.Retained or CaseState.Offered => Both("Diesen Vorgang gab es. Die Unterlagen sind nicht mehr abrufbar.",
            "This case existed. Its documents can no longer be fetched."),
        CaseState.Withdrawn => Both("Sie haben den Antrag zurückgenommen.", "You have taken the application back."),
        CaseState.Lapsed => Both("Der Antrag wurde nicht bezahlt und ist beendet.", "The application was not paid and has ended."),
        CaseState.DeemedWithdrawn => Both("Die Ergänzung kam nicht rechtzeitig. Der Antrag gilt als zurückgenommen.",
            "The missing parts did not arrive in time. The application counts as taken back."),
        CaseState.Rejected => Both("Wir können den Antrag nicht bearbeiten. Die Begründung finden Sie in Ihren Nachrichten.",
            "We cannot work on the application. The reason is in your messages."),
        CaseState.HandedOver => Both("Der Vorgang ist im Archiv.", "The case is in the archive."),
        CaseState.Erased or CaseState.Destroyed => Both("Der Vorgang ist gelöscht.", "The case is deleted."),
        _ => throw new UnreachableException(),
    };

    private static Texts Both(string german, string english) => new() { ["de"] = german, ["en"] = english };
}
