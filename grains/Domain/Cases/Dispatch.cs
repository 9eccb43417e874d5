namespace Aufruf.Domain.Cases;

/// <summary>The letters of an authority that became ready on one day, on their way to the post.</summary>
/// <param name="Letters">In the order in which they are printed.</param>
/// <param name="Batches">So many files were printed.</param>
public sealed record Dispatch(ImmutableList<DispatchLetter> Letters, int Batches) : IAggregate<Dispatch, DispatchCommand, DispatchEvent>
{
    public const string StreamKind = "dispatch";

    /// <summary>Letters of one day. A town of 50,000 sends some hundred.</summary>
    public const int MostLetters = 5_000;

    private const int LongestWord = 200, MostEnclosures = 20;

    public static int Schema => 1;

    public static Dispatch Empty { get; } = new([], 0);

    /// <summary>"dispatch/alsdorf.2026-11-29", by the authority's clock.</summary>
    public static string StreamOf(string authority, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{StreamKind}/{authority}.{day:yyyy-MM-dd}");

    /// <summary>The seal of a sentence is new in each repeat.</summary>
    public static DispatchCommand Compared(DispatchCommand command) =>
        command is DispatchCommand.TakeBack c ? c with { Reason = "" } : command;

    /// <summary>Something is still to be printed or posted.</summary>
    [JsonIgnore]
    public bool IsOpen => Letters.Any(letter => letter.State is LetterState.Queued or LetterState.Printed);

    public DispatchLetter? Find(string number, string document) =>
        Letters.Find(letter => letter.Number == number && letter.Document == document);

    public IEnumerable<DispatchLetter> In(int batch) => Letters.Where(letter => letter.Batch == batch);

    public Decision<DispatchEvent> Decide(DispatchCommand command, DateTimeOffset now) => command switch
    {
        DispatchCommand.Queue c => Find(c.Number, c.Document) is not null ? Array.Empty<DispatchEvent>()
            : Letters.Count >= MostLetters || c.Number.Length + c.Document.Length > LongestWord || c.Encloses.Count > MostEnclosures
                || c.Encloses.Any(item => item.Length > LongestWord) ? Refusal.DispatchFull
            : new DispatchEvent.LetterQueued(c.Number, c.Document, c.Encloses, c.Announces, now),
        DispatchCommand.Print c => Letters.Any(letter => letter.State is LetterState.Queued)
            ? new DispatchEvent.BatchPrinted(Batches + 1, c.By, now) : Refusal.NothingToPrint,
        DispatchCommand.Post c => Post(c, now),
        DispatchCommand.Withdraw c => Of(c.Number, c.Document, letter => letter.State switch
        {
            LetterState.Queued or LetterState.Printed => new DispatchEvent.LetterWithdrawn(c.Number, c.Document, now),
            LetterState.Withdrawn => Array.Empty<DispatchEvent>(),
            _ => Refusal.LetterPosted,
        }),
        DispatchCommand.TakeBack c => Of(c.Number, c.Document, letter => letter.State switch
        {
            LetterState.Posted => c.Reason.Length is 0 or > CitizenCase.LongestReason ? Refusal.ReasonMissing
                : new DispatchEvent.LetterCameBack(c.Number, c.Document, c.Reason, c.By, now),
            LetterState.CameBack => Array.Empty<DispatchEvent>(),
            _ => Refusal.LetterNotPosted,
        }),
        DispatchCommand.NoteRefusal c => Of(c.Number, c.Document, letter => letter.Refused == c.Code || c.Code.Length > LongestWord
            ? Array.Empty<DispatchEvent>() : new DispatchEvent.LetterNotTaken(c.Number, c.Document, c.Code, now)),
        _ => throw new UnreachableException(),
    };

    public Dispatch Apply(DispatchEvent happened) => happened switch
    {
        DispatchEvent.LetterQueued e => this with
        {
            Letters = Letters.Add(new(e.Number, e.Document, e.Encloses, e.Announces, LetterState.Queued, 0, null, null)),
        },
        DispatchEvent.BatchPrinted e => With(letter => letter.State is LetterState.Queued,
            letter => letter with { State = LetterState.Printed, Batch = e.Batch }) with
        { Batches = e.Batch },
        DispatchEvent.BatchPosted e => With(letter => letter.Batch == e.Batch && letter.State is LetterState.Printed,
            letter => letter with { State = LetterState.Posted, PostedOn = e.On }),
        DispatchEvent.LetterWithdrawn e => With(letter => letter.Is(e.Number, e.Document),
            letter => letter with { State = LetterState.Withdrawn }),
        DispatchEvent.LetterCameBack e => With(letter => letter.Is(e.Number, e.Document),
            letter => letter with { State = LetterState.CameBack }),
        DispatchEvent.LetterNotTaken e => With(letter => letter.Is(e.Number, e.Document),
            letter => letter with { Refused = e.Code }),
        _ => throw new UnreachableException(),
    };

    private Decision<DispatchEvent> Post(DispatchCommand.Post c, DateTimeOffset now) => In(c.Batch).ToList() switch
    {
        var batch when batch.Exists(letter => letter.State is LetterState.Printed) =>
            new DispatchEvent.BatchPosted(c.Batch, c.On, c.By, now),
        var batch when batch.Exists(letter => letter.PostedOn == c.On) => Array.Empty<DispatchEvent>(),
        var batch when batch.Exists(letter => letter.PostedOn is not null) => Refusal.LetterPosted,
        _ => Refusal.BatchUnknown,
    };

    private Decision<DispatchEvent> Of(string number, string document, Func<DispatchLetter, Decision<DispatchEvent>> decide) =>
        Find(number, document) is { } letter ? decide(letter) : Refusal.LetterUnknown;

    private Dispatch With(Func<DispatchLetter, bool> concerns, Func<DispatchLetter, DispatchLetter> change) =>
        this with { Letters = [.. Letters.Select(letter => concerns(letter) ? change(letter) : letter)] };
}

/// <summary>A letter of the list. Its content is the document of its case.</summary>
/// <param name="Encloses">That which goes into the envelope beside it.</param>
/// <param name="Announces">Its day of posting starts the clocks of the case.</param>
/// <param name="Batch">0: not printed.</param>
/// <param name="Refused">The code of the reason why the case did not take the posting or the return; null: it did.</param>
public sealed record DispatchLetter(string Number, string Document, IReadOnlyList<string> Encloses, bool Announces, LetterState State,
    int Batch, DateOnly? PostedOn, string? Refused)
{
    public bool Is(string number, string document) => Number == number && Document == document;
}

/// <summary>Where a letter is.</summary>
[JsonConverter(typeof(KebabEnum<LetterState>))]
public enum LetterState
{
    Queued,
    Printed,
    Posted,

    /// <summary>It could not be delivered.</summary>
    CameBack,

    /// <summary>The decision was taken back before the letter left the house.</summary>
    Withdrawn,
}
