using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>Reads the properties of one object. A property that is never asked for is a fault.</summary>
internal sealed class PartReader(JsonPart part, Faults faults)
{
    private readonly HashSet<string> _known = [];

    public JsonPart Part => part;

    public Faults Faults => faults;

    public JsonPart? Find(string name)
    {
        _known.Add(name);
        return part[name];
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text that must be there.</summary>
    public string Text(string name) => MaybeText(name) ?? Missing(name, "");

    public string? MaybeText(string name) => Find(name) is not { } found ? null
        : found.Kind is JsonTokenType.String ? found.Text : Wrong<string?>(found, "text", null);

    /// <summary>An id: short, lower case, so that it fits into addresses and file names.</summary>
    public string Id(string name)
    {
        var id = Text(name);
        if (id.Length > 0 && !IsId(id))
        {
            faults.Add(Find(name)!, "not-an-id", id);
        }

        return id;
    }

    public int Number(string name, int least, int most) => MaybeNumber(name, least, most) ?? Missing(name, least);

    public int? MaybeNumber(string name, int least, int most) => Find(name) is not { } found ? null
        : found.Kind is JsonTokenType.Number && int.TryParse(found.Text, CultureInfo.InvariantCulture, out var number)
            ? number >= least && number <= most ? number : Outside(found, least, most)
            : Wrong<int?>(found, "whole number", null);

    public DateOnly? MaybeDay(string name) => MaybeText(name) is not { } text ? null
        : Reading.Day(text) ?? Wrong<DateOnly?>(Find(name)!, "day (2026-01-31)", null);

    /// <summary>One of the names of an enum, as they are written in JSON.</summary>
    public T Choice<T>(string name, T? otherwise = null) where T : struct, Enum
    {
        if (Find(name) is not { } found)
        {
            return otherwise ?? Missing(name, default(T));
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (found.Kind is JsonTokenType.String && WordOf(value) == found.Text)
            {
                return value;
            }
        }

        faults.Add(found, "not-a-choice", found.Text, string.Join(", ", Enum.GetValues<T>().Select(WordOf)));
        return default;
    }

    public Texts? MaybeTexts(string name)
    {
        if (Find(name) is not { } found)
        {
            return null;
        }

        Texts texts = [];
        foreach (var (language, text) in found.Properties)
        {
            texts[language] = text.Kind is JsonTokenType.String ? text.Text : Wrong(text, "text", "");
        }

        return found.Kind is JsonTokenType.StartObject ? texts : Wrong<Texts?>(found, "texts by language", null);
    }

    public Texts Texts(string name) => MaybeTexts(name) ?? Missing<Texts>(name, []);

    public IReadOnlyList<JsonPart> List(string name) => Find(name) is not { } found ? []
        : found.Kind is JsonTokenType.StartArray ? found.Items : Wrong<IReadOnlyList<JsonPart>>(found, "list", []);

    public IEnumerable<PartReader> Objects(string name) => List(name)
        .Where(item => item.Kind is JsonTokenType.StartObject || Wrong(item, "object", false))
        .Select(item => new PartReader(item, faults));

    public IReadOnlyList<string> Words(string name) =>
        [.. List(name).Select(item => item.Kind is JsonTokenType.String ? item.Text : Wrong(item, "text", ""))];

    public PartReader? Object(string name) => Find(name) is not { } found ? null
        : found.Kind is JsonTokenType.StartObject ? new(found, faults) : Wrong<PartReader?>(found, "object", null);

    /// <summary>Names the properties that nobody asked for.</summary>
    public void End()
    {
        foreach (var (name, value) in part.Properties.Where(p => !_known.Contains(p.Key)))
        {
            faults.Add(value, "unknown-property", name, string.Join(", ", _known.Order(StringComparer.Ordinal)));
        }
    }

    public static bool IsId(string id) => id.Length is > 0 and <= 60 && char.IsAsciiLetter(id[0])
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string WordOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private T Missing<T>(string name, T otherwise)
    {
        if (!part.Properties.Any(p => p.Key == name))
        {
            faults.Add(part, "property-missing", name);
        }

        return otherwise;
    }

    private T Wrong<T>(JsonPart found, string needed, T otherwise)
    {
        faults.Add(found, "wrong-json", needed);
        return otherwise;
    }

    private int? Outside(JsonPart found, int least, int most)
    {
        faults.Add(found, "outside", found.Text, least, most);
        return least;
    }
}
