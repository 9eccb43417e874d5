using System.Text.Json.Nodes;

namespace Aufruf.Portal.Administration;

/// <summary>The rules of one part of an office file, and the word under which its labels stand.</summary>
/// <param name="Name">Of its definition, or of the property when it has none: "service", "rates".</param>
public sealed record SchemaPart(JsonObject Rules, string Name, JsonObject Definitions)
{
    // Longer lists, and lists whose rows have an id, get a page for each row.
    private const int LongestOnOnePage = 20;

    public static SchemaPart Root(string schema)
    {
        var rules = JsonNode.Parse(schema)!.AsObject();
        return new(rules, "office", rules["definitions"]!.AsObject());
    }

    public string? Type => (string?)Rules["type"];

    public bool IsTexts => Name == "texts";

    public bool IsId => Name == "id";

    /// <summary>The parts with their names, without the address of the schema itself.</summary>
    public IEnumerable<(string Name, SchemaPart Part)> Parts => Rules["properties"] is JsonObject parts
        ? parts.Where(part => part.Key != "$schema").Select(part => (part.Key, Resolve(part.Value!, part.Key))) : [];

    public SchemaPart? Part(string name) =>
        Rules["properties"]?[name] is { } rules && name != "$schema" ? Resolve(rules, name) : null;

    public SchemaPart? Items => Rules["items"] is { } rules ? Resolve(rules, Name) : null;

    /// <summary>The rules of each value of a map, such as an arrow per counter; null: it is no map.</summary>
    public SchemaPart? Values => Rules["additionalProperties"] is JsonObject rules ? Resolve(rules, Name) : null;

    public IReadOnlyList<string> Options => Rules["enum"] is JsonArray options ? [.. options.Select(option => (string)option!)]
        : Type == "boolean" ? ["true", "false"] : [];

    public bool IsNeeded(string name) => Rules["required"] is JsonArray needed && needed.Any(one => (string?)one == name);

    /// <summary>A list whose rows have pages of their own, or a part that has such a list.</summary>
    public bool HasOwnPage => IsListOfPages || Parts.Any(part => part.Part.HasOwnPage);

    public bool IsListOfPages => Items is { Type: "object", IsTexts: false } items
        && (items.Part("id") is not null || ((int?)Rules["maxItems"] ?? int.MaxValue) > LongestOnOnePage);

    /// <summary>The part that a row begins with: lists and objects that must be there are empty.</summary>
    public JsonNode Empty()
    {
        if (Type == "array")
        {
            return new JsonArray();
        }

        var row = new JsonObject();
        foreach (var (name, part) in Parts.Where(part => IsNeeded(part.Name) && part.Part.Type is "array" or "object"))
        {
            row[name] = part.Empty();
        }

        return row;
    }

    private SchemaPart Resolve(JsonNode rules, string name) => rules["$ref"] is { } reference
        && ((string)reference!).Split('/')[^1] is var definition
            ? new(Definitions[definition]!.AsObject(), definition, Definitions) : new(rules.AsObject(), name, Definitions);
}
