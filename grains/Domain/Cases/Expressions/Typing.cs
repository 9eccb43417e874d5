using static Aufruf.Domain.Cases.Expressions.Expression;

namespace Aufruf.Domain.Cases.Expressions;

/// <summary>Finds the type of an expression before anybody uses it. An expression with a type can neither fail nor read an absent
/// value.</summary>
internal sealed class Typing(Names names)
{
    public readonly record struct Found(Kind Kind, string? List = null);

    /// <param name="facts">That which is known to be true here, in the written form of expressions.</param>
    public Found Of(Expression node, ImmutableHashSet<string> facts) => node switch
    {
        Literal literal => new(literal.Kind),
        Reference reference => OfReference(reference, facts),
        Unary { Operator: "not" } unary => Needs(unary.Of, Kind.Bool, facts),
        Unary unary => Of(unary.Of, facts) is { Kind: Kind.Int or Kind.Number or Kind.Money or Kind.Share } found ? found
            : throw Wrong(unary.Of, facts, "a number"),
        Binary { Operator: "and" } and => Both(and, facts, Facts.WhenTrue(and.Left, facts)),
        Binary { Operator: "or" } or => Both(or, facts, Facts.WhenFalse(or.Left, facts)),
        Binary { Operator: "+" or "-" or "*" or "/" } binary => OfArithmetic(binary, facts),
        Binary binary => OfComparison(binary, facts),
        Call call => Functions.TypeOf(call, this, names, facts),
        _ => throw new UnreachableException(),
    };

    public Found Needs(Expression node, Kind kind, ImmutableHashSet<string> facts) =>
        Of(node, facts) is var found && (found.Kind == kind || (kind is Kind.Number && found.Kind is Kind.Int)) ? found
            : throw Wrong(node, facts, kind.ToString());

    public ExpressionException Wrong(Expression node, ImmutableHashSet<string> facts, string needed) =>
        new(node.At, "wrong-type", node, Of(node, facts).Kind, needed);

    public Named Find(Reference reference) => names.Known.GetValueOrDefault(reference.Name)
        ?? throw new ExpressionException(reference.At, names.Later.Contains(reference.Name) ? "later-name" : "unknown-name",
            reference.Name);

    private Found OfReference(Reference reference, ImmutableHashSet<string> facts)
    {
        if (reference.Name == "today")
        {
            return new(Kind.Date);
        }

        var named = Find(reference);
        return Facts.IsPresent(named, facts) ? new(named.Kind, named.List)
            : throw new ExpressionException(reference.At, "may-be-absent", named.Name);
    }

    private Found Both(Binary binary, ImmutableHashSet<string> left, ImmutableHashSet<string> right)
    {
        Needs(binary.Left, Kind.Bool, left);
        return Needs(binary.Right, Kind.Bool, right);
    }

    private Found OfArithmetic(Binary binary, ImmutableHashSet<string> facts)
    {
        var (left, right) = (Of(binary.Left, facts).Kind, Of(binary.Right, facts).Kind);
        if (binary.Operator == "/" && !IsNeverZero(binary.Right))
        {
            throw new ExpressionException(binary.Right.At, "may-be-zero", binary.Right);
        }

        return (binary.Operator, left, right) switch
        {
            ("+" or "-" or "*", Kind.Int, Kind.Int) => new(Kind.Int),
            ("+" or "-", Kind.Money, Kind.Money) => new(Kind.Money),
            ("*", Kind.Money, Kind.Int) or ("*", Kind.Int, Kind.Money) => new(Kind.Money),
            ("+" or "-", Kind.Money or Kind.Share, Kind.Money or Kind.Share) => new(Kind.Share),
            ("*" or "/", Kind.Money or Kind.Share, Kind.Int or Kind.Number) => new(Kind.Share),
            ("*", Kind.Int or Kind.Number, Kind.Money or Kind.Share) => new(Kind.Share),
            (_, Kind.Int or Kind.Number, Kind.Int or Kind.Number) => new(Kind.Number),
            _ => throw new ExpressionException(binary.At, "no-arithmetic", binary.Operator, left, right),
        };
    }

    private bool IsNeverZero(Expression divisor) => divisor switch
    {
        Literal { Is: Value.Number number } => number.Is != 0,
        Reference { Name: not "today" } reference => Find(reference).NeverZero,
        _ => false,
    };

    private Found OfComparison(Binary binary, ImmutableHashSet<string> facts)
    {
        var (left, right) = (Of(binary.Left, facts), Of(binary.Right, facts));
        var isEquality = binary.Operator is "=" or "!=";
        var fits = (left.Kind, right.Kind) switch
        {
            (Kind.Int or Kind.Number, Kind.Int or Kind.Number) or (Kind.Money, Kind.Money) => true,
            (Kind.Date, Kind.Date) or (Kind.Time, Kind.Time) or (Kind.Moment, Kind.Moment) => true,
            (Kind.Bool, Kind.Bool) or (Kind.Text, Kind.Text) => isEquality,
            (Kind.Code, Kind.Text) => isEquality && HasCode(left, binary.Right),
            (Kind.Text, Kind.Code) => isEquality && HasCode(right, binary.Left),
            (Kind.Code, Kind.Code) => isEquality && left.List == right.List,
            _ => false,
        };
        return fits ? new(Kind.Bool) : throw new ExpressionException(binary.At, "no-comparison", binary.Operator, left.Kind, right.Kind);
    }

    private bool HasCode(Found code, Expression text) => text is not Literal { Is: Value.Text word }
        || code.List is null || names.Tables.Codes[code.List].Find(word.Is) is not null
            ? text is Literal : throw new ExpressionException(text.At, "unknown-code", word.Is, code.List);
}
