using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Aufruf.Hub.Offices;

/// <summary>Reads one office's JSON file. Each error names the line, the path and the expected value.</summary>
public static class OfficeFile
{
    private static readonly Lazy<JsonSchema> Schema = new(() =>
    {
        using var resource = typeof(OfficeFile).Assembly.GetManifestResourceStream("office.schema.json")!;
        return JsonSchema.FromJsonAsync(resource).GetAwaiter().GetResult(); // From memory: nothing to wait for.
    });

    /// <param name="file">The name shown in errors.</param>
    /// <param name="bytes">The file as it stands on the disk.</param>
    public static (Office? Office, IReadOnlyList<string> Errors) Parse(string file, ReadOnlySpan<byte> bytes) =>
        OfficeText.Decode(file, bytes) is (_, { } error) ? (null, [error]) : Parse(file, OfficeText.Decode(file, bytes).Text);

    /// <param name="file">The name shown in errors.</param>
    public static (Office? Office, IReadOnlyList<string> Errors) Parse(string file, string json)
    {
        JObject root;
        try
        {
            root = Read(json);
        }
        catch (JsonReaderException error)
        {
            return (null, [$"{file}, line {error.LineNumber}: not valid JSON near '{error.Path}'; expected {Expected(Schema.Value)}."]);
        }

        // The validator throws at numbers beyond 64 bits.
        if (root.Descendants().OfType<JValue>().FirstOrDefault(value => value.Value is System.Numerics.BigInteger) is { } huge)
        {
            var line = ((IJsonLineInfo)huge).LineNumber;
            return (null, [$"{file}, line {line}, {huge.Path}: a number of so many digits means nothing here."]);
        }

        if (OfficeText.Compose(root).ToList() is { Count: > 0 } broken)
        {
            return (null, [.. broken.Select(found => Sentence(file, root, found))]);
        }

        var errors = Schema.Value.Validate(root).SelectMany(Innermost).Select(error => Sentence(file, error)).Distinct().ToList();
        if (errors.Count == 0)
        {
            AddOptionalParts(root);
            errors.AddRange(RewriteDays(root).Select(found => Sentence(file, root, found)));
        }

        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var office = System.Text.Json.JsonSerializer.Deserialize<Office>(root.ToString(Formatting.None), DomainJson.Options)!;
        errors.AddRange(OfficeRules.Broken(office).Select(found => Sentence(file, root, found)));
        return errors.Count > 0 ? (null, errors) : (office, []);
    }

    /// <summary>"office.json, line 12, hours.series[0]: ...".</summary>
    internal static string Sentence(string file, string json, OfficeRules.Finding found) => Sentence(file, Read(json), found);

    private static string Sentence(string file, JObject root, OfficeRules.Finding found) =>
        $"{file}{LineOf(root, found.Path)}, {found.Path}: {found.Sentence}";

    private static string Sentence(string file, ValidationError error)
    {
        var line = error.HasLineInfo ? $", line {error.LineNumber}" : "";
        var path = error.Path is { Length: > 2 } found ? $", {found[2..]}" : "";
        var expected = Expected(error.Schema);
        return $"{file}{line}{path}: " + error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => $"'{error.Property}' is missing; expected {expected}.",
            ValidationErrorKind.NoAdditionalPropertiesAllowed => $"'{error.Property}' is unknown here; expected {expected}.",
            ValidationErrorKind.ItemsNotUnique => $"stands twice in the list; expected {expected}, each once.",
            _ => $"expected {expected}.",
        };
    }

    private static string Expected(JsonSchema schema) => schema.ActualSchema.Description ?? schema.Description ?? "something else";

    private static JObject Read(string json)
    {
        // Dates stay as they are written.
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
        var root = JObject.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        while (reader.Read())
        {
            // Only comments may follow the office; anything else throws.
        }

        return root;
    }

    /// <summary>Adds the optional parts that a file may leave out.</summary>
    private static void AddOptionalParts(JObject root)
    {
        root["kiosks"] ??= new JArray();
        root["devices"] ??= new JArray();
        foreach (var area in root["areas"]!.OfType<JObject>())
        {
            area["boards"] ??= new JArray();
            foreach (var board in area["boards"]!.OfType<JObject>())
            {
                board["arrows"] ??= new JObject();
                board["notes"] ??= new JArray();
            }
        }

        if (root["hours"] is { } hours)
        {
            hours["exceptions"] ??= new JArray();
        }

        foreach (var exception in root.SelectTokens("hours.exceptions[*]").Concat(root.SelectTokens("calendars[*].exceptions[*]")))
        {
            exception["hours"] ??= new JArray();
        }
    }

    /// <summary>Rewrites "on", or "from" and "to", into the domain's first and last day. Days with neither or both are broken.</summary>
    private static List<OfficeRules.Finding> RewriteDays(JObject root)
    {
        var broken = new List<OfficeRules.Finding>();
        string[] places = ["hours.exceptions[*]", "areas[*].services[*].closed[*]", "calendars[*].exceptions[*]"];
        foreach (var days in places.SelectMany(place => root.SelectTokens(place)).ToList())
        {
            var (on, from, to) = (days["on"], days["from"], days["to"]);
            if (on is null ? from is null || to is null : from is not null || to is not null)
            {
                broken.Add(new(days.Path, "needs either 'on' with one date, or 'from' and 'to' with the first and the last."));
            }

            (days["first"], days["last"]) = (on ?? from, on ?? to);
        }

        return broken;
    }

    private static string LineOf(JObject root, string path)
    {
        try
        {
            return root.SelectToken(path) is IJsonLineInfo token && token.HasLineInfo() ? $", line {token.LineNumber}" : "";
        }
        catch (JsonException)
        {
            return ""; // A key such as "1 [" cannot stand in a path.
        }
    }

    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError { Errors: var inner } && inner.Values.Any(e => e.Count > 0)
            ? inner.Values.SelectMany(e => e).SelectMany(Innermost)
            : [error];
}
