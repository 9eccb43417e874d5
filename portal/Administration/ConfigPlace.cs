using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aufruf.Portal.Administration;

/// <summary>One place of a draft that has a page: "areas/0/services/2"; empty: the whole office.</summary>
/// <param name="Part">Its rules.</param>
/// <param name="Node">The text at this place.</param>
public sealed record ConfigPlace(string At, JsonObject Root, SchemaPart Part, JsonObject Node)
{
    private const int LongestPath = 200;

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonObject root) => root.ToJsonString(Readable) + "\n";

    /// <summary>Null: there is no such place.</summary>
    public static ConfigPlace? Find(JsonObject root, SchemaPart schema, string at)
    {
        if (at.Length > LongestPath)
        {
            return null;
        }

        var (part, node) = (schema, (JsonNode?)root);
        foreach (var step in at.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            (part, node) = (part.Items is { } items ? items : part.Part(step)!, Child(node, step));
            if (part is null || node is null)
            {
                return null;
            }
        }

        return node is JsonObject found && part.Type == "object" ? new(at, root, part, found) : null;
    }

    public static JsonNode? Child(JsonNode? node, string step) => node switch
    {
        JsonObject map => map[step],
        JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < list.Count => list[i],
        _ => null,
    };

    /// <summary>The row's id, by which it is found again after others moved it; null: it has none.</summary>
    public string? Item => Text(Node["id"]);

    /// <summary>The place above, for the way back; null: this is the whole office.</summary>
    public string? Above
    {
        get
        {
            var steps = At.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return steps.Length == 0 ? null
                : string.Join('/', int.TryParse(steps[^1], CultureInfo.InvariantCulture, out _) ? steps[..^2] : steps[..^1]);
        }
    }

    /// <summary>The waiting area that the place is in; null: none.</summary>
    public JsonObject? Area => At.Split('/') is ["areas", var index, ..] ? Child(Root["areas"], index) as JsonObject : null;

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>As it stands in an input.</summary>
    public static string Shown(JsonNode? node) => (Text(node) ?? node?.ToJsonString(Readable) ?? "").ReplaceLineEndings("\n");
}
