namespace Aufruf.Domain.Cases;

[JsonDerivedType(typeof(Queue), "queue")]
[JsonDerivedType(typeof(Print), "print")]
[JsonDerivedType(typeof(Post), "post")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(TakeBack), "take-back")]
[JsonDerivedType(typeof(NoteRefusal), "note-refusal")]
public abstract record DispatchCommand
{
    private DispatchCommand() { }

    /// <param name="Announces">Its day of posting starts the clocks of the case.</param>
    public sealed record Queue(string Number, string Document, IReadOnlyList<string> Encloses, bool Announces) : DispatchCommand;

    /// <summary>All letters that wait become one file.</summary>
    public sealed record Print(ClerkId By) : DispatchCommand;

    public sealed record Post(int Batch, DateOnly On, ClerkId By) : DispatchCommand;

    /// <summary>The decision is taken back, so its letter does not leave the house.</summary>
    public sealed record Withdraw(string Number, string Document) : DispatchCommand;

    /// <param name="Reason">Why it could not be delivered, sealed under the case.</param>
    public sealed record TakeBack(string Number, string Document, string Reason, ClerkId By) : DispatchCommand;

    /// <summary>The case did not take the posting, or the return.</summary>
    /// <param name="Code">Of the case's refusal.</param>
    public sealed record NoteRefusal(string Number, string Document, string Code) : DispatchCommand;
}

/// <summary>Facts about the letters of a day, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(LetterQueued), "letter-queued")]
[JsonDerivedType(typeof(BatchPrinted), "batch-printed")]
[JsonDerivedType(typeof(BatchPosted), "batch-posted")]
[JsonDerivedType(typeof(LetterWithdrawn), "letter-withdrawn")]
[JsonDerivedType(typeof(LetterCameBack), "letter-came-back")]
[JsonDerivedType(typeof(LetterNotTaken), "letter-not-taken")]
public abstract record DispatchEvent
{
    private DispatchEvent() { }
    public sealed record LetterQueued(string Number, string Document, IReadOnlyList<string> Encloses, bool Announces, DateTimeOffset At)
        : DispatchEvent;

    public sealed record BatchPrinted(int Batch, ClerkId By, DateTimeOffset At) : DispatchEvent;
    public sealed record BatchPosted(int Batch, DateOnly On, ClerkId By, DateTimeOffset At) : DispatchEvent;
    public sealed record LetterWithdrawn(string Number, string Document, DateTimeOffset At) : DispatchEvent;
    public sealed record LetterCameBack(string Number, string Document, string Reason, ClerkId By, DateTimeOffset At) : DispatchEvent;
    public sealed record LetterNotTaken(string Number, string Document, string Code, DateTimeOffset At) : DispatchEvent;
}

public static class DispatchRefusals
{
    extension(Refusal)
    {
        public static Refusal DispatchFull => new("dispatch-full",
            "Mehr Briefe passen nicht auf die Versandliste eines Tages.", "The dispatch list of one day cannot hold more letters.");

        public static Refusal NothingToPrint => new("nothing-to-print",
            "Hier wartet kein Brief auf den Druck.", "No letter waits to be printed here.");

        public static Refusal BatchUnknown => new("batch-unknown",
            "In diesem Stapel ist kein Brief, der zur Post kann.", "This batch has no letter that can be posted.");

        public static Refusal LetterUnknown => new("letter-unknown",
            "Diesen Brief gibt es auf dieser Liste nicht.", "There is no such letter on this list.", RefusalKind.NotFound);

        public static Refusal LetterPosted => new("letter-posted",
            "Der Brief ist schon bei der Post.", "The letter is posted already.");

        public static Refusal LetterNotPosted => new("letter-not-posted",
            "Der Brief war noch nicht bei der Post.", "The letter was not posted yet.");

        public static Refusal PostedByList => new("posted-by-list",
            "Der Brief geht über die Versandliste. Tragen Sie den Tag dort ein.",
            "The letter goes by the dispatch list. Enter the day there.");

        public static Refusal PostingDayWrong => new("posting-day-wrong",
            "Der Tag liegt vor der Entscheidung oder in der Zukunft.", "The day is before the decision or in the future.");

        public static Refusal CharacterMissing => new("character-missing",
            "Die Schrift der Briefe hat ein Zeichen nicht, das in den Angaben steht. Bitte schreiben Sie diesen Brief von Hand.",
            "The typeface of letters lacks a character of the answers. Please write this letter by hand.");

        public static Refusal AddressMissing => new("address-missing",
            "In den Angaben steht keine Anschrift für den Brief. Bitte schreiben Sie diesen Brief von Hand.",
            "The answers have no address for the letter. Please write this letter by hand.");
    }
}
