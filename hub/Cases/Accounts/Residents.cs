using System.Text.Json;
using Aufruf.Contracts;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Cases.Accounts;

/// <summary>The demo's register of residents: one file an authority, read at the start. A true register is not connected.</summary>
internal sealed class Residents(IOptions<HubOptions> hub)
{
    private const long LongestFile = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Lazy<Dictionary<string, Resident[]>> _known = new(() => hub.Value.Residents.ToDictionary(
        register => register.Key, register => Read(register.Value)));

    /// <summary>The register has this person with this name, date of birth and address. Without a register: no.</summary>
    public bool Has(string authority, AccountData person) => _known.Value.TryGetValue(authority, out var all)
        && all.Contains(new(Plain(person.Given), Plain(person.Family), Plain(person.Born), Plain(person.Street), Plain(person.Number),
            Plain(person.Postcode), Plain(person.Town)));

    /// <summary>A sentence where the file cannot be read.</summary>
    internal static IEnumerable<string> Wrong(KeyValuePair<string, string> register)
    {
        var wrong = "";
        try
        {
            Read(register.Value);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            wrong = broken.Message;
        }

        return wrong.Length == 0 ? []
            : [$"Hub:Residents:{register.Key} must name a JSON file with residents; '{register.Value}' is none. {wrong}"];
    }

    private sealed record RegisterFile(string Note, Resident[] Residents);

    private sealed record Resident(string Given, string Family, string Born, string Street, string Number, string Postcode, string Town);

    private static Resident[] Read(string file)
    {
        if (new FileInfo(file).Length > LongestFile)
        {
            throw new IOException("The file is longer than 4 MiB.");
        }

        return [.. (JsonSerializer.Deserialize<RegisterFile>(File.ReadAllText(file), Form)?.Residents ?? []).Select(one =>
            new Resident(Plain(one.Given), Plain(one.Family), Plain(one.Born), Plain(one.Street), Plain(one.Number), Plain(one.Postcode),
                Plain(one.Town)))];
    }

    private static string Plain(string? text) => (text ?? "").Trim().Normalize().ToUpperInvariant();
}
