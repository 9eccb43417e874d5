using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases;

/// <summary>Reads the answers from top to bottom; a field sees only that which is above it.</summary>
internal sealed class FieldReader
{
    private const string NotLatin = "not-latin";

    private readonly IReadOnlyDictionary<string, string> _answers;

    public FieldReader(IReadOnlyDictionary<string, string> answers, CaseSituation situation)
    {
        _answers = answers;
        Situation = situation with { Of = name => Values.GetValueOrDefault(name) };
    }

    public CaseSituation Situation { get; }

    public Dictionary<string, Value> Values { get; } = [];

    public List<FieldFault> Faults { get; } = [];

    /// <returns>The paths that are shown.</returns>
    public IEnumerable<string> Read(Field field) => Read(field, field.Path);

    private IEnumerable<string> Read(Field field, string path)
    {
        if (!(field.If?.Holds(Situation) ?? true))
        {
            yield break;
        }

        var isRequired = field.Required is not { } required || required.Holds(Situation);
        if (field.Type is FieldType.Group)
        {
            // Its parts are fields of their own.
            Values[field.Path] = new Value.Entries(1);
        }
        else if (field.Type is FieldType.Repeat)
        {
            foreach (var shown in ReadEntries(field, path))
            {
                yield return shown;
            }
        }
        else
        {
            yield return path;
            if (!field.Type.IsOnlyShown())
            {
                ReadOne(field, path, isRequired);
            }
        }

        if (field.Type is FieldType.Group)
        {
            foreach (var shown in field.Fields.SelectMany(inner => Read(inner, $"{path}.{inner.Id}")))
            {
                yield return shown;
            }
        }
    }

    private IEnumerable<string> ReadEntries(Field field, string path)
    {
        var count = Enumerable.Range(1, Evaluation.MostEntries)
            .LastOrDefault(n => _answers.Any(a => a.Key.StartsWith($"{path}.{n}.", StringComparison.Ordinal) && a.Value.Length > 0));
        var (least, most) = (BoundOf(field.Min) ?? 1, Math.Min(BoundOf(field.Max) ?? Evaluation.MostEntries, Evaluation.MostEntries));
        if (count > most)
        {
            Wrong(path, "too-many");
        }

        count = (int)Math.Clamp(count, Math.Min(least, most), most);
        for (var n = 1; n <= count; n++)
        {
            foreach (var shown in field.Fields.SelectMany(inner => Read(inner, $"{path}.{n}.{inner.Id}")).ToList())
            {
                yield return shown;
            }

            // Within an entry, its fields have names; beyond it only their number counts.
            foreach (var inner in field.Fields)
            {
                foreach (var name in inner.Type.Parts().Select(part => $"{inner.Path}.{part.Id}").Prepend(inner.Path))
                {
                    if (Values.Remove(name, out var value))
                    {
                        Values[$"{path}.{n}.{name[(field.Path.Length + 1)..]}"] = value;
                    }
                }
            }
        }

        Values[field.Path] = new Value.Entries(count);
    }

    private decimal? BoundOf(Formula? bound) => bound?.Evaluate(Situation) is Value.Number number ? number.Is : null;

    private void ReadOne(Field field, string path, bool isRequired)
    {
        var (value, fault) = field.Type.Parts().Count > 0 ? ReadParts(field, path, isRequired)
            : !_answers.TryGetValue(path, out var raw) || string.IsNullOrWhiteSpace(raw) ? (null, isRequired ? "required" : null)
            : field.Type is FieldType.Code ? ReadCode(field, raw)
            : Reading.Read(field, raw);
        if (fault is not null)
        {
            Wrong(path, fault, field.Type is FieldType.Latin && fault == NotLatin
                ? LatinSigns.Text.WrongIn(Reading.Tidy(_answers[path])) : null);
        }

        if (value is null)
        {
            return;
        }

        fault = OutOfBounds(field, value);
        if (fault is null)
        {
            Keep(field, value);
            if (field.Valid is { } valid && !valid.Holds(Situation))
            {
                Forget(field);
                fault = field.Say ?? "not-valid";
            }
        }

        if (fault is not null)
        {
            Wrong(path, fault);
        }
    }

    private (Value?, string?) ReadCode(Field field, string raw) =>
        Situation.Tables.Codes[field.List!].Find(raw) is { } code ? (new Value.Code(field.List!, code.Id), null) : (null, "not-a-choice");

    private (Value?, string?) ReadParts(Field field, string path, bool isRequired)
    {
        Dictionary<string, string> given = [];
        foreach (var part in field.Type.Parts())
        {
            if (_answers.TryGetValue($"{path}.{part.Id}", out var raw) && !string.IsNullOrWhiteSpace(raw))
            {
                given[part.Id] = Reading.Tidy(raw);
            }
        }

        if (given.Count == 0)
        {
            return (null, isRequired ? "required" : null);
        }

        var signs = field.Type is FieldType.PersonName ? LatinSigns.Person : LatinSigns.Thing;
        foreach (var part in field.Type.Parts())
        {
            var text = given.GetValueOrDefault(part.Id);
            var wrong = text is null ? null : signs.WrongIn(text);
            var fault = text is null ? part.IsOptional ? null : "required"
                : part.Id == "postcode" ? Reading.IsPostcode(text) ? null : "not-a-postcode"
                : text.Length > part.Longest ? "too-long" : wrong is null ? null : NotLatin;
            if (fault is not null)
            {
                Wrong($"{path}.{part.Id}", fault, wrong);
                return (null, null);
            }
        }

        return (field.Type is FieldType.PersonName
            ? new Value.Name(given["given"], given["family"], given.GetValueOrDefault("doctorate"))
            : new Value.Address(given["street"], given["number"], given.GetValueOrDefault("extra"), given["postcode"],
                given["town"]), null);
    }

    private string? OutOfBounds(Field field, Value value) =>
        field.Pattern is { } pattern && !pattern.IsMatch(value.ToString()!) ? "wrong-pattern"
        : IsBeyond(field.Min?.Evaluate(Situation), value, -1) ? value is Value.Text ? "too-short" : "too-small"
        : IsBeyond(field.Max?.Evaluate(Situation), value, 1) ? value is Value.Text ? "too-long" : "too-large" : null;

    private static bool IsBeyond(Value? bound, Value value, int side) => (bound, value) switch
    {
        (Value.Number b, Value.Text v) => decimal.Sign(v.Is.Length - b.Is) == side,
        (Value.Number b, Value.Number v) => decimal.Sign(v.Is - b.Is) == side,
        (Value.Money b, Value.Money v) => Math.Sign(v.Cents - b.Cents) == side,
        (Value.Date b, Value.Date v) => Math.Sign(v.Is.CompareTo(b.Is)) == side,
        (Value.Time b, Value.Time v) => Math.Sign(v.Is.CompareTo(b.Is)) == side,
        (Value.Moment b, Value.Moment v) => Math.Sign(v.Is.CompareTo(b.Is)) == side,
        _ => false,
    };

    private void Keep(Field field, Value value)
    {
        Values[field.Path] = value;
        foreach (var (id, part) in PartsOf(value))
        {
            if (part is not null)
            {
                Values[$"{field.Path}.{id}"] = new Value.Text(part);
            }
        }
    }

    private void Forget(Field field)
    {
        foreach (var name in field.Type.Parts().Select(part => $"{field.Path}.{part.Id}").Prepend(field.Path))
        {
            Values.Remove(name);
        }
    }

    private static (string, string?)[] PartsOf(Value value) => value switch
    {
        Value.Name n => [("given", n.Given), ("family", n.Family), ("doctorate", n.Doctorate)],
        Value.Address a => [("street", a.Street), ("number", a.House), ("extra", a.Extra), ("postcode", a.Postcode), ("town", a.Town)],
        _ => [],
    };

    private void Wrong(string path, string code, string? sign = null) =>
        Faults.Add(new(path, code, FieldFaults.Sentence(code)) { Sign = sign });
}
