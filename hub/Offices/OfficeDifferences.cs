using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aufruf.Hub.Offices;

/// <summary>Says what differs between two versions of an office, a line for each place.</summary>
internal static class OfficeDifferences
{
    private const int LongestValue = 160;

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>"areas[hall].counters[5].label: "5" -> "6"".</summary>
    public static IEnumerable<string> Between(Office before, Office after) => Between(OfficeForm.Of(before), OfficeForm.Of(after), "");

    private static IEnumerable<string> Between(JsonNode? before, JsonNode? after, string path) => (before, after) switch
    {
        (JsonObject b, JsonObject a) => b.Union(a).Select(part => part.Key).Distinct()
            .SelectMany(name => Between(b[name], a[name], path.Length == 0 ? name : $"{path}.{name}")),
        (JsonArray b, JsonArray a) when b.Concat(a).All(item => Id(item) is not null) => BetweenLists(b, a, path),
        (JsonArray b, JsonArray a) => BetweenPlainLists(b, a, path),
        _ when JsonNode.DeepEquals(before, after) => [],
        _ => [$"{path}: {Text(before)} -> {Text(after)}"],
    };

    private static IEnumerable<string> BetweenLists(JsonArray before, JsonArray after, string path)
    {
        var (b, a) = (before.ToDictionary(item => Id(item)!), after.ToDictionary(item => Id(item)!));
        return b.Keys.Union(a.Keys).SelectMany(id => Between(b.GetValueOrDefault(id), a.GetValueOrDefault(id), $"{path}[{id}]"))
            .Concat(Order([.. b.Keys.Where(a.ContainsKey)], [.. a.Keys.Where(b.ContainsKey)], path));
    }

    private static IEnumerable<string> BetweenPlainLists(JsonArray before, JsonArray after, string path)
    {
        string[] b = [.. before.Select(Text)], a = [.. after.Select(Text)];
        string[] gone = [.. b.Except(a)], come = [.. a.Except(b)];
        return [.. gone.Select(item => $"{path}: {item} -> none"), .. come.Select(item => $"{path}: none -> {item}"),
            .. Order([.. b.Except(gone)], [.. a.Except(come)], path)];
    }

    private static IEnumerable<string> Order(string[] before, string[] after, string path) =>
        before.SequenceEqual(after) ? [] : [$"{path}: another order"];

    private static string? Id(JsonNode? item) => item is JsonObject map && map["id"] is JsonValue id ? (string?)id : null;

    private static string Text(JsonNode? value) => value?.ToJsonString(OneLine) switch
    {
        null => "none",
        { Length: > LongestValue } text => text[..LongestValue] + "…",
        var text => text,
    };
}
