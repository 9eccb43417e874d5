using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>Reads a declaration and gives every expression its type. All faults are found in one go, each with line and remedy.</summary>
public sealed class ProcedureReader
{
    /// <summary>Ten times the longest declaration of the seed.</summary>
    public const int LongestFile = 200_000;

    private readonly Faults _faults = new();

    private ProcedureReader() { }

    /// <summary>The procedure; null where it has faults.</summary>
    public static (ProcedureDefinition? Procedure, IReadOnlyList<Fault> Faults) Read(string json, Library library)
    {
        ProcedureReader reader = new();
        var found = json.Length > LongestFile ? null : JsonPart.Read(json, reader._faults);
        if (json.Length > LongestFile)
        {
            reader._faults.Add(new(0, 0, "", JsonTokenType.None, "", [], []), "file-too-long", LongestFile);
        }

        if (found is not { Kind: JsonTokenType.StartObject })
        {
            if (found is not null)
            {
                reader._faults.Add(found, "wrong-json", "object");
            }

            return (null, reader._faults.All);
        }

        var procedure = reader.Read(new PartReader(found, reader._faults), library);
        return (reader._faults.All.Count == 0 ? procedure : null, [.. reader._faults.All.OrderBy(f => (f.Line, f.Column))]);
    }

    private ProcedureDefinition Read(PartReader file, Library library)
    {
        var tables = TablesOf(file, library);
        Formulas formulas = new(_faults, new(ImmutableDictionary<string, Named>.Empty, [.. Declared(file)], tables));
        PageReader pages = new(formulas);
        var procedure = new ProcedureDefinition(file.Id("procedure"), file.Number("version", 1, 100_000),
            file.MaybeDay("validFrom") ?? Missing(file, "validFrom"))
        {
            At = file.Part,
            Title = file.Texts("title"),
            Note = file.MaybeText("note"),
            Fim = file.MaybeText("fim"),
            Unit = file.Text("unit"),
            FilePlan = file.Text("filePlan"),
            Article = file.MaybeText("article"),
            Identity = file.Choice<IdentityNeeded>("identity", IdentityNeeded.None),
            Trust = file.Has("trust") ? file.Choice<TrustLevel>("trust") : null,
            Channels = file.Words("channels"),
            Languages = file.Has("languages") ? file.Words("languages") : ["de", "en"],
            Basis = file.Words("basis"),
            DraftDays = file.MaybeNumber("draftDays", 1, 365) ?? 30,
            Tables = tables,
            Texts = Own(file, "texts").ToDictionary(),
            Pages = [.. file.Objects("pages").Select(pages.Read)],
            Values = [.. file.Objects("values").Select(formulas.Value)],
        };
        var names = formulas.Names;
        FlowReader flow = new(formulas);
        procedure = procedure with
        {
            Names = names,
            Flow = file.Object("flow") is { } part ? flow.Read(part) : new(),
            Tasks = [.. file.Objects("tasks").Select(flow.Task)],
            Hearings = [.. file.Objects("hearings").Select(flow.Hearing)],
            Claims = [.. file.Objects("claims").Select(flow.Claim)],
            Stock = [.. file.Objects("stock").Select(flow.Stock)],
            Documents = [.. file.Objects("documents").Select(flow.Document)],
            Notices = [.. file.Objects("notify").Select(FlowReader.Notice)],
            Says = SaysOf(file),
            Follows = file.Words("follows"),
        };
        file.End();
        return procedure;
    }

    private static DateOnly Missing(PartReader file, string name)
    {
        if (!file.Has(name))
        {
            file.Faults.Add(file.Part, "property-missing", name);
        }

        return DateOnly.MinValue;
    }

    private DeclaredTables TablesOf(PartReader file, Library library)
    {
        var (codes, rates) = (ImmutableDictionary<string, CodeList>.Empty, ImmutableDictionary<string, RateTable>.Empty);
        foreach (var (name, part) in file.Find("codes")?.Properties ?? [])
        {
            codes = library.Codes.TryGetValue(part.Text, out var list) ? codes.SetItem(name, list) : Unknown(part, codes);
        }

        foreach (var (name, part) in file.Find("rates")?.Properties ?? [])
        {
            rates = library.Rates.TryGetValue(part.Text, out var table) ? rates.SetItem(name, table) : Unknown(part, rates);
        }

        return new(codes, rates);
    }

    private T Unknown<T>(JsonPart part, T tables)
    {
        _faults.Add(part, "unknown-table", part.Text);
        return tables;
    }

    /// <summary>All names of the file, so that a name further below is known as such.</summary>
    private static IEnumerable<string> Declared(PartReader file) =>
        (file.Find("pages")?.Items ?? []).SelectMany(page => page["fields"]?.Items ?? []).Concat(file.Find("values")?.Items ?? [])
            .Select(part => part["id"]?.Text ?? "");

    private static IEnumerable<KeyValuePair<string, Texts>> Own(PartReader file, string name)
    {
        if (file.Object(name) is { } own)
        {
            foreach (var code in own.Part.Properties.Select(p => p.Key).Distinct())
            {
                yield return new(code, own.Texts(code));
            }
        }
    }

    private Dictionary<CaseState, Texts> SaysOf(PartReader file)
    {
        Dictionary<CaseState, Texts> says = [];
        foreach (var (word, texts) in Own(file, "says"))
        {
            var state = Enum.GetValues<CaseState>().Where(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()) == word).ToList();
            if (state is [var known])
            {
                says[known] = texts;
            }
            else
            {
                _faults.Add(file.Find("says")!, "not-a-choice", word,
                    string.Join(", ", Enum.GetValues<CaseState>().Select(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()))));
            }
        }

        return says;
    }
}
