namespace Aufruf.Domain.Appointments;

public static class WishRefusals
{
    extension(Refusal)
    {
        public static Refusal WishExists => new("wish-exists",
            "Für diese Anliegen suchen wir schon einen Termin für Sie. Ein zweiter Wunsch bringt Ihnen keinen früheren.",
            "We are looking for an appointment for these services already. A second request does not bring you an earlier one.");

        public static Refusal TooManyWishes => new("too-many-wishes",
            "Mit diesen Kontaktdaten gibt es schon so viele Terminwünsche, wie möglich sind. Beenden Sie zuerst einen.",
            "With this contact there are as many standing requests as possible. Please stop one first.");

        public static Refusal WishesFull => new("wishes-full",
            "Im Moment können wir keine weiteren Terminwünsche annehmen. Bitte versuchen Sie es später noch einmal.",
            "We cannot take any more standing requests at the moment. Please try again later.");

        public static Refusal NothingToWish => new("nothing-to-wish",
            "Zu diesem Wunsch passt kein Termin. Bitte prüfen Sie Anliegen, Ort und Tage.",
            "No appointment can meet this request. Please check the services, the place and the days.");

        public static Refusal WishGone => new("wish-gone",
            "Diesen Terminwunsch gibt es nicht mehr.", "This standing request does not exist any more.", RefusalKind.NotFound);

        public static Refusal OfferOver => new("offer-over",
            "Dieses Angebot gilt nicht mehr.", "This offer is no longer valid.", RefusalKind.Outdated);
    }
}
