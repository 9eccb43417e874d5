using static Aufruf.Domain.Cases.Expressions.Expression;

namespace Aufruf.Domain.Cases.Expressions;

/// <summary>An expression that has a type. It is total: it gives a value, or null where something is absent or out of bounds.</summary>
public sealed class Formula
{
    /// <summary>Far above every amount of a town; beyond it a number counts as absent, so nothing overflows.</summary>
    private const decimal Largest = 1_000_000_000_000;

    private readonly Expression _whole;

    private Formula(string source, Expression whole, Kind kind, string? list) =>
        (Source, _whole, Kind, List) = (source, whole, kind, list);

    public string Source { get; }
    public Kind Kind { get; }

    /// <summary>Of a code: its list.</summary>
    public string? List { get; }

    /// <summary>The names that it reads.</summary>
    public IEnumerable<string> Reads => Below(_whole).OfType<Reference>().Select(r => r.Name).Where(n => n != "today").Distinct();

    /// <summary>The rates that it reads.</summary>
    public IEnumerable<string> Rates => Below(_whole).OfType<Call>().Where(c => c.Function == "rate")
        .Select(c => ((Value.Text)((Literal)c.Arguments[0]).Is).Is).Distinct();

    /// <summary>It is the same for everybody.</summary>
    public bool? Always => _whole is Literal { Is: Value.Bool always } ? always.Is : null;

    /// <summary>That which is known where this condition holds.</summary>
    internal ImmutableHashSet<string> Facts(ImmutableHashSet<string> before) => Expressions.Facts.WhenTrue(_whole, before);

    /// <exception cref="ExpressionException">With the position and the code of a fault.</exception>
    internal static Formula Of(string source, Names names, ImmutableHashSet<string> facts)
    {
        var whole = Parser.Parse(source);
        var found = new Typing(names).Of(whole, facts);
        return new(source, whole, found.Kind, found.List);
    }

    public Value? Evaluate(CaseSituation situation) => Evaluate(_whole, situation);

    /// <summary>An absent condition does not hold.</summary>
    public bool Holds(CaseSituation situation) => Evaluate(situation) is Value.Bool { Is: true };

    private static Value? Evaluate(Expression node, CaseSituation s) => node switch
    {
        Literal literal => literal.Is,
        Reference { Name: "today" } => new Value.Date(s.Today),
        Reference reference => s.Of(reference.Name),
        Unary { Operator: "not" } not => Evaluate(not.Of, s) is Value.Bool b ? new Value.Bool(!b.Is) : null,
        Unary minus => Evaluate(minus.Of, s) switch
        {
            Value.Number n => new Value.Number(-n.Is),
            Value.Money m => new Value.Money(-m.Cents),
            _ => null,
        },
        Binary { Operator: "and" or "or" } logic => Logic(logic, s),
        Binary { Operator: "+" or "-" or "*" or "/" } binary => Arithmetic(binary, s),
        Binary binary => Evaluate(binary.Left, s) is { } left && Evaluate(binary.Right, s) is { } right
            ? new Value.Bool(Compares(binary.Operator, left, right)) : null,
        Call { Function: "given" } call => new Value.Bool(s.Of(((Reference)call.Arguments[0]).Name) is not null),
        Call call => FunctionValues.Evaluate(call.Function, [.. call.Arguments.Select(a => Evaluate(a, s))], s),
        _ => throw new UnreachableException(),
    };

    /// <summary>One side may decide alone; otherwise an absent side makes the whole absent.</summary>
    private static Value.Bool? Logic(Binary logic, CaseSituation s)
    {
        var decides = logic.Operator == "or";
        var (left, right) = (Evaluate(logic.Left, s) as Value.Bool, Evaluate(logic.Right, s) as Value.Bool);
        return left?.Is == decides || right?.Is == decides ? new(decides) : left is null || right is null ? null : new(!decides);
    }

    private static Value? Arithmetic(Binary binary, CaseSituation s)
    {
        var (left, right) = (Evaluate(binary.Left, s), Evaluate(binary.Right, s));
        if (Amount(left) is not { } a || Amount(right) is not { } b || (binary.Operator == "/" && b == 0))
        {
            return null;
        }

        var result = binary.Operator switch { "+" => a + b, "-" => a - b, "*" => a * b, _ => a / b };
        var isMoney = (left is Value.Money || right is Value.Money) && result == decimal.Truncate(result);
        return Math.Abs(result) > Largest ? null : isMoney ? new Value.Money((long)result) : new Value.Number(result);
    }

    /// <remarks>Money and shares count in cents, so both may be added.</remarks>
    internal static decimal? Amount(Value? value) => value switch
    {
        Value.Number n => n.Is,
        Value.Money m => m.Cents,
        _ => null,
    };

    private static bool Compares(string sign, Value left, Value right)
    {
        var order = (left, right) switch
        {
            (Value.Date a, Value.Date b) => a.Is.CompareTo(b.Is),
            (Value.Time a, Value.Time b) => a.Is.CompareTo(b.Is),
            (Value.Moment a, Value.Moment b) => a.Is.CompareTo(b.Is),
            _ when Amount(left) is { } a && Amount(right) is { } b => a.CompareTo(b),
            _ => left.ToString() == right.ToString() ? 0 : 1,
        };
        return sign switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static IEnumerable<Expression> Below(Expression node) => node switch
    {
        Unary unary => Below(unary.Of).Prepend(node),
        Binary binary => Below(binary.Left).Concat(Below(binary.Right)).Prepend(node),
        Call call => call.Arguments.SelectMany(Below).Prepend(node),
        _ => [node],
    };
}
