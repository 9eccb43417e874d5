using static Aufruf.Domain.Cases.PersonFileCommand;
using static Aufruf.Domain.Cases.PersonFileEvent;

namespace Aufruf.Domain.Cases;

/// <summary>The file of one person with an account: own drafts and cases, and the staff's looks at them. It has no name and no answer.
/// </summary>
/// <param name="Cases">The file numbers, each with the time since when it stands here.</param>
/// <param name="Looks">At these cases, the earliest first.</param>
public sealed record PersonFile(ImmutableDictionary<string, DateTimeOffset> Cases, ImmutableList<PersonLook> Looks)
    : IAggregate<PersonFile, PersonFileCommand, PersonFileEvent>
{
    public const string StreamKind = "person-file";

    /// <summary>The part of the person in a case.</summary>
    public const string Part = "account";

    /// <summary>Cases of a whole life online; the last looks that the person sees. The journal keeps the others.</summary>
    public const int MostCases = 2_000, MostLooks = 500;

    /// <summary>Drafts that are open at one time.</summary>
    public const int MostDrafts = 50;

    /// <summary>Several looks of one clerk at one case within this time are one.</summary>
    public static readonly TimeSpan OneLook = TimeSpan.FromHours(1);

    public static int Schema => 2;

    public static PersonFile Empty { get; } = new(ImmutableDictionary<string, DateTimeOffset>.Empty, []);

    /// <summary>The drafts that are neither sent nor discarded, each by the hash of its code and with its end.</summary>
    public ImmutableDictionary<string, DateTimeOffset> Drafts { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>"person-file/alsdorf.3f6c09".</summary>
    /// <param name="person">A key that leads to nobody without the secret of the authority.</param>
    public static string StreamOf(string authority, string person) => $"{StreamKind}/{authority}.{person}";

    /// <summary>The person whose account sent the case; null: it came without one.</summary>
    public static string? PersonOf(CitizenCase found) => found.Participants.FirstOrDefault(one => one.Value == Part).Key;

    public Decision<PersonFileEvent> Decide(PersonFileCommand command, DateTimeOffset now) => command switch
    {
        AddCase c => Cases.ContainsKey(c.Number) ? Array.Empty<PersonFileEvent>()
            : Cases.Count >= MostCases || c.Number.Length > CitizenCase.LongestWord ? Refusal.PersonFileFull
            : new PersonCaseAdded(c.Number, now),
        DropCase c => Cases.ContainsKey(c.Number) ? new PersonCaseDropped(c.Number, now) : Array.Empty<PersonFileEvent>(),
        NoteLook c => !Cases.ContainsKey(c.Look.Number) || Looks.Any(c.Look.IsSameAs) ? Array.Empty<PersonFileEvent>()
            : new PersonCaseSeen(c.Look, now),
        AddDraft c => Drafts.ContainsKey(c.CodeHash) ? Array.Empty<PersonFileEvent>()
            : Drafts.Values.Count(until => now < until) >= MostDrafts ? Refusal.TooManyOwnDrafts
            : new PersonDraftAdded(c.CodeHash, c.Until, now),
        DropDraft c => Drafts.ContainsKey(c.CodeHash) ? new PersonDraftDropped(c.CodeHash, now) : Array.Empty<PersonFileEvent>(),
        _ => throw new UnreachableException(),
    };

    public PersonFile Apply(PersonFileEvent happened) => happened switch
    {
        PersonCaseAdded e => this with { Cases = Cases.Add(e.Number, e.At) },
        PersonCaseDropped e => this with { Cases = Cases.Remove(e.Number), Looks = Looks.RemoveAll(look => look.Number == e.Number) },
        PersonCaseSeen e => this with { Looks = (Looks.Count < MostLooks ? Looks : Looks.RemoveAt(0)).Add(e.Look) },
        // A draft that ends by itself leaves the file with the next one that begins.
        PersonDraftAdded e => this with
        {
            Drafts = Drafts.RemoveRange(Drafts.Where(known => known.Value <= e.At).Select(known => known.Key)).Add(e.CodeHash, e.Until),
        },
        PersonDraftDropped e => this with { Drafts = Drafts.Remove(e.CodeHash) },
        _ => throw new UnreachableException(),
    };
}

/// <summary>A clerk has seen the answers or a document of a case.</summary>
public sealed record PersonLook(string Number, ClerkId Clerk, DateTimeOffset SeenAt)
{
    internal bool IsSameAs(PersonLook other) =>
        Number == other.Number && Clerk == other.Clerk && (SeenAt - other.SeenAt).Duration() < PersonFile.OneLook;
}

[JsonDerivedType(typeof(AddCase), "add-case")]
[JsonDerivedType(typeof(DropCase), "drop-case")]
[JsonDerivedType(typeof(NoteLook), "note-look")]
[JsonDerivedType(typeof(AddDraft), "add-draft")]
[JsonDerivedType(typeof(DropDraft), "drop-draft")]
public abstract record PersonFileCommand
{
    private PersonFileCommand() { }

    public sealed record AddCase(string Number) : PersonFileCommand;

    /// <summary>The case is destroyed, or the archive has it.</summary>
    public sealed record DropCase(string Number) : PersonFileCommand;

    public sealed record NoteLook(PersonLook Look) : PersonFileCommand;

    public sealed record AddDraft(string CodeHash, DateTimeOffset Until) : PersonFileCommand;

    /// <summary>The draft is a case, or discarded for good.</summary>
    public sealed record DropDraft(string CodeHash) : PersonFileCommand;
}

/// <summary>Facts about the file of a person, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(PersonCaseAdded), "person-case-added")]
[JsonDerivedType(typeof(PersonCaseDropped), "person-case-dropped")]
[JsonDerivedType(typeof(PersonCaseSeen), "person-case-seen")]
[JsonDerivedType(typeof(PersonDraftAdded), "person-draft-added")]
[JsonDerivedType(typeof(PersonDraftDropped), "person-draft-dropped")]
public abstract record PersonFileEvent
{
    private PersonFileEvent() { }
    public sealed record PersonCaseAdded(string Number, DateTimeOffset At) : PersonFileEvent;
    public sealed record PersonCaseDropped(string Number, DateTimeOffset At) : PersonFileEvent;
    public sealed record PersonCaseSeen(PersonLook Look, DateTimeOffset At) : PersonFileEvent;
    public sealed record PersonDraftAdded(string CodeHash, DateTimeOffset Until, DateTimeOffset At) : PersonFileEvent;
    public sealed record PersonDraftDropped(string CodeHash, DateTimeOffset At) : PersonFileEvent;
}

public static class PersonFileRefusals
{
    extension(Refusal)
    {
        public static Refusal PersonFileFull => new("person-file-full",
            "Mehr Vorgänge kann ein Konto nicht haben.", "An account cannot have more cases than this.");

        public static Refusal TooManyOwnDrafts => new("too-many-own-drafts",
            "So viele angefangene Anträge kann ein Konto nicht haben. Bitte senden oder löschen Sie erst einen davon.",
            "An account cannot have so many unsent applications. Please send or delete one of them first.");
    }
}
