namespace Aufruf.Domain.Cases;

/// <summary>The reasons why a step of a case is not possible.</summary>
public static class CaseRefusals
{
    extension(Refusal)
    {
        public static Refusal StepOfAnother => new("step-of-another",
            "Diesen Schritt macht hier eine andere Person oder Stelle.", "Another person or office takes this step.");

        public static Refusal CaseNotSent => new("case-not-sent",
            "Der Antrag ist noch nicht abgeschickt.", "The application has not been sent yet.");

        public static Refusal CaseChecked => new("case-checked",
            "Der Antrag wird gerade angenommen. Bitte versuchen Sie es gleich noch einmal.",
            "The application is being received. Please try again in a moment.");

        public static Refusal CaseUnpaid => new("case-unpaid",
            "Der Antrag ist noch nicht bezahlt.", "The application has not been paid for yet.");

        public static Refusal CaseNotBegun => new("case-not-begun",
            "Zuerst wird geprüft, ob der Antrag vollständig ist.", "The office first checks whether the application is complete.");

        public static Refusal CaseIncomplete => new("case-incomplete",
            "Es fehlen noch Angaben der Bürgerin oder des Bürgers.", "The citizen has not yet added what is missing.");

        public static Refusal CaseInProgress => new("case-in-progress",
            "Das ist erst nach der Entscheidung möglich.", "This is only possible after the decision.");

        public static Refusal CaseHeard => new("case-heard",
            "Die Frist zur Stellungnahme läuft noch.", "The citizen can still comment.");

        public static Refusal CaseDecided => new("case-decided",
            "Über den Antrag ist schon entschieden.", "The application is already decided.");

        public static Refusal CaseDispatched => new("case-dispatched",
            "Der Bescheid hat das Haus schon verlassen.", "The decision has already left the house.");

        public static Refusal CaseClosed => new("case-closed",
            "Der Vorgang ist abgeschlossen.", "The case is closed.");

        public static Refusal CaseEnded => new("case-ended",
            "Der Vorgang ist ohne Entscheidung beendet.", "The case has ended without a decision.");

        public static Refusal CaseRetained => new("case-retained",
            "Der Vorgang wird nur noch aufbewahrt.", "The case is only kept for the record now.");

        public static Refusal DayMissing => new("day-missing",
            "Bitte geben Sie den Tag an.", "Please enter the day.");

        public static Refusal CaseGone => new("case-gone",
            "Diesen Vorgang gibt es nicht mehr.", "This case no longer exists.", RefusalKind.NotFound);
    }
}
