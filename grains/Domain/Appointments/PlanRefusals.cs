namespace Aufruf.Domain.Appointments;

public static class PlanRefusals
{
    extension(Refusal)
    {
        public static Refusal UnknownPlan => new("unknown-plan",
            "Diesen Plan gibt es nicht.", "There is no such plan.", RefusalKind.NotFound);

        public static Refusal PlanWithdrawn => new("plan-withdrawn",
            "Dieser Plan ist zurückgenommen.", "This plan is withdrawn.");

        public static Refusal PlanIsSending => new("plan-is-sending",
            "Dieser Plan wird gerade ausgeführt. Bitte warten Sie einen Moment.",
            "This plan is being carried out. Please wait a moment.");

        public static Refusal PlanLineSettled => new("plan-line-settled",
            "Für diesen Termin ist schon alles getan.", "Everything is done for this appointment already.");

        public static Refusal NothingToPlan => new("nothing-to-plan",
            "Für diese Schließung stimmen Tage, Zeiten oder Schalter nicht.",
            "The days, times or counters of this closure are not right.");

        public static Refusal PlansFull => new("plans-full",
            "Es gibt schon zu viele Pläne.", "There are too many plans already.");
    }
}
