using System.Globalization;
using System.Text.Json.Nodes;
using Aufruf.Contracts;

namespace Aufruf.Portal.Administration;

/// <summary>Makes the form of one place out of the schema: a field for each part, in the order of the schema.</summary>
/// <param name="faults">Of the whole text; the form shows those of its own place.</param>
/// <param name="idIsFixed">The id is in force: tickets, tokens and addresses name it.</param>
public sealed class ConfigForm(
    ConfigPlace place, ConfigWords words, ConfigChoices choices, IReadOnlyList<DraftFault> faults, bool idIsFixed)
{
    private const int LongLetters = 300;

    private static readonly string[] Citizens = ["de", "de-simple", "en", "tr", "uk", "ar"];

    private readonly string _here = place.At.Length == 0 ? "" : place.At + "/";

    public IReadOnlyList<ConfigField> Fields =>
        [.. place.Part.Parts.Select(part => Field(place.Part, part.Name, part.Part, part.Name, place.Node[part.Name]))];

    /// <summary>All that is wrong here and on the pages below.</summary>
    public IReadOnlyList<FaultSentence> Faults => [.. faults.Where(fault => $"{ConfigWords.PlaceOf(fault)}/".StartsWith(
        _here, StringComparison.Ordinal)).Select(fault => words.Of(fault, place.Root))];

    private ConfigField Field(SchemaPart owner, string property, SchemaPart part, string name, JsonNode? node) =>
        part.HasOwnPage ? OwnPage(owner, property, part, name, node)
        : part.IsTexts ? Texts(words.Label(owner, property), name, node) with { Hint = words.Hint(owner, property, part) }
        : part.Values is { } values ? Map(owner, property, values, name, node)
        : part.Type == "object" ? Group(owner, property, name,
            [.. part.Parts.Select(inner => Field(
                part, inner.Name, inner.Part, $"{name}/{inner.Name}", ConfigPlace.Child(node, inner.Name)))])
        : part.Type == "array" ? part.Items is { Type: "string" } or { Options.Count: > 0 }
            ? Checks(owner, property, part.Items, name, node) : Rows(owner, property, part, name, node)
        : Leaf(owner, property, part, name, node);

    private ConfigField Group(SchemaPart owner, string property, string name, IReadOnlyList<ConfigField> children) =>
        new(FieldKind.Group, name, words.Label(owner, property))
        {
            Hint = words.Explained(owner, property),
            Children = children,
            Faults = Exactly(name),
        };

    private ConfigField Texts(string label, string name, JsonNode? node)
    {
        var first = choices.Languages;
        ConfigField Of(string language) => new(FieldKind.Text, $"{name}/{language}", words.Language(language))
        {
            Value = ConfigPlace.Shown(ConfigPlace.Child(node, language)),
            Language = language,
            Faults = At($"{name}/{language}"),
        };
        var others = Citizens.Concat(node is JsonObject map ? map.Select(text => text.Key) : []).Except(first).ToList();
        return new(FieldKind.Group, name, label)
        {
            Children = [.. first.Select(Of)],
            More = [.. others.Select(Of)],
            Faults = Exactly(name),
        };
    }

    private ConfigField Map(SchemaPart owner, string property, SchemaPart values, string name, JsonNode? node)
    {
        var keys = choices.KeysOf(owner.Name, property);
        var unknown = node is JsonObject map ? map.Select(one => one.Key).Where(key => keys.All(known => known.Key != key)) : [];
        return Group(owner, property, name, [.. keys.Concat(unknown.Select(key => (key, key))).Select(key =>
            Choice(owner, property, values, $"{name}/{key.Item1}", ConfigPlace.Child(node, key.Item1)) with { Label = key.Item2 })]);
    }

    private ConfigField Checks(SchemaPart owner, string property, SchemaPart item, string name, JsonNode? node)
    {
        string[] chosen = [.. node is JsonArray list ? list.Select(ConfigPlace.Shown) : []];
        var known = Options(owner, property, item);
        return new(FieldKind.Checks, name, words.Label(owner, property))
        {
            Hint = words.Explained(owner, property),
            Options = [.. known.Concat(chosen.Except(known.Select(one => one.Id)).Select(id => (Id: id, Label: id)))
                .Select(one => new ConfigOption(one.Id, one.Label, chosen.Contains(one.Id)))],
            Faults = At(name),
        };
    }

    private ConfigField Rows(SchemaPart owner, string property, SchemaPart part, string name, JsonNode? node)
    {
        var rows = node as JsonArray ?? [];
        return new(FieldKind.Rows, name, words.Label(owner, property))
        {
            Hint = words.Explained(owner, property),
            Faults = Exactly(name),
            MayAdd = rows.Count < ((int?)part.Rules["maxItems"] ?? int.MaxValue),
            Children = [.. rows.Select((row, i) => Row(owner, property, part.Items!, string.Create(CultureInfo.InvariantCulture,
                $"{name}/{i}"), row, i + 1))],
        };
    }

    private ConfigField Row(SchemaPart owner, string property, SchemaPart item, string name, JsonNode? row, int number)
    {
        var label = $"{words.Label(owner, property)} {number.ToString(words.Texts.Culture)}";
        return item.IsTexts ? Texts(label, name, row)
            : item.Type == "array" ? Checks(owner, property, item.Items!, name, row) with { Label = label, Hint = null }
            : Group(owner, property, name, [.. item.Parts.Select(inner => Field(item, inner.Name, inner.Part, $"{name}/{inner.Name}",
                ConfigPlace.Child(row, inner.Name)))]) with
            { Label = label, Hint = null };
    }

    private ConfigField Leaf(SchemaPart owner, string property, SchemaPart part, string name, JsonNode? node)
    {
        var value = ConfigPlace.Shown(node);
        if (part.Options.Count > 0 || (part.IsId && property != "id"))
        {
            return Choice(owner, property, part, name, node);
        }

        var kind = part.IsId && idIsFixed && name == "id" ? FieldKind.Fixed
            : value.Contains('\n', StringComparison.Ordinal) || ((int?)part.Rules["maxLength"] ?? 0) > LongLetters ? FieldKind.Prose
            : part.Name == "date" && (value.Length == 0 || DateOnly.TryParseExact(value, "yyyy-MM-dd", out _)) ? FieldKind.Date
            : FieldKind.Text;
        return new(kind, name, words.Label(owner, property))
        {
            Value = value,
            IsNumber = part.Type == "integer",
            Hint = kind is FieldKind.Fixed ? words.Texts["conf.fixed"] : words.Hint(owner, property, part),
            Faults = At(name),
        };
    }

    private ConfigField Choice(SchemaPart owner, string property, SchemaPart part, string name, JsonNode? node)
    {
        var value = ConfigPlace.Shown(node);
        var known = Options(owner, property, part);
        return new(FieldKind.Choice, name, words.Label(owner, property))
        {
            Value = value,
            Hint = words.Explained(owner, property),
            Faults = At(name),
            Options =
            [
                new("", words.Texts[owner.IsNeeded(property) ? "conf.choose" : "conf.usual"], value.Length == 0),
                .. known.Concat(value.Length > 0 && known.All(one => one.Id != value) ? [(Id: value, Label: value)] : [])
                    .Select(one => new ConfigOption(one.Id, one.Label, one.Id == value)),
            ],
        };
    }

    private IReadOnlyList<(string Id, string Label)> Options(SchemaPart owner, string property, SchemaPart part) =>
        part.Options.Count > 0 ? [.. part.Options.Select(option => (option, words.Option(option)))] : choices.Of(owner.Name, property);

    private ConfigField OwnPage(SchemaPart owner, string property, SchemaPart part, string name, JsonNode? node)
    {
        var list = part.IsListOfPages;
        return new(list ? FieldKind.List : FieldKind.Link, name, words.Label(owner, property))
        {
            Hint = words.Explained(owner, property),
            Faults = list ? Exactly(name) : [],
            MayAdd = list ? (node as JsonArray ?? []).Count < ((int?)part.Rules["maxItems"] ?? int.MaxValue) : node is null,
            Address = node is null ? null : _here + name,
            Children = list ? [.. (node as JsonArray ?? []).Select((row, i) => LinkTo(name, i, row))] : [],
        };
    }

    private ConfigField LinkTo(string list, int index, JsonNode? row)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{list}/{index}");
        return new(FieldKind.Link, name, words.Summary(row)) { Address = _here + name, Faults = At(name) };
    }

    /// <summary>Wrong at this field, or within it.</summary>
    private IReadOnlyList<FaultSentence> At(string name) => [.. faults.Where(fault => ConfigWords.PlaceOf(fault) is var at
        && (at == _here + name || at.StartsWith($"{_here}{name}/", StringComparison.Ordinal)))
            .Select(fault => words.Of(fault, place.Root))];

    private IReadOnlyList<FaultSentence> Exactly(string name) =>
        [.. faults.Where(fault => ConfigWords.PlaceOf(fault) == _here + name).Select(fault => words.Of(fault, place.Root))];
}
