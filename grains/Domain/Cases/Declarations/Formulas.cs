using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>Gives types to the expressions of a declaration, from top to bottom: each sees the names above it.</summary>
internal sealed class Formulas(Faults faults, Names names)
{
    public Names Names { get; set; } = names;

    public Faults Faults => faults;

    /// <param name="facts">The conditions under which the part is there at all.</param>
    /// <param name="needed">Null: any type.</param>
    public Formula? Read(PartReader part, string name, ImmutableHashSet<string> facts, params Kind[] needed) =>
        part.MaybeText(name) is { } source ? Of(part.Find(name)!, source, Names, facts, needed) : null;

    public Formula? Of(JsonPart at, string source, Names seen, ImmutableHashSet<string> facts, params Kind[] needed)
    {
        try
        {
            var formula = Formula.Of(source, seen, facts);
            if (needed.Length == 0 || needed.Contains(formula.Kind) || (needed.Contains(Kind.Number) && formula.Kind is Kind.Int))
            {
                return formula;
            }

            faults.Add(at, formula.Kind is Kind.Share && needed.Contains(Kind.Money) ? "not-rounded" : "wrong-type", source, formula.Kind,
                string.Join(", ", needed));
        }
        catch (ExpressionException e)
        {
            // The quotation mark of the text comes before the expression.
            faults.Add(at with { Column = at.Column + 1 + e.At }, e.Code, e.Parts);
        }

        return null;
    }

    public NamedValue Value(PartReader part)
    {
        var id = part.Id("id");
        var kind = part.Choice<Kind>("type");
        var formula = Read(part, "is", [], kind) ?? Formula.Of("true", Names, []);
        if (!part.Has("is"))
        {
            faults.Add(part.Part, "property-missing", "is");
        }

        var label = part.MaybeTexts("label");
        Add(part.Part, new(id, kind, formula.List, IsOptional: false, []));
        part.End();
        return new(id, kind, formula) { Place = part.Part, Label = label };
    }

    public void Add(JsonPart at, Named named)
    {
        if (Names.Known.ContainsKey(named.Name))
        {
            faults.Add(at, "name-twice", named.Name);
        }

        Names = Names.With(named);
    }
}
