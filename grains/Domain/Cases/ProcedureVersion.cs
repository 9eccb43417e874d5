using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases;

/// <summary>A declaration with all that it refers to, as it was in force. So a case needs no file of today.</summary>
/// <param name="Library">The texts of its tables and templates.</param>
/// <param name="Postcodes">Of the town.</param>
/// <param name="TimeZone">Of the authority: "Europe/Berlin".</param>
public sealed record ProcedureVersion(int Number, string Json, IReadOnlyList<string> Library, string Town,
    IReadOnlyList<string> Postcodes, string TimeZone)
{
    [JsonIgnore]
    public Town Place => new(Town, [.. Postcodes]);

    public bool IsSameAs(ProcedureVersion other) => (Number, Json, Town, TimeZone) == (other.Number, other.Json, other.Town, other.TimeZone)
        && Library.SequenceEqual(other.Library) && Postcodes.SequenceEqual(other.Postcodes);

    /// <summary>Null: it has faults.</summary>
    public ProcedureDefinition? Read() => ProcedureReader.Read(Json, Tables()).Procedure;

    public IReadOnlyList<Fault> Check(DateOnly today) => Linter.Check(Json, Tables(), today, Place);

    /// <summary>A template of the documents; null: there is none of this name.</summary>
    public DocumentTemplate? Template(string name) => Tables().Templates.GetValueOrDefault(name);

    private Library Tables() => Library.Aggregate(Declarations.Library.Empty, (library, file) => library.With(file, out _));
}
