using Aufruf.Domain.Cases.Declarations;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>The HTML input of each type of field, and the name under which a browser may know its answer.</summary>
public static class FieldInput
{
    /// <summary>A longer list is a select.</summary>
    public const int MostRadios = 6;

    public static string TypeOf(FieldType type) => type switch
    {
        FieldType.Date => "date",
        FieldType.Time => "time",
        FieldType.Datetime => "datetime-local",
        FieldType.Email => "email",
        FieldType.Phone => "tel",
        _ => "text",
    };

    public static string? ModeOf(FieldType type) => type switch
    {
        FieldType.Int => "numeric",
        FieldType.Number or FieldType.Money => "decimal",
        _ => null,
    };

    public static string KnownAs(FieldType type) => type switch
    {
        FieldType.Email => "email",
        FieldType.Phone => "tel",
        FieldType.Date => "bday",
        _ => "off",
    };

    public static string Known(string part) => part switch
    {
        "given" => "given-name",
        "family" => "family-name",
        "doctorate" => "honorific-prefix",
        "street" => "address-line1",
        "extra" => "address-line2",
        "postcode" => "postal-code",
        "town" => "address-level2",
        _ => "off",
    };
}
