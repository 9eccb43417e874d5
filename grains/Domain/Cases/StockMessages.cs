namespace Aufruf.Domain.Cases;

[JsonDerivedType(typeof(AddPieces), "add-pieces")]
[JsonDerivedType(typeof(EndPiece), "end-piece")]
[JsonDerivedType(typeof(Reserve), "reserve")]
[JsonDerivedType(typeof(Assign), "assign")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(GiveOut), "give-out")]
[JsonDerivedType(typeof(TakeBack), "take-back")]
[JsonDerivedType(typeof(NoteOverdue), "note-overdue")]
public abstract record StockCommand
{
    private StockCommand() { }

    /// <summary>New pieces with numbers that follow each other.</summary>
    public sealed record AddPieces(int From, int Count, ClerkId By) : StockCommand;

    public sealed record EndPiece(int Number, PieceEnd Why, ClerkId By) : StockCommand;

    /// <param name="Holder">The hash of the application's code, or a file number.</param>
    /// <param name="Until">The last day; null: they do not come back.</param>
    /// <param name="HeldUntil">Null: for a case, until it ends.</param>
    public sealed record Reserve(string Holder, int Quantity, DateOnly From, DateOnly? Until, DateTimeOffset? HeldUntil, DateOnly Today)
        : StockCommand;

    /// <summary>The application became a case, which has the pieces now.</summary>
    public sealed record Assign(string Holder, string Case) : StockCommand;

    /// <summary>The pieces are not needed.</summary>
    public sealed record Release(string Holder) : StockCommand;

    /// <param name="ForGood">They do not come back: they are sold, or used up.</param>
    public sealed record GiveOut(string Case, bool ForGood) : StockCommand;

    public sealed record TakeBack(string Case) : StockCommand;

    /// <summary>The last day is over.</summary>
    public sealed record NoteOverdue(string Case, DateOnly Today) : StockCommand;
}

/// <summary>Facts about the pieces of one thing, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(PiecesAdded), "pieces-added")]
[JsonDerivedType(typeof(PieceEnded), "piece-ended")]
[JsonDerivedType(typeof(PiecesReserved), "pieces-reserved")]
[JsonDerivedType(typeof(PiecesAssigned), "pieces-assigned")]
[JsonDerivedType(typeof(PiecesReleased), "pieces-released")]
[JsonDerivedType(typeof(PiecesGivenOut), "pieces-given-out")]
[JsonDerivedType(typeof(PiecesTakenBack), "pieces-taken-back")]
[JsonDerivedType(typeof(LoanOverdue), "loan-overdue")]
public abstract record StockEvent
{
    private StockEvent() { }
    public sealed record PiecesAdded(int From, int Count, ClerkId By, DateTimeOffset At) : StockEvent;
    public sealed record PieceEnded(int Number, PieceEnd Why, ClerkId By, DateTimeOffset At) : StockEvent;

    public sealed record PiecesReserved(string Holder, IReadOnlyList<int> Pieces, DateOnly From, DateOnly? Until, DateTimeOffset? HeldUntil,
        DateTimeOffset At) : StockEvent;

    public sealed record PiecesAssigned(string Holder, string Case, DateTimeOffset At) : StockEvent;
    public sealed record PiecesReleased(string Holder, DateTimeOffset At) : StockEvent;
    public sealed record PiecesGivenOut(string Case, bool ForGood, DateTimeOffset At) : StockEvent;
    public sealed record PiecesTakenBack(string Case, DateTimeOffset At) : StockEvent;

    /// <summary>They should be back: a task for a clerk, and a reminder for the citizen.</summary>
    public sealed record LoanOverdue(string Case, DateTimeOffset At) : StockEvent;
}

/// <summary>The reason why a piece is none any more.</summary>
[JsonConverter(typeof(KebabEnum<PieceEnd>))]
public enum PieceEnd { Lost, Broken, WornOut }
