namespace Aufruf.Domain.Cases.Declarations;

/// <summary>All that declarations refer to: code lists, rates, templates; and who is there to work.</summary>
public sealed record Library(
    ImmutableDictionary<string, CodeList> Codes,
    ImmutableDictionary<string, RateTable> Rates,
    ImmutableDictionary<string, DocumentTemplate> Templates)
{
    public static Library Empty { get; } = new(ImmutableDictionary<string, CodeList>.Empty, ImmutableDictionary<string, RateTable>.Empty,
        ImmutableDictionary<string, DocumentTemplate>.Empty);

    /// <summary>The roles that somebody has; null: not known here, so nothing is said about it.</summary>
    public ImmutableHashSet<string>? Roles { get; init; }

    /// <summary>The articles of the knowledge base; null: not known here.</summary>
    public ImmutableHashSet<string>? Articles { get; init; }

    /// <summary>The procedures of the authority; null: not known here.</summary>
    public ImmutableHashSet<string>? Procedures { get; init; }

    /// <summary>The library with one more file.</summary>
    public Library With(string json, out IReadOnlyList<Fault> found)
    {
        Faults faults = new();
        found = faults.All;
        if (JsonPart.Read(json, faults) is not { } whole)
        {
            return this;
        }

        PartReader file = new(whole, faults);
        file.MaybeText("note");
        var (id, edition) = (file.Id(file.Has("codes") ? "list" : file.Has("rates") ? "table" : "template"), file.MaybeDay("edition"));
        var name = edition is { } day ? string.Create(CultureInfo.InvariantCulture, $"{id}@{day:yyyy-MM-dd}") : id;
        var next = file.Has("codes") ? this with { Codes = Codes.SetItem(name, new(id, edition ?? default, [.. CodesOf(file)])) }
            : file.Has("rates") ? this with { Rates = Rates.SetItem(name, RatesOf(file, id, edition ?? default)) }
            : this with { Templates = Templates.SetItem(name, new(id, ParagraphsOf(file)) { Title = file.MaybeTexts("title") }) };
        file.End();
        return faults.All.Count == 0 ? next : this;
    }

    /// <summary>The name under which declarations refer to a file: "fees@2026-01-01". Null: it has faults.</summary>
    public static string? NameOf(string json)
    {
        var alone = Empty.With(json, out _);
        return alone.Codes.Keys.Concat(alone.Rates.Keys).Concat(alone.Templates.Keys).FirstOrDefault();
    }

    private static IEnumerable<Code> CodesOf(PartReader file)
    {
        foreach (var code in file.Objects("codes"))
        {
            yield return new(code.Id("id"), code.Texts("label"), [.. code.Words("marks")]);
            code.End();
        }
    }

    private static RateTable RatesOf(PartReader file, string id, DateOnly edition)
    {
        var keys = file.Words("keys").Select(word => word switch
        {
            "bool" => RateKey.Bool,
            "int" => RateKey.Int,
            _ => RateKey.Code,
        }).ToList();
        List<RateRow> rows = [];
        foreach (var row in file.Objects("rates"))
        {
            rows.Add(new(row.MaybeDay("from") ?? edition, row.MaybeDay("until"), row.Words("keys"), row.Number("cents", 0, 100_000_000)));
            if (rows[^1].Keys.Count != keys.Count)
            {
                row.Faults.Add(row.Part, "rate-keys", id, keys.Count);
            }

            row.End();
        }

        return new(id, edition, keys, rows);
    }

    private static Dictionary<string, IReadOnlyList<string>> ParagraphsOf(PartReader file)
    {
        Dictionary<string, IReadOnlyList<string>> paragraphs = [];
        if (file.Object("paragraphs") is { } texts)
        {
            foreach (var (language, _) in texts.Part.Properties)
            {
                paragraphs[language] = texts.Words(language);
            }
        }

        return paragraphs;
    }
}
