namespace Aufruf.Domain.Identity;

public static class PeopleRefusals
{
    extension(Refusal)
    {
        public static Refusal PersonUnknown => new("person-unknown",
            "Diese Person gibt es hier nicht.", "There is no such person here.", RefusalKind.NotFound);

        public static Refusal SubstituteSame => new("substitute-same",
            "Niemand vertritt sich selbst.", "A person cannot be the own substitute.");

        public static Refusal SubstituteTime => new("substitute-time",
            "Die Vertretung endet an einem Tag ab heute, höchstens in einem Jahr.",
            "The substitution ends on a day from today on, within a year.");

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
            "Das ist die letzte Person mit eigenem Passwort und der Administration der ganzen Kommune. "
                + "Geben Sie die Rolle zuerst einer anderen, die schon ein Passwort hat.",
            "This is the last person with an own password who administers the whole authority. "
                + "First give the role to somebody else who has one.");

        public static Refusal RoleUnknown => new("role-unknown", "Diese Rolle gibt es nicht.", "There is no such role.");

        public static Refusal PlaceUnknown => new("place-unknown",
            "Diesen Ort gibt es in dieser Kommune nicht.", "There is no such place in this authority.");

        public static Refusal RoleMalformed => new("role-malformed",
            "Eine eigene Rolle braucht ein Kürzel aus a bis z, Ziffern und '-', einen Namen und Rechte, die Personen haben können.",
            "An own role needs an id of a to z, digits and '-', a name, and permissions that people can have.");

        public static Refusal TooManyRoles => new("too-many-roles",
            "Mehr als 50 Rollen sind nicht vorgesehen.", "There can be no more than 50 roles.");

        public static Refusal PeopleLose => new("people-lose",
            "Dadurch verlieren Personen Rechte. Wiederholen Sie die Änderung mit ihrer Anzahl.",
            "People lose permissions by this. Repeat the change with their number.");

        public static Refusal RoleHeld => new("role-held",
            "Diese Rolle haben noch Personen. Entziehen Sie sie zuerst.", "People still have this role. First take it away from them.");

        public static Refusal BeyondOwnRights => new("beyond-own-rights",
            "Sie können nur Rechte geben und nehmen, die Sie selbst dort haben.",
            "You can give and take only permissions that you have there yourself.");

        public static Refusal PersonDisabled => new("person-disabled",
            "Dieses Konto ist gesperrt. Bitte wenden Sie sich an die Administration.",
            "This account is disabled. Please ask your administrator.");

        public static Refusal SignInLocked => new("sign-in-locked",
            "Zu viele falsche Versuche. Bitte warten Sie, oder wenden Sie sich an die Administration.",
            "Too many wrong attempts. Please wait, or ask your administrator.");

        public static Refusal CodeUsed => new("code-used",
            "Dieser Code wurde schon benutzt. Bitte warten Sie auf den nächsten.", "This code was used already. Please wait for the next.");

        public static Refusal NoAdministratorYet => new("no-administrator-yet",
            "Zuerst legt der Link vom Start des Hubs das Konto der Administration an.",
            "First the link of the hub's start creates the account of the administrator.");

        public static Refusal ProviderNameTaken => new("provider-name-taken",
            "Diesen Anmeldenamen gibt es hier schon, ohne Verbindung zu Ihrem Konto der Stadtverwaltung. "
                + "Bitten Sie Ihre Administration, beide zu verbinden.",
            "This log-in name exists here already, without a connection to your town account. Ask your administrator to connect them.");

        public static Refusal ProviderNameUnusable => new("provider-name-unusable",
            "Der Anbieter nennt keinen Anmeldenamen, der hier gelten kann. Bitte wenden Sie sich an die Administration.",
            "The provider names no log-in name that can hold here. Please ask your administrator.");

        public static Refusal MappingMalformed => new("mapping-malformed",
            "Ein Wert des Anbieters hat 1 bis 200 Zeichen, und die Rolle braucht einen Ort.",
            "A value of the provider has 1 to 200 characters, and the role needs a place.");

        public static Refusal TooManyClaims => new("too-many-claims",
            "Mehr als 200 Zeilen sind nicht vorgesehen.", "There can be no more than 200 rows.");

        public static Refusal LogoutUsed => new("logout-used",
            "Diese Abmeldung wurde schon ausgeführt.", "This log-out was carried out already.");

        public static Refusal PasskeyUnknown => new("passkey-unknown",
            "Diesen Passkey gibt es hier nicht.", "There is no such passkey here.", RefusalKind.NotFound);

        public static Refusal PasskeyKnown => new("passkey-known",
            "Dieser Passkey gehört schon zu einem Konto.", "This passkey belongs to an account already.");

        public static Refusal TooManyPasskeys => new("too-many-passkeys",
            "Mehr als zehn Passkeys sind nicht vorgesehen. Entfernen Sie zuerst einen.",
            "There can be no more than ten passkeys. First remove one.");

        public static Refusal PasskeyMalformed => new("passkey-malformed",
            "Ein Passkey braucht einen Namen mit 1 bis 60 Zeichen.", "A passkey needs a name of 1 to 60 characters.");

        public static Refusal PasskeyNotGood => new("passkey-not-good",
            "Dieser Passkey lässt sich hier nicht verwenden. Das Gerät muss Sie prüfen, zum Beispiel mit PIN oder Finger.",
            "This passkey cannot be used here. The device must check you, for example with a PIN or a finger.");

        public static Refusal PasskeyAnswered => new("passkey-answered",
            "Diese Antwort wurde schon benutzt. Bitte versuchen Sie es noch einmal.",
            "This answer was used already. Please try again.");

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
