using System.Collections.Immutable;
using System.Text.Json;
using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Hub.Cases;

/// <summary>An authority that offers the procedures of a folder, with the town that it is responsible for.</summary>
internal sealed record ProcedureTown(string Authority, string Town, ImmutableSortedSet<string> Postcodes, string TimeZone)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

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
