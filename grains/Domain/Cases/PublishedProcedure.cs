using static Aufruf.Domain.Cases.ProcedureCommand;
using static Aufruf.Domain.Cases.ProcedureEvent;

namespace Aufruf.Domain.Cases;

/// <summary>A procedure of one authority: every version that was ever in force, because open cases run on theirs.</summary>
/// <param name="IsOffered">New applications can begin.</param>
public sealed record PublishedProcedure(ImmutableList<ProcedureVersion> Versions, bool IsOffered)
    : IAggregate<PublishedProcedure, ProcedureCommand, ProcedureEvent>
{
    public const string StreamKind = "procedure";

    /// <summary>One version each week for ten years.</summary>
    public const int MostVersions = 520;

    /// <summary>All files of the library that one version refers to, in characters.</summary>
    public const int LongestLibrary = 1_000_000;

    private const int LongestName = 200;

    /// <summary>The version that administrators are writing; null: none.</summary>
    public ProcedureDraft? Draft { get; init; }

    /// <summary>How often a draft was saved, whichever it was. So a form that is older than the draft is known.</summary>
    public int Revision { get; init; }

    /// <summary>The one who published or withdrew it last; null: nobody yet.</summary>
    public string? By { get; init; }

    public static int Schema => 2;

    public static PublishedProcedure Empty { get; } = new([], false);

    /// <summary>"procedure/alsdorf.permit".</summary>
    public static string StreamOf(string authority, string procedure) => $"{StreamKind}/{authority}.{procedure}";

    /// <summary>The publisher of a file in the folder of procedures.</summary>
    public static string ByFile(string name) => $"file:{name}";

    /// <summary>The version that new applications run on; null: none can begin.</summary>
    [JsonIgnore]
    public ProcedureVersion? Newest => IsOffered ? Versions[^1] : null;

    public ProcedureVersion? Find(int number) => Versions.Find(version => version.Number == number);

    public Decision<ProcedureEvent> Decide(ProcedureCommand command, DateTimeOffset now) => command switch
    {
        Publish c => Publish(c, now),
        Withdraw c => IsOffered ? new ProcedureWithdrawn(c.By, now) : Array.Empty<ProcedureEvent>(),
        SaveDraft c => ProcedureDrafts.Save(this, c, now),
        DiscardDraft c => ProcedureDrafts.WhyNot(this, c.Seen) is { } refusal ? refusal : new ProcedureDraftEnded(c.By, now),
        _ => throw new UnreachableException(),
    };

    public PublishedProcedure Apply(ProcedureEvent happened) => happened switch
    {
        ProcedurePublished e => this with
        {
            Versions = Versions.RemoveAll(known => known.Number == e.Version.Number).Add(e.Version),
            IsOffered = true,
            By = e.By,
        },
        ProcedureWithdrawn e => this with { IsOffered = false, By = e.By },
        ProcedureDraftSaved e => this with { Draft = new(e.Json, e.Library, e.By, e.At), Revision = Revision + 1 },
        ProcedureDraftEnded => this with { Draft = null },
        _ => throw new UnreachableException(),
    };

    private Decision<ProcedureEvent> Publish(Publish c, DateTimeOffset now)
    {
        if (c.Version.Library.Sum(file => (long)file.Length) > LongestLibrary || c.By.Length > LongestName
            || Versions.Count >= MostVersions)
        {
            return Refusal.ProcedureTooLarge;
        }

        if (c.Seen is { } seen && ProcedureDrafts.WhyNot(this, seen) is { } refusal)
        {
            return refusal;
        }

        // A file that is as old as the administration's version stays where it is: it neither replaces nor brings back.
        if (IsFile(c.By) && By is not null && !IsFile(By) && c.Version.Number <= Versions[^1].Number)
        {
            return Array.Empty<ProcedureEvent>();
        }

        if (IsOffered && c.Seen is null && Versions[^1].IsSameAs(c.Version))
        {
            return Array.Empty<ProcedureEvent>();
        }

        if (c.Version.Check(DateOnly.FromDateTime(now.UtcDateTime)).Count > 0 || c.Version.Read() is not { } read
            || read.Version != c.Version.Number)
        {
            return Refusal.ProcedureFaulty;
        }

        return Versions is [.., var last] && c.Version.Number <= last.Number && !last.IsSameAs(c.Version)
            ? Refusal.ProcedureVersionUsed
            : c.Seen is null ? new ProcedurePublished(c.Version, c.By, now)
            : (ProcedureEvent[])[new ProcedurePublished(c.Version, c.By, now), new ProcedureDraftEnded(c.By, now)];
    }

    private static bool IsFile(string by) => by.StartsWith(ByFile(""), StringComparison.Ordinal);
}

[JsonDerivedType(typeof(Publish), "publish")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(SaveDraft), "save-draft")]
[JsonDerivedType(typeof(DiscardDraft), "discard-draft")]
public abstract record ProcedureCommand
{
    private ProcedureCommand() { }

    /// <param name="By">"file:permit.json", "staff:anna".</param>
    /// <param name="Seen">The revision of the draft that it is; null: it comes from no draft.</param>
    public sealed record Publish(ProcedureVersion Version, string By, int? Seen = null) : ProcedureCommand;

    /// <summary>No new application begins. Open cases go on.</summary>
    public sealed record Withdraw(string By) : ProcedureCommand;

    /// <param name="Json">It may be wrong yet.</param>
    /// <param name="Library">Tables and templates that come with it.</param>
    /// <param name="Seen">The revision that the form was filled from.</param>
    public sealed record SaveDraft(string Json, IReadOnlyList<string> Library, int Seen, string By) : ProcedureCommand;

    public sealed record DiscardDraft(int Seen, string By) : ProcedureCommand;
}

[JsonDerivedType(typeof(ProcedurePublished), "procedure-published")]
[JsonDerivedType(typeof(ProcedureWithdrawn), "procedure-withdrawn")]
[JsonDerivedType(typeof(ProcedureDraftSaved), "procedure-draft-saved")]
[JsonDerivedType(typeof(ProcedureDraftEnded), "procedure-draft-ended")]
public abstract record ProcedureEvent
{
    private ProcedureEvent() { }
    public sealed record ProcedurePublished(ProcedureVersion Version, string By, DateTimeOffset At) : ProcedureEvent;
    public sealed record ProcedureWithdrawn(string By, DateTimeOffset At) : ProcedureEvent;
    public sealed record ProcedureDraftSaved(string Json, IReadOnlyList<string> Library, string By, DateTimeOffset At) : ProcedureEvent;

    /// <summary>It was discarded, or has become a version.</summary>
    public sealed record ProcedureDraftEnded(string By, DateTimeOffset At) : ProcedureEvent;
}

public static class ProcedureRefusals
{
    extension(Refusal)
    {
        public static Refusal ProcedureFaulty => new("procedure-faulty",
            "Dieses Verfahren hat Fehler und wurde nicht übernommen.", "This procedure has faults and was not taken.");

        public static Refusal ProcedureVersionUsed => new("procedure-version-used",
            "Diese Versionsnummer gibt es schon mit anderem Inhalt. Bitte erhöhen Sie sie.",
            "This version number exists with another content. Please raise it.");

        public static Refusal ProcedureUnnamed => new("procedure-unnamed",
            "Im Feld „procedure“ muss der Name dieses Verfahrens stehen: kleine Buchstaben, Ziffern und Bindestriche.",
            "The field \"procedure\" needs the name of this procedure: small letters, digits and hyphens.");

        public static Refusal ProcedureUnknown => new("procedure-unknown",
            "Dieses Verfahren gibt es hier nicht.", "There is no such procedure here.", RefusalKind.NotFound);

        public static Refusal ProcedureTownUnknown => new("procedure-town-unknown",
            "Für diese Behörde steht keine Gemeinde im Ordner „towns“.", "The folder \"towns\" has no town for this authority.");

        public static Refusal ProcedureTooLarge => new("procedure-too-large",
            "Mehr oder längere Versionen kann ein Verfahren nicht haben.", "A procedure cannot have more or longer versions.");
    }
}
