using System.Globalization;
using System.Text.Json.Nodes;

namespace Aufruf.Portal.Administration;

/// <summary>Adds, removes and moves rows of a list.</summary>
public static class ConfigRows
{
    /// <param name="act">"add:services", "up:services/2", "remove:hours".</param>
    /// <returns>The place of a new row that has a page of its own; null: the page stays.</returns>
    public static string? Change(ConfigPlace place, string? act)
    {
        if (act?.Split(':', 2) is not [var verb, var name])
        {
            return null;
        }

        var steps = name.Split('/');
        if (verb == "add")
        {
            return Add(place, steps);
        }

        var parent = Walk(place.Node, steps[..^1]);
        if (parent is JsonArray list
            && int.TryParse(steps[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Count)
        {
            Move(list, at, verb);
        }
        else if (verb == "remove" && parent is JsonObject map)
        {
            map.Remove(steps[^1]);
        }

        return null;
    }

    private static void Move(JsonArray list, int at, string verb)
    {
        var to = verb switch { "up" => at - 1, "down" => at + 1, "remove" => -1, _ => at };
        if (to == at || to >= list.Count || (to < 0 && verb != "remove"))
        {
            return;
        }

        var row = list[at];
        list.RemoveAt(at);
        if (to >= 0)
        {
            list.Insert(to, row);
        }
    }

    private static string? Add(ConfigPlace place, string[] steps)
    {
        var part = steps.Aggregate((SchemaPart?)place.Part, (known, step) =>
            known?.Items is { } items && int.TryParse(step, CultureInfo.InvariantCulture, out _) ? items : known?.Part(step));
        if (part is null || Walk(place.Node, steps[..^1]) is not JsonObject parent)
        {
            return null;
        }

        var here = place.At.Length == 0 ? string.Join('/', steps) : $"{place.At}/{string.Join('/', steps)}";
        if (part.Items is not { } row)
        {
            parent[steps[^1]] ??= part.Empty();
            return here;
        }

        if (parent[steps[^1]] is not JsonArray list)
        {
            parent[steps[^1]] = list = [];
        }

        list.Add(row.Empty());
        return part.IsListOfPages ? string.Create(CultureInfo.InvariantCulture, $"{here}/{list.Count - 1}") : null;
    }

    private static JsonNode? Walk(JsonNode node, IEnumerable<string> steps) => steps.Aggregate((JsonNode?)node, ConfigPlace.Child);
}
