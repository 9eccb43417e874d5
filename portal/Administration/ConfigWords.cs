using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Administration;

/// <summary>Labels, hints and sentences for the parts of an office file, in the language of the reader.</summary>
public sealed partial class ConfigWords(PortalTexts texts, SchemaPart schema)
{
    public PortalTexts Texts => texts;

    /// <summary>"Usual minutes"; a word that means the same everywhere stands once.</summary>
    public string Label(SchemaPart owner, string property) =>
        Known($"conf.{owner.Name}.{property}") ?? Known($"conf.{property}") ?? property;

    /// <summary>A sentence about the meaning; null: the label says it all.</summary>
    public string? Explained(SchemaPart owner, string property) => Known($"conf.{owner.Name}.{property}.hint");

    /// <summary>The meaning, and the form that is expected.</summary>
    public string? Hint(SchemaPart owner, string property, SchemaPart part) =>
        string.Join(' ', new[] { Explained(owner, property), FormOf(part) }.OfType<string>()) is { Length: > 0 } hint ? hint : null;

    public string Option(string value) => Known($"conf.option.{value}") ?? value;

    public string Language(string tag) => Known($"conf.language.{tag}") ?? tag;

    /// <summary>"areas/0/counters/1/label": where the fault's field stands.</summary>
    public static string PlaceOf(DraftFault fault) => string.Join('/', Step().Matches(fault.Path ?? "")
        .Select(step => step.Groups[1].Value).Append(fault.Property ?? "").Where(step => step.Length > 0));

    public FaultSentence Of(DraftFault fault, JsonObject root)
    {
        var place = PlaceOf(fault);
        var expected = PartAt(place) is { } part ? FormOf(part) : null;
        var text = fault.Kind switch
        {
            DraftFaultKind.Missing => texts["conf.fault.missing"],
            DraftFaultKind.Twice => texts["conf.fault.twice"],
            DraftFaultKind.Unknown => texts.Say("conf.fault.unknown", ("name", fault.Property)),
            DraftFaultKind.Expected when expected is not null => texts.Say("conf.fault.form", ("form", expected)),
            DraftFaultKind.Expected => texts["conf.fault.expected"],
            _ => fault.In(texts.Language),
        };
        return new($"{Named(place, root)}: {text}", place);
    }

    /// <summary>"Waiting areas › Hall › Counters › 5 › Label".</summary>
    public string Named(string place, JsonObject? root)
    {
        var (part, node, words) = ((SchemaPart?)schema, (JsonNode?)root, new List<string>());
        foreach (var step in place.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = ConfigPlace.Child(node, step);
            if (part?.Items is { } items)
            {
                words.Add(node is null ? step : Summary(node));
                part = items;
            }
            else
            {
                words.Add(part?.IsTexts is true ? Language(step) : part is null ? step : Label(part, step));
                part = part?.Part(step) ?? part?.Values;
            }
        }

        return words.Count == 0 ? texts["conf.all"] : string.Join(" › ", words);
    }

    /// <summary>The place of a difference, whose rows are named by their ids.</summary>
    public string Named(OfficeDifference difference) =>
        Named(string.Join('/', Step().Matches(difference.Path).Select(step => step.Groups[1].Value)), null);

    /// <summary>A row in a few words: its name and id, or its days and hours.</summary>
    public string Summary(JsonNode? row)
    {
        if (row is not JsonObject map)
        {
            return row is null ? "" : ConfigPlace.Shown(row);
        }

        string?[] words =
        [
            ConfigChoices.NameIn(map["name"], texts.Language), ConfigPlace.Text(map["id"]) ?? ConfigPlace.Text(map["service"]),
            map["kind"] is { } kind ? Option(ConfigPlace.Shown(kind)) : null,
            map["days"] is JsonArray days ? string.Join(", ", days.Select(day => Option(ConfigPlace.Shown(day)))) : null,
            ConfigPlace.Text(map["on"]), Span(map), ConfigChoices.NameIn(map["reason"], texts.Language),
        ];
        var text = string.Join(" · ", words.Where(word => !string.IsNullOrEmpty(word)).Distinct());
        return text.Length > 0 ? text : texts["conf.unnamed"];
    }

    private static string? Span(JsonObject map) =>
        map["from"] is { } from && map["to"] is { } to ? $"{ConfigPlace.Shown(from)}–{ConfigPlace.Shown(to)}" : null;

    private SchemaPart? PartAt(string place) => place.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((SchemaPart?)schema,
        (part, step) => part?.Items ?? part?.Part(step) ?? part?.Values);

    /// <summary>"A whole number from 1 to 240"; null: nothing is said of the form.</summary>
    private string? FormOf(SchemaPart part) => part.Type switch
    {
        "integer" => texts.Say("conf.form.integer", ("least", part.Rules["minimum"]), ("most", part.Rules["maximum"])),
        "number" => texts.Say("conf.form.number", ("least", part.Rules["exclusiveMinimum"]), ("most", part.Rules["maximum"])),
        "array" => part.Rules["maxItems"] is { } most ? texts.Say("conf.form.list",
            ("least", part.Rules["minItems"]?.ToString() ?? "0"), ("most", most)) : texts["conf.form.some"],
        "string" => Known($"conf.form.{part.Name}")
            ?? (part.Rules["maxLength"] is { } letters ? texts.Say("conf.form.text", ("most", letters)) : null),
        _ => part.IsTexts ? texts.Say("conf.form.text", ("most", part.Values!.Rules["maxLength"])) : null,
    };

    private string? Known(string key) => texts.Find(key);

    [GeneratedRegex(@"\.?([^.\[\]']+)")]
    private static partial Regex Step();
}
