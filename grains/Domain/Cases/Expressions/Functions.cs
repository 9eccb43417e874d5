using System.Collections.Frozen;
using static Aufruf.Domain.Cases.Expressions.Expression;
using static Aufruf.Domain.Cases.Expressions.Typing;

namespace Aufruf.Domain.Cases.Expressions;

/// <summary>The functions of expressions. A declaration cannot add one.</summary>
internal static class Functions
{
    private static readonly FrozenDictionary<string, (Kind Result, Kind[] Arguments)> Simple =
        new Dictionary<string, (Kind, Kind[])>
        {
            ["inTown"] = (Kind.Bool, [Kind.Address]),
            ["earlier"] = (Kind.Date, [Kind.Date, Kind.Date]),
            ["later"] = (Kind.Date, [Kind.Date, Kind.Date]),
            ["addDays"] = (Kind.Date, [Kind.Date, Kind.Int]),
            ["addMonths"] = (Kind.Date, [Kind.Date, Kind.Int]),
            ["addYears"] = (Kind.Date, [Kind.Date, Kind.Int]),
            ["firstOfNextMonth"] = (Kind.Date, [Kind.Date]),
            ["monthsLeft"] = (Kind.Int, [Kind.Date]),
            ["age"] = (Kind.Int, [Kind.Date]),
            ["year"] = (Kind.Int, [Kind.Date]),
        }.ToFrozenDictionary();

    public static IEnumerable<string> All => Simple.Keys.Concat(["given", "flag", "rate", "min", "max", "size", "cents", "euro", "date"]);

    public static Found TypeOf(Call call, Typing typing, Names names, ImmutableHashSet<string> facts)
    {
        var arguments = call.Arguments;
        return (call.Function, arguments.Count) switch
        {
            ("given", 1) => arguments[0] is Reference reference && typing.Find(reference) is not null ? new(Kind.Bool)
                : throw new ExpressionException(call.At, "given-needs-name"),
            ("flag", 2) => OfMark(call, typing, names, facts),
            ("rate", >= 2) => OfRate(call, typing, names, facts),
            ("min" or "max", 2) => OfExtreme(call, typing, facts),
            ("size", 1) => typing.Of(arguments[0], facts).Kind is Kind.Text or Kind.Entries ? new(Kind.Int)
                : throw typing.Wrong(arguments[0], facts, "text or entries"),
            ("cents", 1) => typing.Of(arguments[0], facts).Kind is Kind.Money or Kind.Share ? new(Kind.Money)
                : throw typing.Wrong(arguments[0], facts, "money"),
            ("euro", 1) => arguments[0] is Literal { Is: Value.Number amount } && decimal.Round(amount.Is, 2) == amount.Is
                ? new(Kind.Money) : throw new ExpressionException(call.At, "euro-needs-number"),
            ("date", 1) => arguments[0] is Literal { Is: Value.Text text } && Reading.Day(text.Is) is not null
                ? new(Kind.Date) : throw new ExpressionException(call.At, "date-needs-day"),
            _ => OfSimple(call, typing, facts),
        };
    }

    private static Found OfSimple(Call call, Typing typing, ImmutableHashSet<string> facts)
    {
        if (!Simple.TryGetValue(call.Function, out var signature))
        {
            throw new ExpressionException(call.At, All.Contains(call.Function) ? "argument-count" : "unknown-function", call.Function);
        }

        if (call.Arguments.Count != signature.Arguments.Length)
        {
            throw new ExpressionException(call.At, "argument-count", call.Function);
        }

        foreach (var (argument, kind) in call.Arguments.Zip(signature.Arguments))
        {
            typing.Needs(argument, kind, facts);
        }

        return new(signature.Result);
    }

    private static Found OfExtreme(Call call, Typing typing, ImmutableHashSet<string> facts)
    {
        var (left, right) = (typing.Of(call.Arguments[0], facts).Kind, typing.Of(call.Arguments[1], facts).Kind);
        return (left, right) switch
        {
            (Kind.Int, Kind.Int) or (Kind.Money, Kind.Money) or (Kind.Share, Kind.Share) => new(left),
            (Kind.Int or Kind.Number, Kind.Int or Kind.Number) => new(Kind.Number),
            (Kind.Money or Kind.Share, Kind.Money or Kind.Share) => new(Kind.Share),
            _ => throw new ExpressionException(call.At, "no-arithmetic", call.Function, left, right),
        };
    }

    private static Found OfMark(Call call, Typing typing, Names names, ImmutableHashSet<string> facts)
    {
        var code = typing.Of(call.Arguments[0], facts);
        return code is not { Kind: Kind.Code, List: { } list } ? throw typing.Wrong(call.Arguments[0], facts, "code")
            : call.Arguments[1] is Literal { Is: Value.Text mark } && names.Tables.Codes[list].Marks.Contains(mark.Is) ? new(Kind.Bool)
            : throw new ExpressionException(call.At, "unknown-mark", call.Arguments[1], list);
    }

    private static Found OfRate(Call call, Typing typing, Names names, ImmutableHashSet<string> facts)
    {
        if (call.Arguments[0] is not Literal { Is: Value.Text name } || names.Tables.Rates.GetValueOrDefault(name.Is) is not { } table)
        {
            throw new ExpressionException(call.At, "unknown-rate", call.Arguments[0]);
        }

        typing.Needs(call.Arguments[1], Kind.Date, facts);
        var keys = call.Arguments.Skip(2).ToList();
        if (keys.Count != table.Keys.Count)
        {
            throw new ExpressionException(call.At, "rate-keys", name.Is, table.Keys.Count);
        }

        foreach (var (key, column) in keys.Zip(table.Keys))
        {
            var kind = typing.Of(key, facts).Kind;
            var fits = column switch
            {
                RateKey.Bool => kind is Kind.Bool,
                RateKey.Int => kind is Kind.Int,
                _ => kind is Kind.Code or Kind.Text,
            };
            if (!fits)
            {
                throw typing.Wrong(key, facts, column.ToString());
            }
        }

        return new(Kind.Money);
    }
}
