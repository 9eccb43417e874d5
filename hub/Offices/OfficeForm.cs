using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aufruf.Domain.Appointments;

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

        foreach (var calendar in Of<JsonObject>(root["calendars"]))
        {
            LeaveOutOf(calendar, new Calendar("", [], [], []), "slotMinutes", "release");
            LeaveOut(calendar, "rules", new CalendarRules());
            foreach (var service in Of<JsonObject>(calendar["services"]))
            {
                LeaveOutOf(service, new BookableService(default, 0), "mostPersons", "kinds");
            }
        }

        foreach (var series in SeriesOf(root).Where(series => (int?)series["everyWeeks"] == 1))
        {
            series.Remove("everyWeeks");
        }

        if (root["hours"] is JsonObject hours && (string?)hours["holidays"] == "none")
        {
            hours.Remove("holidays");
        }

        return root.ToJsonString(Readable) + "\n";
    }

    /// <summary>Everything in an office, also what has its usual value, in the words of a file.</summary>
    public static JsonObject Of(Office office)
    {
        var root = JsonSerializer.SerializeToNode(office, DomainJson.Options)!.AsObject();
        RemoveEmpty(root);
        var services = root["areas"]!.AsArray().SelectMany(area => Of<JsonObject>(area!["services"]));
        var calendars = Of<JsonObject>(root["calendars"]);
        foreach (var days in Of<JsonObject>(root["hours"]?["exceptions"]).Concat(services.SelectMany(s => Of<JsonObject>(s["closed"])))
            .Concat(calendars.SelectMany(c => Of<JsonObject>(c["exceptions"]))))
        {
            RenameDays(days);
        }

        return root;
    }

    private static IEnumerable<T> Of<T>(JsonNode? list) => list is JsonArray items ? items.OfType<T>() : [];

    private static IEnumerable<JsonObject> SeriesOf(JsonObject root) =>
        Of<JsonObject>(root["hours"]?["series"]).Concat(Of<JsonObject>(root["calendars"]).SelectMany(c => Of<JsonObject>(c["series"])));

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
        var node = parent[name]!.AsObject();
        LeaveOutOf(node, usual, [.. node.Select(part => part.Key)]);
        if (node.Count == 0)
        {
            parent.Remove(name);
        }
    }

    /// <summary>Leaves out those of the parts that have their usual value.</summary>
    private static void LeaveOutOf<T>(JsonObject node, T usual, params string[] parts)
    {
        var plain = JsonSerializer.SerializeToNode(usual, DomainJson.Options)!.AsObject();
        foreach (var part in parts.Where(part => JsonNode.DeepEquals(node[part], plain[part])))
        {
            node.Remove(part);
        }
    }
}
