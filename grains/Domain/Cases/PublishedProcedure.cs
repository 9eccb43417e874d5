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

    public static int Schema => 1;

    public static PublishedProcedure Empty { get; } = new([], false);

    /// <summary>"procedure/alsdorf.register-information".</summary>
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
        _ => throw new UnreachableException(),
    };

    public PublishedProcedure Apply(ProcedureEvent happened) => happened switch
    {
        ProcedurePublished e => new(Versions.RemoveAll(known => known.Number == e.Version.Number).Add(e.Version), true),
        ProcedureWithdrawn => this with { IsOffered = false },
        _ => throw new UnreachableException(),
    };

    private Decision<ProcedureEvent> Publish(Publish c, DateTimeOffset now)
    {
        if (c.Version.Library.Sum(file => (long)file.Length) > LongestLibrary || c.By.Length > LongestName
            || Versions.Count >= MostVersions)
        {
            return Refusal.ProcedureTooLarge;
        }

        if (IsOffered && Versions[^1].IsSameAs(c.Version))
        {
            return Array.Empty<ProcedureEvent>();
        }

        if (c.Version.Check(DateOnly.FromDateTime(now.UtcDateTime)).Count > 0 || c.Version.Read() is not { } read
            || read.Version != c.Version.Number)
        {
            return Refusal.ProcedureFaulty;
        }

        return Versions is [.., var last] && c.Version.Number <= last.Number && !last.IsSameAs(c.Version)
            ? Refusal.ProcedureVersionUsed : new ProcedurePublished(c.Version, c.By, now);
    }
}

[JsonDerivedType(typeof(Publish), "publish")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
public abstract record ProcedureCommand
{
    private ProcedureCommand() { }

    /// <param name="By">"file:permit.json".</param>
    public sealed record Publish(ProcedureVersion Version, string By) : ProcedureCommand;

    /// <summary>No new application begins. Open cases go on.</summary>
    public sealed record Withdraw(string By) : ProcedureCommand;
}

[JsonDerivedType(typeof(ProcedurePublished), "procedure-published")]
[JsonDerivedType(typeof(ProcedureWithdrawn), "procedure-withdrawn")]
public abstract record ProcedureEvent
{
    private ProcedureEvent() { }
    public sealed record ProcedurePublished(ProcedureVersion Version, string By, DateTimeOffset At) : ProcedureEvent;
    public sealed record ProcedureWithdrawn(string By, DateTimeOffset At) : ProcedureEvent;
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

        public static Refusal ProcedureTooLarge => new("procedure-too-large",
            "Mehr oder längere Versionen kann ein Verfahren nicht haben.", "A procedure cannot have more or longer versions.");
    }
}
