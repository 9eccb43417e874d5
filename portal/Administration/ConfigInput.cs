using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Administration;

/// <summary>Puts what a form has into the draft. A part that the form lacks, or shows unchanged, stays as it is.</summary>
/// <remarks>A wrong value is kept as it was entered: nothing that somebody typed is lost, and the check names it.</remarks>
public sealed class ConfigInput(IFormCollection form)
{
    /// <summary>The prefix of a hidden field: the part was in the form, also when nothing is chosen in it.</summary>
    public const string Shown = "has:";

    private const int MostRows = 100;

    public void Into(ConfigPlace place, bool idIsFixed)
    {
        foreach (var (name, part) in place.Part.Parts.Where(part => !part.Part.HasOwnPage && !(idIsFixed && part.Name == "id")))
        {
            Put(place.Node, name, Merged(place.Node[name], part, name, place.Part.IsNeeded(name)));
        }
    }

    private JsonNode? Merged(JsonNode? before, SchemaPart part, string name, bool isNeeded) =>
        part.IsTexts || part.Values is not null ? Map(before, part, name, isNeeded)
        : part.Type == "object" ? Object(before, part, name, isNeeded)
        : part.Type == "array" ? part.Items is { Type: "string" } or { Options.Count: > 0 } ? Checks(before, name, isNeeded)
            : Rows(before, part, name, isNeeded)
        : Leaf(before, part, name);

    private JsonNode? Object(JsonNode? before, SchemaPart part, string name, bool isNeeded)
    {
        if (before is not (null or JsonObject))
        {
            return before;
        }

        var after = before?.DeepClone().AsObject() ?? [];
        foreach (var (inner, rules) in part.Parts)
        {
            Put(after, inner, Merged(after[inner], rules, $"{name}/{inner}", part.IsNeeded(inner)));
        }

        return LeftOut(before, after, isNeeded);
    }

    private JsonNode? Map(JsonNode? before, SchemaPart part, string name, bool isNeeded)
    {
        if (before is not (null or JsonObject))
        {
            return before;
        }

        var after = before?.DeepClone().AsObject() ?? [];
        foreach (var key in form.Keys.Where(key => key.StartsWith(name + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (key[(name.Length + 1)..] is { Length: > 0 and <= 40 } inner && !inner.Contains('/', StringComparison.Ordinal))
            {
                Put(after, inner, Leaf(after[inner], part.Values!, key));
            }
        }

        return LeftOut(before, after, isNeeded);
    }

    /// <summary>The chosen ones keep their order.</summary>
    private JsonNode? Checks(JsonNode? before, string name, bool isNeeded)
    {
        if (!form.ContainsKey(Shown + name) || before is not (null or JsonArray))
        {
            return before;
        }

        var chosen = form[name].OfType<string>().Where(value => value.Length > 0).Distinct().ToList();
        var known = before is JsonArray list ? list.Select(ConfigPlace.Text).ToList() : [];
        return chosen.Count == known.Count && chosen.TrueForAll(known.Contains) ? before
            : chosen.Count == 0 && !isNeeded ? null
            : new JsonArray([.. chosen.OrderBy(value => known.IndexOf(value) is >= 0 and var at ? at : int.MaxValue)
                .Select(value => (JsonNode)value)]);
    }

    private JsonNode? Rows(JsonNode? before, SchemaPart part, string name, bool isNeeded)
    {
        if (before is not (null or JsonArray)
            || !int.TryParse(form[Shown + name], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > MostRows)
        {
            return before;
        }

        var known = before as JsonArray ?? [];
        var after = new JsonArray();
        for (var row = 0; row < Math.Max(count, known.Count); row++)
        {
            var old = row < known.Count ? known[row] : null;
            after.Add((row < count ? Merged(old, part.Items!, $"{name}/{row}", isNeeded: true) ?? part.Items!.Empty() : old)?.DeepClone());
        }

        return after.Count == 0 && (before is null || !isNeeded) ? before : after;
    }

    private JsonNode? Leaf(JsonNode? before, SchemaPart part, string name)
    {
        if (form[name] is not [{ } entered] || entered.ReplaceLineEndings("\n") is var text && text == ConfigPlace.Shown(before))
        {
            return before;
        }

        text = text.Trim();
        return text.Length == 0 ? null
            : part.Type == "integer" && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                ? JsonValue.Create(whole)
            : part.Type == "number" && decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
            : part.Type == "boolean" && bool.TryParse(text, out var yes) ? JsonValue.Create(yes)
            : JsonValue.Create(text);
    }

    private static JsonObject? LeftOut(JsonNode? before, JsonObject after, bool isNeeded) =>
        after.Count > 0 || isNeeded || before is JsonObject { Count: 0 } ? after : null;

    /// <summary>The order of the parts stays.</summary>
    private static void Put(JsonObject into, string name, JsonNode? value)
    {
        if (value is null)
        {
            into.Remove(name);
        }
        else if (!JsonNode.DeepEquals(into[name], value))
        {
            into[name] = value.Parent is null ? value : value.DeepClone();
        }
    }
}
