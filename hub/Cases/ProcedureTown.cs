using System.Collections.Immutable;
using System.Text.Json;
using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Hub.Cases;

/// <summary>An authority that offers the procedures of a folder, with the town that it is responsible for.</summary>
/// <param name="Letterhead">The sender on its letters; null: the town's name alone.</param>
internal sealed record ProcedureTown(string Authority, string Town, ImmutableSortedSet<string> Postcodes, string TimeZone,
    TownLetterhead? Letterhead = null)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public Town Is => new(Town, Postcodes);

    /// <exception cref="InvalidDataException">The sentence for the operator.</exception>
    public static ProcedureTown Read(string file)
    {
        try
        {
            var town = JsonSerializer.Deserialize<ProcedureTown>(File.ReadAllText(file), Form);
            return town is { Authority: { Length: > 0 } authority, Town.Length: > 0, Postcodes: not null }
                && !authority.Contains('.', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(town.TimeZone, out _)
                ? town : throw new InvalidDataException($"{file}: needs authority, town, postcodes and a time zone such as Europe/Berlin.");
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"{file}: {wrong.Message}", wrong);
        }
    }
}

/// <summary>The sender as its letters show it.</summary>
/// <param name="ReturnLine">One line above the address, in the envelope's window.</param>
/// <param name="Units">The names of the units that procedures name, such as a20.</param>
/// <param name="Foot">Lines at the end of each sheet.</param>
internal sealed record TownLetterhead(string Name, string ReturnLine, ImmutableSortedDictionary<string, string> Units,
    IReadOnlyList<string> Foot);
