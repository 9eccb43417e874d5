using System.Text.RegularExpressions;
using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>The declaration that a case runs on, read and checked. The journal keeps its JSON text; this is made of it.</summary>
public sealed record ProcedureDefinition(string Id, int Version, DateOnly ValidFrom)
{
    internal JsonPart? At { get; init; }

    public Texts Title { get; init; } = [];
    public string? Note { get; init; }
    public string? Fim { get; init; }
    public string Unit { get; init; } = "";
    public string FilePlan { get; init; } = "";
    public string? Article { get; init; }
    public IdentityNeeded Identity { get; init; }

    /// <summary>The least level of an account; null: no account is needed.</summary>
    public TrustLevel? Trust { get; init; }
    public IReadOnlyList<string> Channels { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = [];
    public IReadOnlyList<string> Basis { get; init; } = [];
    public int DraftDays { get; init; }

    /// <summary>The tables under the names of the declaration.</summary>
    public DeclaredTables Tables { get; init; } =
        new(ImmutableDictionary<string, CodeList>.Empty, ImmutableDictionary<string, RateTable>.Empty);

    public IReadOnlyList<Page> Pages { get; init; } = [];
    public IReadOnlyList<NamedValue> Values { get; init; } = [];
    public Flow Flow { get; init; } = new();
    public IReadOnlyList<DeclaredTask> Tasks { get; init; } = [];
    public IReadOnlyList<DeclaredHearing> Hearings { get; init; } = [];
    public IReadOnlyList<DeclaredClaim> Claims { get; init; } = [];
    public IReadOnlyList<DeclaredStock> Stock { get; init; } = [];
    public IReadOnlyList<DeclaredDocument> Documents { get; init; } = [];
    public IReadOnlyList<DeclaredNotice> Notices { get; init; } = [];

    /// <summary>Own sentences for the citizen, by state.</summary>
    public IReadOnlyDictionary<CaseState, Texts> Says { get; init; } = ImmutableDictionary<CaseState, Texts>.Empty;

    /// <summary>Own texts, by code.</summary>
    public IReadOnlyDictionary<string, Texts> Texts { get; init; } = ImmutableDictionary<string, Texts>.Empty;

    public IReadOnlyList<string> Follows { get; init; } = [];

    /// <summary>All names that a document may use.</summary>
    internal Names Names { get; init; } = new(ImmutableDictionary<string, Named>.Empty, [], new(
        ImmutableDictionary<string, CodeList>.Empty, ImmutableDictionary<string, RateTable>.Empty));

    /// <summary>The editions of the tables that a case is pinned to: "fees@2026-01-01".</summary>
    public IEnumerable<string> Editions => Tables.Codes.Values.Select(c => Name(c.Id, c.Edition))
        .Concat(Tables.Rates.Values.Select(r => Name(r.Id, r.Edition))).Order(StringComparer.Ordinal);

    private static string Name(string id, DateOnly edition) => string.Create(CultureInfo.InvariantCulture, $"{id}@{edition:yyyy-MM-dd}");
}

public enum IdentityNeeded { None, Account, IdCard }

public sealed record Page(string Id, Texts Title, Formula? If, IReadOnlyList<Field> Fields);

/// <summary>A question of a form.</summary>
/// <param name="Path">Its name in expressions: "keeper", or "address.town" in a group.</param>
public sealed record Field(string Path, FieldType Type, Texts Label)
{
    internal JsonPart? At { get; init; }

    public Texts? Hint { get; init; }
    public Formula? If { get; init; }

    /// <summary>Null: it must be given.</summary>
    public Formula? Required { get; init; }
    public Formula? Min { get; init; }
    public Formula? Max { get; init; }
    public Regex? Pattern { get; init; }
    public Formula? Valid { get; init; }

    /// <summary>The code of the text that is shown where it is not valid.</summary>
    public string? Say { get; init; }

    /// <summary>Of a code: its list.</summary>
    public string? List { get; init; }
    public IReadOnlyList<string> Mime { get; init; } = [];
    public int? MaxMiB { get; init; }
    public IReadOnlyList<string> Fim { get; init; } = [];

    /// <summary>Of a stock item or an appointment: the item or service.</summary>
    public string? Item { get; init; }

    /// <summary>With an account it comes from there, and the citizen cannot change it. Null: the citizen answers.</summary>
    public FieldSource? From { get; init; }

    /// <summary>Of a group or a repeated group.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    public string Id => Path[(Path.LastIndexOf('.') + 1)..];
}

/// <summary>A value that follows from the answers.</summary>
public sealed record NamedValue(string Id, Kind Kind, Formula Is)
{
    internal JsonPart? Place { get; init; }

    /// <summary>Its name for people; null: they read the id.</summary>
    public Texts? Label { get; init; }
}
