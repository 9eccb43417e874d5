using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>The types of fields: eleven forms of data, and eleven meanings.</summary>
public enum FieldType
{
    Text,

    /// <summary>Text in Latin letters, with all marks of European names.</summary>
    Latin,
    Date,
    Time,
    Datetime,
    Bool,
    Number,
    Int,
    Money,
    File,
    Group,

    PersonName,
    Address,
    Email,
    Phone,
    Iban,
    Code,
    LeitwegId,

    /// <summary>Written on a pad, and bound to the hash of that which is signed.</summary>
    Signature,

    /// <summary>A time in the office that the citizen books for the case, once it has its number.</summary>
    Appointment,

    /// <summary>The pieces that are free for these answers. They are reserved when the application is sent.</summary>
    StockItem,

    /// <summary>A group that comes once or several times.</summary>
    Repeat,
}

public static class FieldTypes
{
    public static Kind Kind(this FieldType type) => type switch
    {
        FieldType.Date => Expressions.Kind.Date,
        FieldType.Time => Expressions.Kind.Time,
        FieldType.Datetime => Expressions.Kind.Moment,
        FieldType.Bool => Expressions.Kind.Bool,
        FieldType.Number => Expressions.Kind.Number,
        FieldType.Int => Expressions.Kind.Int,
        FieldType.Money => Expressions.Kind.Money,
        FieldType.File => Expressions.Kind.File,
        FieldType.Group => Expressions.Kind.Group,
        FieldType.PersonName => Expressions.Kind.Name,
        FieldType.Address => Expressions.Kind.Address,
        FieldType.Code => Expressions.Kind.Code,
        FieldType.Repeat => Expressions.Kind.Entries,
        _ => Expressions.Kind.Text,
    };

    /// <summary>The type of a field whose answers are of this kind. A page writes a value as it writes such an answer.</summary>
    public static FieldType FieldOf(this Kind kind) => Enum.GetValues<FieldType>().FirstOrDefault(type => type.Kind() == kind);

    /// <summary>The parts under which a form sends the field; none: it has one part.</summary>
    public static IReadOnlyList<FieldPart> Parts(this FieldType type) => type switch
    {
        FieldType.PersonName => [new("given", 80), new("family", 120), new("doctorate", 30, IsOptional: true)],
        FieldType.Address => [new("street", 55), new("number", 10), new("extra", 21, IsOptional: true),
            new("postcode", 5), new("town", 44)],
        _ => [],
    };

    /// <summary>It says something, and takes no answer.</summary>
    public static bool IsOnlyShown(this FieldType type) => type is FieldType.Appointment or FieldType.StockItem;

    /// <summary>The usual label of a meaning.</summary>
    public static Texts? Label(this FieldType type) => type switch
    {
        FieldType.PersonName => Both("Name", "Name"),
        FieldType.Address => Both("Anschrift", "Address"),
        FieldType.Email => Both("E-Mail-Adresse", "Email address"),
        FieldType.Phone => Both("Telefonnummer", "Phone number"),
        FieldType.Iban => Both("IBAN", "IBAN"),
        FieldType.LeitwegId => Both("Leitweg-ID", "Leitweg-ID"),
        FieldType.Signature => Both("Unterschrift", "Signature"),
        FieldType.Appointment => Both("Termin", "Appointment"),
        _ => null,
    };

    private static Texts Both(string german, string english) => new() { ["de"] = german, ["en"] = english };
}

/// <param name="Longest">In characters.</param>
public sealed record FieldPart(string Id, int Longest, bool IsOptional = false);
