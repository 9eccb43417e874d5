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

    public static int Schema => 5;

    public static OfficeConfiguration Empty { get; } = new(null, null, null);

    public const string StreamKind = "office";

    /// <param name="office">"alsdorf.rathaus".</param>
    public static string StreamOf(string office) => $"{StreamKind}/{office}";

    public static string KeyOf(string stream) => stream[(StreamKind.Length + 1)..];

    /// <summary>The publisher of a file in the watched folder.</summary>
    /// <param name="name">Without the folder.</param>
    public static string ByFile(string name) => FromFile + name;

    /// <summary>The publisher of a command. The journal keeps this name for ever.</summary>
    public static string ByCommand(string name) => $"command:{name}";

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
        _ => throw new UnreachableException(),
    };

    public OfficeConfiguration Apply(OfficeEvent happened) => happened switch
    {
        OfficePublished e => new(e.Office, e.By, Taken(e.By, e.FileHash)),
        OfficeConfirmed e => new(Office, e.By, Taken(e.By, e.FileHash)),
        OfficeWithdrawn e => new(null, e.By, IsFile(e.By) ? null : File), // A file that comes back is taken again.
        _ => throw new UnreachableException(),
    };

    /// <summary>Compared as it is written: lists and texts have no equality of their own.</summary>
    public static bool IsSame(Office before, Office after) => JsonSerializer.Serialize(before, DomainJson.Options)
        == JsonSerializer.Serialize(after, DomainJson.Options);

    private TakenFile? Taken(string by, string? hash) => hash is null ? File : new(by[FromFile.Length..], hash);

    private static bool IsFile(string? by) => by?.StartsWith(FromFile, StringComparison.Ordinal) is true;
}

/// <summary>A file of the watched folder, as it was when it was taken.</summary>
/// <param name="Hash">SHA-256 of its bytes, hexadecimal.</param>
public sealed record TakenFile(string Name, string Hash);

[JsonDerivedType(typeof(Publish), "publish")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
public abstract record OfficeCommand
{
    private OfficeCommand() { }

    /// <summary>A whole configuration, already checked.</summary>
    /// <param name="FileHash">Of the watched folder's file; null when it came by another way.</param>
    public sealed record Publish(Office Office, string By, string? FileHash = null) : OfficeCommand;

    /// <summary>The office is no longer served.</summary>
    public sealed record Withdraw(string By) : OfficeCommand;
}

/// <summary>Facts about an office's configuration, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(OfficePublished), "office-published")]
[JsonDerivedType(typeof(OfficeConfirmed), "office-confirmed")]
[JsonDerivedType(typeof(OfficeWithdrawn), "office-withdrawn")]
public abstract record OfficeEvent
{
    private OfficeEvent() { }
    public sealed record OfficePublished(Office Office, string By, string? FileHash, DateTimeOffset At) : OfficeEvent;

    /// <summary>The same configuration came by another way, or in a file that is written in another way.</summary>
    public sealed record OfficeConfirmed(string By, string? FileHash, DateTimeOffset At) : OfficeEvent;
    public sealed record OfficeWithdrawn(string By, DateTimeOffset At) : OfficeEvent;
}
