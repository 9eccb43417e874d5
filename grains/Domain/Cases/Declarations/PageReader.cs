using System.Text.RegularExpressions;
using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>Reads the pages of a form with their fields.</summary>
internal sealed class PageReader(Formulas formulas)
{
    private const int MostMiB = 50;

    public Page Read(PartReader part)
    {
        var when = formulas.Read(part, "if", [], Kind.Bool);
        Page page = new(part.Id("id"), part.Texts("title"), when,
            [.. part.Objects("fields").Select(field => Field(field, "", when?.Facts([]) ?? []))]);
        part.End();
        return page;
    }

    private Field Field(PartReader part, string above, ImmutableHashSet<string> facts)
    {
        var (path, type) = (above + part.Id("id"), part.Choice<FieldType>("type"));
        var when = formulas.Read(part, "if", facts, Kind.Bool);
        facts = when?.Facts(facts) ?? facts;
        var required = formulas.Read(part, "required", facts, Kind.Bool);
        var list = type is FieldType.Code ? ListOf(part) : null;
        var (min, max) = (formulas.Read(part, "min", facts, Bound(type)), formulas.Read(part, "max", facts, Bound(type)));
        var fields = type is FieldType.Group or FieldType.Repeat ? FieldsOf(part, type, $"{path}.", facts) : [];
        Named named = new(path, type.Kind(), list, required is not null || type.IsOnlyShown(), facts, IsAboveZero(min));
        formulas.Add(part.Part, named);
        foreach (var piece in type.Parts())
        {
            formulas.Add(part.Part, named with
            {
                Name = $"{path}.{piece.Id}",
                Kind = Kind.Text,
                IsOptional = named.IsOptional || piece.IsOptional,
            });
        }

        var field = new Field(path, type, LabelOf(part, type))
        {
            At = part.Part,
            Hint = part.MaybeTexts("hint"),
            If = when,
            Required = required,
            List = list,
            Min = min,
            Max = max,
            Pattern = PatternOf(part),
            // A check is asked only where the field is given.
            Valid = formulas.Read(part, "valid", facts.Add($"given({path})"), Kind.Bool),
            Say = part.MaybeText("say"),
            Mime = part.Words("mime"),
            MaxMiB = part.MaybeNumber("maxMiB", 1, MostMiB),
            Fim = FimOf(part),
            Item = part.MaybeText("item"),
            From = part.Has("from") ? part.Choice<FieldSource>("from") : null,
            Fields = fields,
        };
        part.End();
        return field;
    }

    /// <summary>The fields of an entry are known within it only.</summary>
    private List<Field> FieldsOf(PartReader part, FieldType type, string path, ImmutableHashSet<string> facts)
    {
        var before = formulas.Names;
        List<Field> fields = [.. part.Objects("fields").Select(field => Field(field, path, facts))];
        foreach (var inner in fields.Where(f => f.Type is FieldType.Repeat or FieldType.Group))
        {
            formulas.Faults.Add(inner.At!, "group-in-group", inner.Path);
        }

        if (fields.Count == 0)
        {
            formulas.Faults.Add(part.Part, "property-missing", "fields");
        }

        if (type is FieldType.Repeat)
        {
            formulas.Names = before;
        }

        return fields;
    }

    /// <summary>The type of "min" and "max": of a text, they count its characters; of a repeated group, its entries.</summary>
    private static Kind[] Bound(FieldType type) => type.Kind() switch
    {
        Kind.Date or Kind.Time or Kind.Moment or Kind.Number or Kind.Money => [type.Kind()],
        _ => [Kind.Int],
    };

    private string? ListOf(PartReader part)
    {
        var name = part.Text("list");
        if (formulas.Names.Tables.Codes.ContainsKey(name))
        {
            return name;
        }

        formulas.Faults.Add(part.Find("list") ?? part.Part, "unknown-list", name);
        return null;
    }

    private Regex? PatternOf(PartReader part)
    {
        if (part.MaybeText("pattern") is not { } pattern)
        {
            return null;
        }

        try
        {
            // This kind of matching takes time in proportion to the text, whatever the pattern.
            return new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            formulas.Faults.Add(part.Find("pattern")!, "bad-pattern", pattern);
            return null;
        }
    }

    private Texts LabelOf(PartReader part, FieldType type)
    {
        var label = part.MaybeTexts("label") ?? (part.Find("fim") is { Kind: JsonTokenType.String } fim
            ? FimElements.Known.GetValueOrDefault(fim.Text).Label : null) ?? type.Label();
        if (label is null)
        {
            formulas.Faults.Add(part.Part, "property-missing", "label");
        }

        return label ?? [];
    }

    private static IReadOnlyList<string> FimOf(PartReader part) => part.Find("fim") switch
    {
        null => [],
        { Kind: JsonTokenType.String } one => [one.Text],
        _ => part.Words("fim"),
    };

    private static bool IsAboveZero(Formula? min) => int.TryParse(min?.Source, CultureInfo.InvariantCulture, out var least) && least > 0;
}
