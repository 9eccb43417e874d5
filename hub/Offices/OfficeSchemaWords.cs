using NJsonSchema;
using NJsonSchema.Validation;

namespace Aufruf.Hub.Offices;

/// <summary>Turns the schema validator's findings into sentences for whoever edits the file.</summary>
internal static class OfficeSchemaWords
{
    public static string Sentence(string file, ValidationError error)
    {
        var line = error.HasLineInfo ? $", line {error.LineNumber}" : "";
        var path = error.Path is { Length: > 2 } found ? $", {found[2..]}" : "";
        return $"{file}{line}{path}: {What(error)}";
    }

    public static string Of(JsonSchema schema) => schema.ActualSchema.Description ?? schema.Description ?? "something else";

    private static string What(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => $"'{error.Property}' is missing; expected {Of(error.Schema)}.",
        ValidationErrorKind.NoAdditionalPropertiesAllowed => $"'{error.Property}' is unknown here; expected {Of(error.Schema)}.",
        ValidationErrorKind.ItemsNotUnique => $"stands twice in the list; expected {Of(error.Schema)}, each once.",
        _ => $"expected {Of(error.Schema)}.",
    };
}
