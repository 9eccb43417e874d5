using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aufruf.Hub.Offices;

/// <summary>Writes an office as its file: <see cref="OfficeFile"/> reads the same office from it.</summary>
internal static class OfficeForm
{
    internal static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a file. It leaves out what has its usual value.</summary>
    public static string Write(Office office)
    {
        var root = Of(office);
        LeaveOut(root, "reports", new ReportRules());
        foreach (var area in root["areas"]!.AsArray().OfType<JsonObject>())
        {
            LeaveOut(area, "rules", AreaRules.Default);
        }

        foreach (var series in Of<JsonObject>(root["hours"]?["series"]).Where(series => (int?)series["everyWeeks"] == 1))
        {
            series.Remove("everyWeeks");
        }

        return root.ToJsonString(Readable) + "\n";
    }

    /// <summary>Everything in an office, also what has its usual value, in the words of a file.</summary>
    public static JsonObject Of(Office office)
    {
        var root = JsonSerializer.SerializeToNode(office, DomainJson.Options)!.AsObject();
        RemoveEmpty(root);
        var services = root["areas"]!.AsArray().SelectMany(area => Of<JsonObject>(area!["services"]));
        foreach (var days in Of<JsonObject>(root["hours"]?["exceptions"]).Concat(services.SelectMany(s => Of<JsonObject>(s["closed"]))))
        {
            RenameDays(days);
        }

        return root;
    }

    private static IEnumerable<T> Of<T>(JsonNode? list) => list is JsonArray items ? items.OfType<T>() : [];

    private static void RenameDays(JsonObject days)
    {
        var (first, last) = ((string?)days["first"], (string?)days["last"]);
        days.Remove("first");
        days.Remove("last");
        if (first == last)
        {
            days.Insert(0, "on", first);
        }
        else
        {
            days.Insert(0, "from", first);
            days.Insert(1, "to", last);
        }
    }

    /// <summary>The schema knows neither null nor most empty lists. Opening hours without any series close the office.</summary>
    private static void RemoveEmpty(JsonNode? node)
    {
        foreach (var (name, value) in node is JsonObject map ? map.ToArray() : [])
        {
            if (value is null || (value is JsonArray { Count: 0 } && name != "series"))
            {
                node!.AsObject().Remove(name);
            }
            else
            {
                RemoveEmpty(value);
            }
        }

        foreach (var item in Of<JsonNode>(node))
        {
            RemoveEmpty(item);
        }
    }

    private static void LeaveOut<T>(JsonObject parent, string name, T usual)
    {
        var (node, plain) = (parent[name]!.AsObject(), JsonSerializer.SerializeToNode(usual, DomainJson.Options)!.AsObject());
        foreach (var part in plain.Select(part => part.Key).Where(part => JsonNode.DeepEquals(node[part], plain[part])).ToArray())
        {
            node.Remove(part);
        }

        if (node.Count == 0)
        {
            parent.Remove(name);
        }
    }
}
