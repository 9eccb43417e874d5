namespace Aufruf.Domain.Cases.Expressions;

/// <summary>A parsed expression, before its types are known.</summary>
/// <param name="At">The position of its first character in the source.</param>
public abstract record Expression(int At)
{
    public sealed record Literal(int At, Value Is, Kind Kind) : Expression(At)
    {
        public override string ToString() => Kind is Kind.Text ? $"'{Is}'" : $"{Is}";
    }

    public sealed record Reference(int At, string Name) : Expression(At)
    {
        public override string ToString() => Name;
    }

    public sealed record Unary(int At, string Operator, Expression Of) : Expression(At)
    {
        public override string ToString() => $"({Operator} {Of})";
    }

    public sealed record Binary(int At, string Operator, Expression Left, Expression Right) : Expression(At)
    {
        public override string ToString() => $"({Left} {Operator} {Right})";
    }

    public sealed record Call(int At, string Function, IReadOnlyList<Expression> Arguments) : Expression(At)
    {
        public override string ToString() => $"{Function}({string.Join(", ", Arguments)})";
    }
}

/// <summary>Something in an expression that is not right, and the remedy.</summary>
public sealed class ExpressionException(int at, string code, params object[] parts) : Exception(code)
{
    public int At { get; } = at;
    public string Code { get; } = code;
    public object[] Parts { get; } = parts;
}
