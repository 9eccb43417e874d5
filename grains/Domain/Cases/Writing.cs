namespace Aufruf.Domain.Cases;

/// <summary>Citizen and office write to each other while the case lives. A letter of the citizen is a task until it is read.</summary>
internal static class Writing
{
    /// <summary>A message is read within this time.</summary>
    public const int ReadingDays = 5;

    public static Decision<CaseEvent> Note(CitizenCase c, CaseCommand.NoteMessage command, DateTimeOffset now)
    {
        if (c.Messages.Contains(command.Message))
        {
            return Array.Empty<CaseEvent>();
        }

        if (command.Text is not null && !c.State.TakesMessages())
        {
            return Refusal.CaseEnded;
        }

        if (c.Messages.Count >= CitizenCase.MostMessages || command.Message.Length > CitizenCase.LongestWord
            || command.Text?.Length > CitizenCase.LongestReason)
        {
            return Refusal.CaseFull;
        }

        var noted = new CaseEvent.CaseMessageNoted(command.Message, command.FromCitizen, now) { Text = command.Text, By = command.By };
        // An answer shows that the question was read.
        return command is { FromCitizen: false, Text: not null, By: { Clerk: not null } by }
            && c.Tasks.GetValueOrDefault(CaseTask.Message) is { IsOpen: true }
            && !TaskHolding.IsHeldByAnother(c, CaseTask.Message, by)
            ? Moving.Followed(c, [noted, new CaseEvent.TaskFinished(CaseTask.Message, by, null, now)], now) : noted;
    }

    public static Decision<CaseEvent> Add(CitizenCase c, CaseCommand.AddNote command, DateTimeOffset now) =>
        c.Messages.Contains(command.Note) ? Array.Empty<CaseEvent>()
        : command.By.Clerk is null ? Refusal.StepOfAnother
        : c.Messages.Count >= CitizenCase.MostMessages || command.Note.Length > CitizenCase.LongestWord
            || command.Text.Length > CitizenCase.LongestReason ? Refusal.CaseFull
        : new CaseEvent.CaseNoteAdded(command.Note, command.Text, command.By, now);

    public static CitizenCase Apply(CitizenCase c, CaseEvent.CaseMessageNoted e)
    {
        var noted = c with { Messages = c.Messages.Add(e.Message) };
        if (e is not { FromCitizen: true, Text: not null } || c.Tasks.GetValueOrDefault(CaseTask.Message) is { IsOpen: true })
        {
            return noted;
        }

        var role = c.State is CaseState.Submitted or CaseState.AwaitingPayment or CaseState.Received or CaseState.Supplement
            ? c.Plan!.CompleteRole ?? c.Plan.DecideRole : c.Plan!.DecideRole;
        return noted with
        {
            Tasks = c.Tasks.SetItem(CaseTask.Message,
                new(CaseTask.Message, role, c.State, e.At.AddDays(ReadingDays), null, IsOpen: true, IsOwn: false)),
        };
    }
}

/// <summary>The reasons why a text or a file is not taken.</summary>
public static class WritingRefusals
{
    /// <summary>In characters, of a message or a reason.</summary>
    public const int LongestText = 4_000;

    extension(Refusal)
    {
        public static Refusal TextMissing => new("text-missing", "Bitte schreiben Sie etwas.", "Please write something.");

        public static Refusal TextTooLong => new("text-too-long",
            "Der Text ist zu lang. Möglich sind 4.000 Zeichen.", "The text is too long. It can have 4,000 characters.");

        public static Refusal RemedyOver => new("remedy-over",
            "Die Frist für den Widerspruch ist vorbei.", "The time for an objection is over.");

        public static Refusal FileUnsupported => new("file-unsupported",
            "Diese Art von Datei nehmen wir hier nicht an. Bitte speichern Sie sie als PDF oder JPEG.",
            "We do not take this type of file here. Please save it as a PDF or JPEG.");

        public static Refusal FileHeic => new("file-heic",
            "Das ist ein HEIC-Bild. Bitte speichern Sie es als JPEG und laden Sie es noch einmal hoch.",
            "This is a HEIC picture. Please save it as a JPEG and upload it again.");

        public static Refusal FileBroken => new("file-broken",
            "Die Datei ist nicht vollständig oder beschädigt. Bitte laden Sie sie noch einmal hoch.",
            "The file is not complete or is damaged. Please upload it again.");

        public static Refusal FileTooLarge => new("file-too-large",
            "Die Datei ist zu groß.", "The file is too large.");

        public static Refusal FilesTooLarge => new("files-too-large",
            "Zusammen sind die Dateien zu groß. Möglich sind 50 MiB in einem Antrag.",
            "Together the files are too large. An application can have 50 MiB.");

        public static Refusal FileInfected => new("file-infected",
            "In dieser Datei hat der Virenscanner etwas gefunden. Wir nehmen sie nicht an.",
            "The virus scanner has found something in this file. We do not take it.");

        public static Refusal FileWaits => new("file-waits",
            "Die Datei wartet noch auf den Virenscanner. Bitte versuchen Sie es später noch einmal.",
            "The file still waits for the virus scanner. Please try again later.");

        public static Refusal FileGone => new("file-gone",
            "Diese Datei gibt es nicht mehr.", "This file does not exist any more.", RefusalKind.NotFound);

        public static Refusal NotOfRole => new("not-of-role",
            "Diese Person oder Rolle bearbeitet keine Vorgänge.", "This person or role does not work on cases.");
    }
}
