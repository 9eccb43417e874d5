using System.Text;
using static Aufruf.Domain.Cases.Expressions.Expression;

namespace Aufruf.Domain.Cases.Expressions;

/// <summary>Reads an expression by the strength of its operators (Pratt, "Top down operator precedence", 1973).</summary>
internal sealed class Parser
{
    private const int LongestSource = 1000, MostNodes = 200, Deepest = 40, LongestNumber = 12;

    private static readonly Dictionary<string, int> Strength = new()
    {
        ["or"] = 1,
        ["and"] = 2,
        ["="] = 4,
        ["!="] = 4,
        ["<"] = 4,
        ["<="] = 4,
        [">"] = 4,
        [">="] = 4,
        ["+"] = 5,
        ["-"] = 5,
        ["*"] = 6,
        ["/"] = 6,
    };

    private const int StrengthOfNot = 3, StrengthOfMinus = 7;

    private readonly string _source;
    private (int At, TokenKind Kind, string Text) _next;
    private int _place, _nodes, _depth;

    private enum TokenKind { End, Word, Number, Text, Sign }

    private Parser(string source)
    {
        _source = source;
        _next = Read();
    }

    public static Expression Parse(string source)
    {
        if (source.Length > LongestSource)
        {
            throw new ExpressionException(0, "expression-too-long", LongestSource);
        }

        var parser = new Parser(source);
        var whole = parser.Expression(0);
        return parser._next.Kind is TokenKind.End ? whole : throw parser.Unexpected();
    }

    private Expression Expression(int strength)
    {
        if (++_depth > Deepest)
        {
            throw new ExpressionException(_next.At, "expression-too-large", MostNodes);
        }

        var left = Counted(First());
        while (Strength.TryGetValue(_next.Text, out var next) && _next.Kind is not TokenKind.Text && next > strength)
        {
            var (at, _, sign) = Take();
            left = Counted(new Binary(at, sign, left, Expression(next)));
            if (next == 4 && Strength.GetValueOrDefault(_next.Text) == 4)
            {
                throw new ExpressionException(_next.At, "comparison-of-comparison");
            }
        }

        _depth--;
        return left;
    }

    private Expression First()
    {
        var (at, kind, text) = Take();
        switch (kind, text)
        {
            case (TokenKind.Number, _):
                var isInt = !text.Contains('.', StringComparison.Ordinal);
                return new Literal(at, new Value.Number(decimal.Parse(text, CultureInfo.InvariantCulture)), isInt ? Kind.Int : Kind.Number);
            case (TokenKind.Text, _):
                return new Literal(at, new Value.Text(text), Kind.Text);
            case (TokenKind.Word, "true" or "false"):
                return new Literal(at, new Value.Bool(text == "true"), Kind.Bool);
            case (TokenKind.Word, "not"):
                return new Unary(at, "not", Expression(StrengthOfNot));
            case (TokenKind.Word, not ("and" or "or")):
                return _next is { Kind: TokenKind.Sign, Text: "(" } ? new Call(at, text, Arguments()) : new Reference(at, text);
            case (TokenKind.Sign, "-"):
                return new Unary(at, "-", Expression(StrengthOfMinus));
            case (TokenKind.Sign, "("):
                var inner = Expression(0);
                Expect(")");
                return inner;
            default:
                throw kind is TokenKind.End ? new ExpressionException(at, "expression-ends")
                    : new ExpressionException(at, "unexpected", text);
        }
    }

    private List<Expression> Arguments()
    {
        List<Expression> arguments = [];
        Expect("(");
        while (_next is not { Kind: TokenKind.Sign, Text: ")" })
        {
            if (arguments.Count > 0)
            {
                Expect(",");
            }

            arguments.Add(Expression(0));
        }

        Expect(")");
        return arguments;
    }

    private Expression Counted(Expression node) => ++_nodes <= MostNodes ? node
        : throw new ExpressionException(node.At, "expression-too-large", MostNodes);

    private void Expect(string sign)
    {
        if (_next.Kind is not TokenKind.Sign || _next.Text != sign)
        {
            throw Unexpected();
        }

        Take();
    }

    private ExpressionException Unexpected() => _next.Kind is TokenKind.End ? new(_next.At, "expression-ends")
        : new(_next.At, "unexpected", _next.Text);

    private (int At, TokenKind Kind, string Text) Take()
    {
        var taken = _next;
        _next = Read();
        return taken;
    }

    private (int At, TokenKind Kind, string Text) Read()
    {
        while (_place < _source.Length && _source[_place] == ' ')
        {
            _place++;
        }

        var at = _place;
        if (at == _source.Length)
        {
            return (at, TokenKind.End, "");
        }

        var first = _source[at];
        return char.IsAsciiLetter(first) ? (at, TokenKind.Word, While(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'))
            : char.IsAsciiDigit(first) ? (at, TokenKind.Number, NumberAt(at))
            : first == '\'' ? (at, TokenKind.Text, TextAt(at))
            : (at, TokenKind.Sign, SignAt(at));
    }

    private string While(Func<char, bool> belongs)
    {
        var from = _place;
        while (_place < _source.Length && belongs(_source[_place]))
        {
            _place++;
        }

        return _source[from.._place];
    }

    private string NumberAt(int at)
    {
        var text = While(c => char.IsAsciiDigit(c) || c == '.');
        return text.Length <= LongestNumber && text.Count(c => c == '.') <= 1 && text[^1] != '.' ? text
            : throw new ExpressionException(at, "not-a-number", text);
    }

    /// <remarks>A quotation mark in a text is written twice.</remarks>
    private string TextAt(int at)
    {
        StringBuilder text = new();
        for (_place++; _place < _source.Length; _place++)
        {
            if (_source[_place] != '\'')
            {
                text.Append(_source[_place]);
            }
            else if (_place + 1 < _source.Length && _source[_place + 1] == '\'')
            {
                text.Append(_source[_place++]);
            }
            else
            {
                _place++;
                return text.ToString();
            }
        }

        throw new ExpressionException(at, "text-not-closed");
    }

    private string SignAt(int at)
    {
        var two = at + 2 <= _source.Length ? _source.Substring(at, 2) : "";
        var sign = two is "!=" or "<=" or ">=" ? two : _source[at].ToString();
        if (!Strength.ContainsKey(sign) && sign is not ("(" or ")" or ","))
        {
            throw new ExpressionException(at, "unexpected", sign);
        }

        _place += sign.Length;
        return sign;
    }
}
