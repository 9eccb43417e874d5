namespace Aufruf.Domain.Outbox;

public static class BarrierRefusals
{
    extension(Refusal)
    {
        public static Refusal BarrierFormOff => new("barrier-form-off",
            "Dieses Formular ist hier nicht eingerichtet. Bitte schreiben Sie eine E-Mail, oder rufen Sie an.",
            "This form is not set up here. Please write an email or call.");

        public static Refusal TooManyReports => new("too-many-reports",
            "Gerade kommen sehr viele Meldungen an. Bitte versuchen Sie es in einer Stunde noch einmal, oder rufen Sie an.",
            "Very many reports are arriving. Please try again in an hour, or call.");
    }
}
