using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aufruf.Contracts;

namespace Aufruf.Hub.Offices;

/// <summary>Says what differs between two versions of an office, a line for each place.</summary>
internal static class OfficeDifferences
{
    private const int LongestValue = 160;

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>"areas[hall].counters[5].label: "5" -> "6"".</summary>
    public static IEnumerable<string> Between(Office before, Office after) => Between(OfficeForm.Of(before), OfficeForm.Of(after), "")
        .Select(found => found.IsOrder ? $"{found.Path}: another order" : $"{found.Path}: {found.Before ?? None} -> {found.After ?? None}");

    /// <summary>Between two texts in the form of an office file, of which one may be wrong yet.</summary>
    public static IReadOnlyList<OfficeDifference> Between(string before, string after) =>
        OfficeDraftText.Read(before) is { } b && OfficeDraftText.Read(after) is { } a ? [.. Between(b, a, "")] : [];

    private const string None = "none";

    private static IEnumerable<OfficeDifference> Between(JsonNode? before, JsonNode? after, string path) => (before, after) switch
    {
        (JsonObject b, JsonObject a) => b.Union(a).Select(part => part.Key).Distinct()
            .SelectMany(name => Between(b[name], a[name], path.Length == 0 ? name : $"{path}.{name}")),
        (JsonArray b, JsonArray a) when HaveIds(b) && HaveIds(a) => BetweenLists(b, a, path),
        (JsonArray b, JsonArray a) => BetweenPlainLists(b, a, path),
        _ when JsonNode.DeepEquals(before, after) => [],
        _ => [new(path, Text(before), Text(after))],
    };

    private static bool HaveIds(JsonArray list) =>
        list.Select(Id).Distinct().Count() == list.Count && list.All(item => Id(item) is not null);

    private static IEnumerable<OfficeDifference> BetweenLists(JsonArray before, JsonArray after, string path)
    {
        var (b, a) = (before.ToDictionary(item => Id(item)!), after.ToDictionary(item => Id(item)!));
        return b.Keys.Union(a.Keys).SelectMany(id => Between(b.GetValueOrDefault(id), a.GetValueOrDefault(id), $"{path}[{id}]"))
            .Concat(Order([.. b.Keys.Where(a.ContainsKey)], [.. a.Keys.Where(b.ContainsKey)], path));
    }

    private static IEnumerable<OfficeDifference> BetweenPlainLists(JsonArray before, JsonArray after, string path)
    {
        string[] b = [.. before.Select(item => Whole(item) ?? None)], a = [.. after.Select(item => Whole(item) ?? None)];
        string[] gone = [.. b.Except(a)], come = [.. a.Except(b)];
        return [.. gone.Select(item => new OfficeDifference(path, Cut(item), null)),
            .. come.Select(item => new OfficeDifference(path, null, Cut(item))), .. Order([.. b.Except(gone)], [.. a.Except(come)], path)];
    }

    private static IEnumerable<OfficeDifference> Order(string[] before, string[] after, string path) =>
        before.SequenceEqual(after) ? [] : [new(path, null, null) { IsOrder = true }];

    private static string? Id(JsonNode? item) =>
        item is JsonObject map && map["id"] is JsonValue id && id.TryGetValue<string>(out var text) ? text : null;

    private static string? Whole(JsonNode? value) => value?.ToJsonString(OneLine);

    private static string? Text(JsonNode? value) => Whole(value) is { } whole ? Cut(whole) : null;

    private static string Cut(string text) => text.Length > LongestValue ? text[..LongestValue] + "…" : text;
}
