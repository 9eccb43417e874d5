using static Aufruf.Domain.Offices.OfficeCommand;
using static Aufruf.Domain.Offices.OfficeEvent;

namespace Aufruf.Domain.Offices;

/// <summary>The configuration of one office as it is in force. The journal keeps every version of it.</summary>
/// <param name="Office">Null: there is none yet, or it was withdrawn.</param>
/// <param name="By">The way it came, such as "file:alsdorf.rathaus.json" or "command:anna".</param>
/// <param name="File">The file that was taken last. The same content does not come back by itself after a later change.</param>
public sealed record OfficeConfiguration(Office? Office, string? By, TakenFile? File)
    : IAggregate<OfficeConfiguration, OfficeCommand, OfficeEvent>
{
    private const string FromFile = "file:";

    public static int Schema => 7;

    public static OfficeConfiguration Empty { get; } = new(null, null, null);

    /// <summary>How often the office was published or withdrawn. The history names each edition by this number.</summary>
    public int Edition { get; init; }

    /// <summary>When this edition came into force; null: there was none yet.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Administrators prepare it beside the office in force; null: there is none.</summary>
    public OfficeDraft? Draft { get; init; }

    /// <summary>The number of the last saved draft. A discarded one keeps its number, so an old page never fits a new draft.</summary>
    public int Revisions { get; init; }

    public const string StreamKind = "office";

    /// <param name="office">"alsdorf.rathaus".</param>
    public static string StreamOf(string office) => $"{StreamKind}/{office}";

    public static string KeyOf(string stream) => stream[(StreamKind.Length + 1)..];

    /// <summary>The publisher of a file in the watched folder.</summary>
    /// <param name="name">Without the folder.</param>
    public static string ByFile(string name) => FromFile + name;

    /// <summary>The publisher of a command. The journal keeps this name for ever.</summary>
    public static string ByCommand(string name) => $"command:{name}";

    /// <summary>The publisher who works in the administration's pages or by its API.</summary>
    public static string ByStaff(string name) => $"staff:{name}";

    /// <summary>The office leaves when its file leaves.</summary>
    [JsonIgnore]
    public bool IsFromFile => Office is not null && IsFile(By);

    public Decision<OfficeEvent> Decide(OfficeCommand command, DateTimeOffset now) => command switch
    {
        Publish c when Office is null || !IsSame(Office, c.Office) => new OfficePublished(c.Office, c.By, c.FileHash, now),
        Publish c when c.By != By || (c.FileHash is not null && c.FileHash != File?.Hash) =>
            new OfficeConfirmed(c.By, c.FileHash, now),
        Withdraw c when Office is not null => new OfficeWithdrawn(c.By, now),
        Publish or Withdraw => Array.Empty<OfficeEvent>(),
        SaveDraft or DiscardDraft or PublishDraft or TakeBack => OfficeDraft.Decide(this, command, now),
        _ => throw new UnreachableException(),
    };

    public OfficeConfiguration Apply(OfficeEvent happened) => happened switch
    {
        OfficePublished e => InForce(e.Office, e.By, Taken(e.By, e.FileHash), e.At),
        OfficeConfirmed e => this with { By = e.By, File = Taken(e.By, e.FileHash) },
        OfficeWithdrawn e => InForce(null, e.By, IsFile(e.By) ? null : File, e.At), // A file that comes back is taken again.
        DraftSaved e => this with { Draft = new(e.Text, e.BasedOn, e.Revision, e.By, e.At), Revisions = e.Revision },
        DraftDiscarded or DraftPublished => this with { Draft = null },
        _ => throw new UnreachableException(),
    };

    /// <summary>Compared as it is written: lists and texts have no equality of their own.</summary>
    public static bool IsSame(Office before, Office after) => JsonSerializer.Serialize(before, DomainJson.Options)
        == JsonSerializer.Serialize(after, DomainJson.Options);

    private OfficeConfiguration InForce(Office? office, string by, TakenFile? file, DateTimeOffset at) =>
        this with { Office = office, By = by, File = file, Edition = Edition + 1, Since = at };

    private TakenFile? Taken(string by, string? hash) => hash is null ? File : new(by[FromFile.Length..], hash);

    private static bool IsFile(string? by) => by?.StartsWith(FromFile, StringComparison.Ordinal) is true;
}

/// <summary>A file of the watched folder, as it was when it was taken.</summary>
/// <param name="Hash">SHA-256 of its bytes, hexadecimal.</param>
public sealed record TakenFile(string Name, string Hash);
