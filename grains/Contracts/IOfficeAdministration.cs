using System.Text.Json.Serialization;
using Aufruf.Domain;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>Prepares, checks and publishes the configuration of offices. Answered by the hub that the pages run in.</summary>
public interface IOfficeAdministration
{
    /// <summary>The rules of an office file, as a JSON schema. The pages' forms are made of it.</summary>
    string Schema { get; }

    /// <summary>The last one, also of an office that was withdrawn; 0: there was none.</summary>
    int EditionOf(string office);

    /// <summary>Null: there is neither an office nor a draft.</summary>
    OfficeDesk? Find(string office);

    /// <summary>All that is wrong in a text in the form of an office file. Nothing is read besides.</summary>
    IReadOnlyList<DraftFault> FaultsOf(string text);

    /// <summary>The places in which two texts differ.</summary>
    IReadOnlyList<OfficeDifference> Between(string before, string after);

    /// <summary>All that would happen to tickets and bookings too.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    Task<DraftCheck> CheckAsync(string office, string text);

    /// <param name="who">The holder's name of the one who asks.</param>
    Task<DraftAnswer> SaveAsync(string office, string text, int basedOn, int seen, string who);

    Task<DraftAnswer> DiscardAsync(string office, int seen, string who);

    /// <summary>A wrong draft, and one that would lose tickets or bookings, stays a draft.</summary>
    Task<DraftAnswer> PublishAsync(string office, int seen, string who);

    /// <param name="edition">The earlier one that comes into force again.</param>
    /// <param name="seen">The one in force that the administrator saw.</param>
    Task<DraftAnswer> TakeBackAsync(string office, int edition, int seen, string who);

    /// <summary>Every change, the newest first.</summary>
    Task<OfficeHistory> HistoryAsync(string office);

    /// <summary>The text of one saved draft; null: there is none with this number.</summary>
    Task<string?> DraftTextAsync(string office, int revision);

    /// <summary>The addresses of an office's desk and screens, those of screens with a new secret that is shown once.</summary>
    Task<IReadOnlyList<FirstAddress>> IssueScreensAsync(string office);
}

/// <summary>The first view of an administrator of an office.</summary>
/// <param name="Text">The office in force, in the form of a file; null: there is none yet.</param>
/// <param name="Others">Ids of the authority's other offices.</param>
public sealed record OfficeDesk(string Office, Texts Name, int Edition, string? By, DateTimeOffset? Since, string TimeZone, string? Text,
    OfficeDraft? Draft, IReadOnlyList<OfficeDifference> Changes, IReadOnlyList<string> Others)
{
    /// <summary>The text in the forms.</summary>
    [JsonIgnore]
    public string Current => Draft?.Text ?? Text ?? "{}";
}

/// <param name="Objection">Why it cannot be published now, although nothing is wrong in it; null: nothing speaks against it.</param>
public sealed record DraftCheck(IReadOnlyList<DraftFault> Errors, IReadOnlyList<DraftFault> Warnings, IReadOnlyList<DraftHit> Hits,
    Texts? Objection)
{
    public bool MayBePublished => Errors.Count == 0 && Objection is null;
}

/// <param name="Path">"areas[0].counters[1].label"; null: the whole text.</param>
/// <param name="Sentence">In English, as for those who write files.</param>
public sealed record DraftFault(DraftFaultKind Kind, string? Path, int? Line, string Sentence)
{
    /// <summary>The part that is missing, or unknown.</summary>
    public string? Property { get; init; }

    /// <summary>For <see cref="DraftFaultKind.Rule"/>: the sentence for German pages. Those say the other kinds by the form.</summary>
    public string? German { get; init; }

    public string In(string language) => language == "de" && German is not null ? German : Sentence;
}

[JsonConverter(typeof(JsonStringEnumConverter<DraftFaultKind>))]
public enum DraftFaultKind
{
    [JsonStringEnumMemberName("rule")] Rule,
    [JsonStringEnumMemberName("missing")] Missing,
    [JsonStringEnumMemberName("unknown")] Unknown,
    [JsonStringEnumMemberName("twice")] Twice,
    [JsonStringEnumMemberName("expected")] Expected,
}

/// <summary>The bookings of one day that would no longer fit.</summary>
public sealed record DraftHit(DateOnly Day, string Calendar, int Bookings);

/// <summary>One place in which two configurations differ.</summary>
/// <param name="Path">"areas[hall].counters[5].label".</param>
public sealed record OfficeDifference(string Path, string? Before, string? After)
{
    /// <summary>The same things in another order.</summary>
    public bool IsOrder { get; init; }
}

/// <param name="Refusal">Null: it was carried out.</param>
/// <param name="Objection">Says more than the refusal.</param>
public sealed record DraftAnswer(OfficeDesk? Desk, Refusal? Refusal, Texts? Objection = null);

/// <param name="Editions">The newest first.</param>
/// <param name="Drafts">The saved steps of the present draft, the newest first.</param>
public sealed record OfficeHistory(int InForce, IReadOnlyList<OfficeEdition> Editions, IReadOnlyList<DraftStep> Drafts);

/// <param name="Again">The earlier edition that it repeats; null: none.</param>
/// <param name="Name">Null: the office was withdrawn.</param>
public sealed record OfficeEdition(int Number, string By, DateTimeOffset At, int? Again, Texts? Name,
    IReadOnlyList<OfficeDifference> Changes);

public sealed record DraftStep(int Revision, string By, DateTimeOffset At, IReadOnlyList<OfficeDifference> Changes);

/// <param name="Kind">"desk", "kiosk" or "board".</param>
/// <param name="Path">Of a screen with the secret behind the '#', which no server sees.</param>
public sealed record FirstAddress(string Kind, string Path);
