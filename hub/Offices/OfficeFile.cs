using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Aufruf.Hub.Offices;

/// <summary>Reads one office's JSON file, and says in sentences what is wrong with it: which line, which path, what was expected.</summary>
public static class OfficeFile
{
    private static readonly Lazy<JsonSchema> Schema = new(() =>
    {
        using var resource = typeof(OfficeFile).Assembly.GetManifestResourceStream("office.schema.json")!;
        return JsonSchema.FromJsonAsync(resource).GetAwaiter().GetResult(); // From memory: nothing to wait for.
    });

    /// <summary>Begins to load and compile what checks office files, while the caller goes on: half a second of a start, on another processor.</summary>
    public static void Prepare() => _ = Task.Run(() => Schema.Value.Validate("{}"));

    /// <param name="file">The name shown in error sentences.</param>
    public static (Office? Office, IReadOnlyList<string> Errors) Parse(string file, string json)
    {
        JObject root;
        try
        {
            root = Read(json);
        }
        catch (JsonReaderException error)
        {
            return (null, [$"{file}, line {error.LineNumber}: not valid JSON near '{error.Path}'; expected {OfficeSchemaWords.Of(Schema.Value)}."]);
        }

        // The validator cannot compare numbers beyond 64 bits and would fall over them.
        if (root.Descendants().OfType<JValue>().FirstOrDefault(value => value.Value is System.Numerics.BigInteger) is { } huge)
        {
            return (null, [$"{file}, line {((IJsonLineInfo)huge).LineNumber}, {huge.Path}: a number of so many digits means nothing here."]);
        }

        var errors = Schema.Value.Validate(root).SelectMany(Innermost).Select(e => OfficeSchemaWords.Sentence(file, e)).Distinct().ToList();
        if (errors.Count > 0)
        {
            return (null, errors);
        }

        FillIn(root);
        errors.AddRange(FileDays.Rewrite(root).Select(broken => Sentence(file, root, broken)));
        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var office = System.Text.Json.JsonSerializer.Deserialize<Office>(root.ToString(Formatting.None), DomainJson.Options)!;
        errors.AddRange(OfficeRules.Broken(office).Select(broken => Sentence(file, root, broken)));
        return errors.Count > 0 ? (null, errors) : (office, []);
    }

    /// <summary>Where something stands in a file that was read before: "office.json, line 12, hours.series[0]: ...".</summary>
    internal static string Sentence(string file, string json, OfficeRules.Finding found) => Sentence(file, Read(json), found);

    private static string Sentence(string file, JObject root, OfficeRules.Finding found) => $"{file}{LineOf(root, found.Path)}, {found.Path}: {found.Sentence}";

    private static JObject Read(string json)
    {
        // Dates stay as they are written.
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
        var root = JObject.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        while (reader.Read())
        {
            // Whatever follows the office must be a comment, or it is told as an error.
        }

        return root;
    }

    /// <summary>The schema lets a file leave out what a small office does not have.</summary>
    private static void FillIn(JObject root)
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
            foreach (var exception in hours["exceptions"]!)
            {
                exception["hours"] ??= new JArray();
            }
        }
    }

    private static string LineOf(JObject root, string path)
    {
        try
        {
            return root.SelectToken(path) is IJsonLineInfo token && token.HasLineInfo() ? $", line {token.LineNumber}" : "";
        }
        catch (JsonException)
        {
            return ""; // A key such as "1 [" cannot stand in a path; the sentence names it all the same.
        }
    }

    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError { Errors: var inner } && inner.Values.Any(e => e.Count > 0)
            ? inner.Values.SelectMany(e => e).SelectMany(Innermost)
            : [error];
}
