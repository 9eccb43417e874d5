using System.Diagnostics;
using Aufruf.Contracts;
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

    /// <summary>The rules of an office file, as its JSON schema.</summary>
    public static string SchemaText
    {
        get
        {
            using var text = new StreamReader(typeof(OfficeFile).Assembly.GetManifestResourceStream("office.schema.json")!);
            return text.ReadToEnd();
        }
    }

    /// <param name="file">The name shown in errors.</param>
    public static (Office? Office, IReadOnlyList<string> Errors) Parse(string file, string json) =>
        Check(json) is var (office, faults) ? (office, [.. faults.Select(fault => Sentence(file, fault))])
        : throw new UnreachableException();

    /// <summary>The office, or all that is wrong, each with its place in the text.</summary>
    public static (Office? Office, IReadOnlyList<DraftFault> Faults) Check(string json)
    {
        JObject root;
        try
        {
            root = Read(json);
        }
        catch (JsonReaderException error)
        {
            return (null, [new(DraftFaultKind.Rule, null, error.LineNumber,
                $"not valid JSON near '{error.Path}'; expected {Expected(Schema.Value)}.")
            {
                German = $"Kein gültiges JSON bei „{error.Path}“.",
            }]);
        }

        // The validator throws at numbers beyond 64 bits.
        if (root.Descendants().OfType<JValue>().FirstOrDefault(value => value.Value is System.Numerics.BigInteger) is { } huge)
        {
            return (null, [Fault(root, new(huge.Path, "a number of so many digits means nothing here.",
                "Eine Zahl mit so vielen Stellen bedeutet hier nichts."))]);
        }

        if (OfficeText.Compose(root).ToList() is { Count: > 0 } broken)
        {
            return (null, [.. broken.Select(found => Fault(root, found))]);
        }

        var errors = Schema.Value.Validate(root).SelectMany(Innermost).Select(Fault).Distinct().ToList();
        if (errors.Count == 0)
        {
            AddOptionalParts(root);
            errors.AddRange(RewriteDays(root).Select(found => Fault(root, found)));
        }

        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var office = System.Text.Json.JsonSerializer.Deserialize<Office>(root.ToString(Formatting.None), DomainJson.Options)!;
        errors.AddRange(OfficeRules.Broken(office).Select(found => Fault(root, found)));
        return errors.Count > 0 ? (null, errors) : (office, []);
    }

    /// <summary>"office.json, line 12, hours.series[0]: ...".</summary>
    internal static string Sentence(string file, string json, OfficeRules.Finding found) => Sentence(file, Fault(Read(json), found));

    /// <summary>A remark about a text that is valid JSON.</summary>
    internal static DraftFault Fault(string json, OfficeRules.Finding found) => Fault(Read(json), found);

    private static DraftFault Fault(JObject root, OfficeRules.Finding found) =>
        new(DraftFaultKind.Rule, found.Path, LineOf(root, found.Path), found.English) { German = found.German };

    private static string Sentence(string file, DraftFault fault) => $"{file}{(fault.Line is { } line ? $", line {line}" : "")}"
        + $"{(fault.Path is { } path ? $", {path}" : "")}: {fault.Sentence}";

    private static DraftFault Fault(ValidationError error)
    {
        var path = error.Path is { Length: > 2 } found ? found[2..] : null;
        var expected = Expected(error.Schema);
        var (kind, sentence) = error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => (DraftFaultKind.Missing, $"'{error.Property}' is missing; expected {expected}."),
            ValidationErrorKind.NoAdditionalPropertiesAllowed =>
                (DraftFaultKind.Unknown, $"'{error.Property}' is unknown here; expected {expected}."),
            ValidationErrorKind.ItemsNotUnique => (DraftFaultKind.Twice, $"stands twice in the list; expected {expected}, each once."),
            _ => (DraftFaultKind.Expected, $"expected {expected}."),
        };
        return new(kind, path, error.HasLineInfo ? error.LineNumber : null, sentence)
        {
            Property = kind is DraftFaultKind.Missing or DraftFaultKind.Unknown ? error.Property : null,
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
                broken.Add(new(days.Path, "needs either 'on' with one date, or 'from' and 'to' with the first and the last.",
                    "Braucht entweder einen Tag oder den ersten und den letzten."));
            }

            (days["first"], days["last"]) = (on ?? from, on ?? to);
        }

        return broken;
    }

    private static int? LineOf(JObject root, string path)
    {
        try
        {
            return root.SelectToken(path) is IJsonLineInfo token && token.HasLineInfo() ? token.LineNumber : null;
        }
        catch (JsonException)
        {
            return null; // A key such as "1 [" cannot stand in a path.
        }
    }

    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError { Errors: var inner } && inner.Values.Any(e => e.Count > 0)
            ? inner.Values.SelectMany(e => e).SelectMany(Innermost)
            : [error];
}
