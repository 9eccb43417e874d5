namespace Aufruf.Domain.Identity;

public static class PeopleRefusals
{
    extension(Refusal)
    {
        public static Refusal PersonUnknown => new("person-unknown",
            "Diese Person gibt es hier nicht.", "There is no such person here.", RefusalKind.NotFound);

        public static Refusal PersonKnown => new("person-known",
            "Diesen Anmeldenamen gibt es schon.", "This log-in name is taken already.");

        public static Refusal PersonMalformed => new("person-malformed",
            "Ein Anmeldename hat höchstens 60 Buchstaben (a bis z), Ziffern, '-', '_' und '.' und beginnt mit Buchstabe oder Ziffer. "
                + "Ein Name hat 1 bis 100 Zeichen.",
            "A log-in name has at most 60 letters (a to z), digits, '-', '_' and '.', and begins with a letter or digit. "
                + "A name has 1 to 100 characters.");

        public static Refusal TooManyPeople => new("too-many-people",
            "Mehr als 2.000 Personen sind nicht vorgesehen.", "There can be no more than 2,000 people.");

        public static Refusal LinkInvalid => new("link-invalid",
            "Dieser Link ist abgelaufen oder wurde schon benutzt.", "This link has expired or was used already.");

        public static Refusal LastAdministrator => new("last-administrator",
            "Das ist die letzte Person mit der Administration der ganzen Kommune. Geben Sie die Rolle zuerst einer anderen.",
            "This is the last person who administers the whole authority. First give the role to somebody else.");

        public static Refusal RoleUnknown => new("role-unknown", "Diese Rolle gibt es nicht.", "There is no such role.");

        public static Refusal PlaceUnknown => new("place-unknown",
            "Diesen Ort gibt es in dieser Kommune nicht.", "There is no such place in this authority.");

        public static Refusal RoleMalformed => new("role-malformed",
            "Eine eigene Rolle braucht ein Kürzel aus a bis z, Ziffern und '-', einen Namen und Rechte, die Personen haben können.",
            "An own role needs an id of a to z, digits and '-', a name, and permissions that people can have.");

        public static Refusal TooManyRoles => new("too-many-roles",
            "Mehr als 50 Rollen sind nicht vorgesehen.", "There can be no more than 50 roles.");

        public static Refusal PersonDisabled => new("person-disabled",
            "Dieses Konto ist gesperrt. Bitte wenden Sie sich an die Administration.",
            "This account is disabled. Please ask your administrator.");

        public static Refusal SignInLocked => new("sign-in-locked",
            "Zu viele falsche Versuche. Bitte warten Sie, oder wenden Sie sich an die Administration.",
            "Too many wrong attempts. Please wait, or ask your administrator.");

        public static Refusal CodeUsed => new("code-used",
            "Dieser Code wurde schon benutzt. Bitte warten Sie auf den nächsten.", "This code was used already. Please wait for the next.");

        public static Refusal KeyMalformed => new("key-malformed",
            "Ein Schlüssel braucht einen Namen aus höchstens 60 Zeichen und einen letzten Tag, der höchstens ein Jahr entfernt ist.",
            "A key needs a name of at most 60 characters, and a last day that is at most a year away.");

        public static Refusal TooManyKeys => new("too-many-keys",
            "Mehr als 20 Schlüssel sind nicht vorgesehen. Beenden Sie zuerst einen anderen.",
            "There can be no more than 20 keys. End another one first.");

        public static Refusal SessionUnknown => new("session-unknown",
            "Diese Anmeldung gibt es nicht mehr.", "This session is over.", RefusalKind.NotFound);
    }
}
