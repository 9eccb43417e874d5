using static Aufruf.Domain.Cases.SequenceCommand;
using static Aufruf.Domain.Cases.SequenceEvent;

namespace Aufruf.Domain.Cases;

/// <summary>The file numbers of one authority, file plan and year: without gaps, and none twice.</summary>
/// <param name="Given">The number of each draft.</param>
public sealed record Sequence(ImmutableDictionary<string, int> Given) : IAggregate<Sequence, SequenceCommand, SequenceEvent>
{
    public const string StreamKind = "sequence";

    /// <summary>The number has six digits.</summary>
    public const int MostNumbers = 999_999;

    private const int LongestDraft = 100;

    public static int Schema => 1;

    public static Sequence Empty { get; } = new(ImmutableDictionary<string, int>.Empty);

    /// <summary>"sequence/alsdorf.20.32.10-2026".</summary>
    public static string StreamOf(string authority, string filePlan, int year) =>
        string.Create(CultureInfo.InvariantCulture, $"{StreamKind}/{authority}.{filePlan}-{year}");

    /// <summary>"20.32.10-2026-000123".</summary>
    public static string NumberOf(string filePlan, int year, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{filePlan}-{year}-{number:D6}");

    /// <remarks>The draft has one number, however often it asks: so a crash between number and case leaves no gap.</remarks>
    public Decision<SequenceEvent> Decide(SequenceCommand command, DateTimeOffset now) => command switch
    {
        GiveNumbers c => Give([.. c.Drafts.Distinct().Where(draft => !Given.ContainsKey(draft))], now),
        _ => throw new UnreachableException(),
    };

    private Decision<SequenceEvent> Give(string[] drafts, DateTimeOffset now)
    {
        var events = drafts.Where(draft => draft.Length is > 0 and <= LongestDraft).Take(MostNumbers - Given.Count)
            .Select((draft, n) => new NumberGiven(draft, Given.Count + n + 1, now)).ToArray<SequenceEvent>();
        return drafts.Length > 0 && events.Length == 0 ? Refusal.NumbersUsedUp : events;
    }

    public Sequence Apply(SequenceEvent happened) => happened switch
    {
        NumberGiven e => new(Given.Add(e.Draft, e.Number)),
        _ => throw new UnreachableException(),
    };
}

[JsonDerivedType(typeof(GiveNumbers), "give-numbers")]
public abstract record SequenceCommand
{
    private SequenceCommand() { }

    /// <param name="Drafts">The hashes of their codes. Those that come last get none when the numbers are used up.</param>
    public sealed record GiveNumbers(ImmutableArray<string> Drafts) : SequenceCommand;
}

[JsonDerivedType(typeof(NumberGiven), "number-given")]
public abstract record SequenceEvent
{
    private SequenceEvent() { }
    public sealed record NumberGiven(string Draft, int Number, DateTimeOffset At) : SequenceEvent;
}

public static class SequenceRefusals
{
    extension(Refusal)
    {
        public static Refusal NumbersUsedUp => new("numbers-used-up",
            "Für dieses Jahr gibt es kein freies Aktenzeichen mehr.", "No file number is free for this year.");
    }
}
