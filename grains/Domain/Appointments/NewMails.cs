using static Aufruf.Domain.Appointments.CalendarEvent;

namespace Aufruf.Domain.Appointments;

/// <summary>A citizen's data before their mail address was changed.</summary>
public sealed record FormerMail(int Seal, string? Citizen, string? Contact);

/// <summary>A citizen changes the mail address of an appointment: asked for at the new one, and announced to the former one.</summary>
internal static class NewMails
{
    // A wrong address, and a lost mail. More would be a way to send mails to others.
    private const int Most = 3;

    public static Decision<CalendarEvent> Decide(this Appointment? found, CalendarCommand.AskNewMail c, DateTimeOffset now) =>
        WhyNot(found, now) is { } refusal ? refusal
        : found is not { MailChanges: < Most } || c.New.Number != found.MailChanges + 1 ? Refusal.MailsSent
        : new NewMailAsked(c.Id, c.New, now);

    /// <summary>A second press finds what the first has done.</summary>
    public static Decision<CalendarEvent> Decide(this Appointment? found, CalendarCommand.ChangeMail c, DateTimeOffset now) =>
        WhyNot(found, now) is { } refusal ? refusal
        : found?.NewMail is not { } asked ? found?.SecretHash == c.SecretHash ? Array.Empty<CalendarEvent>() : Refusal.NewMailOver
        : asked.SecretHash != c.SecretHash || asked.Until <= now ? Refusal.NewMailOver
        : new MailChanged(c.Id, c.Citizen, asked.Number, new(found.Seal, found.Citizen, found.Contact), now);

    public static Appointment With(this Appointment found, MailChanged happened) => found with
    {
        Citizen = happened.Citizen,
        Seal = happened.Seal,
        Contact = found.NewMail?.Contact,
        SecretHash = found.NewMail?.SecretHash,
        NewMail = null,
    };

    private static Refusal? WhyNot(Appointment? found, DateTimeOffset now) => found switch
    {
        { State: AppointmentState.CheckedIn } => Refusal.MailNotNeeded,
        { State: AppointmentState.Confirmed, Citizen: not null } => found.From <= now ? Refusal.AppointmentOver : null,
        _ => Refusal.AppointmentGone,
    };
}

public static class NewMailRefusals
{
    extension(Refusal)
    {
        public static Refusal NewMailOver => new("new-mail-over",
            "Dieser Link gilt nicht mehr. Ihre bisherige Mailadresse bleibt. Sie können sie noch einmal ändern.",
            "This link is no longer good. Your present mail address stays. You can change it once more.", RefusalKind.NotFound);

        public static Refusal MailNotNeeded => new("mail-not-needed",
            "Sie sind schon angemeldet und bekommen keine Mails mehr zu diesem Termin.",
            "You have checked in already, and get no more mails about this appointment.");
    }
}
