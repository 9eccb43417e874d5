namespace Aufruf.Domain.Appointments;

public static class InvitationRefusals
{
    extension(Refusal)
    {
        public static Refusal NothingFreeToInvite => new("nothing-free-to-invite",
            "In diesen Tagen ist kein passender Termin frei. Bitte wählen Sie andere Tage.",
            "No suitable time is free on these days. Please choose other days.");

        public static Refusal NothingToInvite => new("nothing-to-invite",
            "Zu dieser Einladung passt kein Termin. Bitte prüfen Sie Anliegen, Ort und Tage.",
            "No appointment can meet this invitation. Please check the services, the place and the days.");

        public static Refusal InvitationsFull => new("invitations-full",
            "Im Moment können keine weiteren Einladungen angelegt werden.", "No further invitations can be made at the moment.");

        public static Refusal InvitationGone => new("invitation-gone",
            "Diese Einladung gibt es nicht mehr.", "This invitation does not exist any more.", RefusalKind.NotFound);

        public static Refusal InvitationOver => new("invitation-over",
            "Diese Einladung gilt nicht mehr.", "This invitation is no longer valid.", RefusalKind.Outdated);

        public static Refusal InvitationMovedOnce => new("invitation-moved-once",
            "Diesen Termin haben Sie schon einmal verlegt. Bitte wenden Sie sich an das Amt.",
            "You have moved this appointment once already. Please contact the office.");

        public static Refusal OutsideInvitation => new("outside-invitation",
            "Das Amt lädt Sie an anderen Tagen oder an einen anderen Ort ein. Bitte wählen Sie eine Zeit aus der Liste.",
            "The office invites you on other days or to another place. Please choose a time from the list.");
    }
}
