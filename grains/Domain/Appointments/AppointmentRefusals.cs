namespace Aufruf.Domain.Appointments;

public static class AppointmentRefusals
{
    extension(Refusal)
    {
        public static Refusal SlotTaken => new("slot-taken",
            "Diese Zeit ist gerade vergeben worden. Bitte wählen Sie eine andere.",
            "This time has just been taken. Please choose another one.");

        public static Refusal NoSuchSlot => new("no-such-slot",
            "Zu dieser Zeit gibt es dort keinen Termin. Bitte wählen Sie eine andere.",
            "There is no appointment at this time. Please choose another one.", RefusalKind.NotFound);

        public static Refusal TooManyHolds => new("too-many-holds",
            "Von Ihrem Anschluss aus werden gerade sehr viele Termine vorgemerkt. Bitte versuchen Sie es in 20 Minuten noch einmal.",
            "Very many appointments are being held from your connection. Please try again in 20 minutes.");

        public static Refusal PuzzleNeeded => new("puzzle-needed",
            "Bitte lösen Sie zuerst eine Aufgabe von /api/v1/challenge, und senden Sie die Lösung als altcha mit.",
            "Please solve a puzzle of /api/v1/challenge first, and send its solution as altcha.");

        public static Refusal HoldOver => new("hold-over",
            "Die Zeit zum Buchen ist abgelaufen, und jemand anderes hat diesen Termin. Bitte wählen Sie eine andere Zeit.",
            "The time to book is over, and somebody else has this appointment. Please choose another time.", RefusalKind.Outdated);

        public static Refusal HeldLongEnough => new("held-long-enough",
            "Länger können wir diese Zeit nicht freihalten. Bitte schließen Sie die Buchung jetzt ab.",
            "We cannot keep this time any longer. Please complete your booking now.");

        public static Refusal MailsSent => new("mails-sent",
            "Wir haben Ihnen schon mehrere Mails geschickt. Bitte sehen Sie auch im Spam-Ordner nach.",
            "We have sent you several mails already. Please look into your spam folder, too.");

        public static Refusal NotConfirmed => new("not-confirmed",
            "Dieser Termin ist noch nicht bestätigt. Bitte bestätigen Sie ihn mit dem Link in unserer Mail.",
            "This appointment is not confirmed yet. Please confirm it with the link in our mail.");

        public static Refusal AppointmentGone => new("appointment-gone",
            "Diesen Termin gibt es nicht mehr.", "This appointment does not exist any more.", RefusalKind.NotFound);

        public static Refusal AppointmentOver => new("appointment-over",
            "Die Zeit dieses Termins ist schon vorbei.", "The time of this appointment is over already.", RefusalKind.Outdated);

        public static Refusal AlreadyCheckedIn => new("already-checked-in",
            "Zu diesem Termin sind Sie schon angemeldet. Er lässt sich nicht mehr absagen.",
            "You have checked in for this appointment already. It can no longer be cancelled.");

        public static Refusal CheckInTooEarly => new("check-in-too-early",
            "Für diesen Termin ist es noch zu früh. Bitte melden Sie sich kurz vorher an.",
            "It is too early for this appointment. Please check in shortly before it.");

        public static Refusal CheckInTooLate => new("check-in-too-late",
            "Die Zeit dieses Termins ist vorbei. Bitte fragen Sie am Empfang.",
            "The time of this appointment is over. Please ask at the reception.", RefusalKind.Outdated);

        public static Refusal UnknownCode => new("unknown-code",
            "Zu diesem Code gibt es hier keinen Termin. Bitte prüfen Sie ihn, oder fragen Sie am Empfang.",
            "There is no appointment with this code. Please check it, or ask at the reception.", RefusalKind.NotFound);

        public static Refusal AppointmentOnOtherDay => new("appointment-on-other-day",
            "Dieser Termin ist an einem anderen Tag.", "This appointment is on another day.");

        public static Refusal AppointmentElsewhere => new("appointment-elsewhere",
            "Dieser Termin ist in einem anderen Haus.", "This appointment is in another office.");

        public static Refusal CheckInByPhoneOff => new("check-in-by-phone-off",
            "Bitte melden Sie sich am Terminal im Haus an.", "Please check in at the kiosk in the office.");

        public static Refusal TooManyAppointments => new("too-many-appointments",
            "Mit diesen Kontaktdaten sind schon so viele Termine gebucht, wie möglich sind. Sagen Sie zuerst einen ab.",
            "With this contact as many appointments are booked as possible. Please cancel one first.");
    }
}
