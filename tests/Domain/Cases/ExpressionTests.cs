using Aufruf.Domain.Cases.Expressions;
using CsCheck;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>The expressions of declarations: every one has a type before use, and none can fail.</summary>
public class ExpressionTests
{
    private static readonly DeclaredTables Tables = DeclaredProcedures.Dogs.Tables;

    private static readonly Names Names = new(ImmutableDictionaryOf(
        new("others", Kind.Int, null, false, []), new("weeks", Kind.Int, null, false, [], NeverZero: true),
        new("fee", Kind.Money, null, false, []), new("factor", Kind.Number, null, false, []),
        new("large", Kind.Bool, null, false, []), new("breed", Kind.Code, "breed", false, []),
        new("relief", Kind.Code, "relief", false, ["(not flag(breed, 'listed'))"]), new("chip", Kind.Text, null, false, ["large"]),
        new("born", Kind.Date, null, false, []), new("mail", Kind.Text, null, true, []), new("address", Kind.Address, null, false, [])),
        ["later"], Tables);

    private static System.Collections.Immutable.ImmutableDictionary<string, Named> ImmutableDictionaryOf(params Named[] named) =>
        System.Collections.Immutable.ImmutableDictionary.CreateRange(named.Select(n => KeyValuePair.Create(n.Name, n)));

    private static readonly Dictionary<string, Value> Given = new()
    {
        ["others"] = new Value.Number(2),
        ["weeks"] = new Value.Number(3),
        ["fee"] = new Value.Money(1_000),
        ["factor"] = new Value.Number(0.5m),
        ["large"] = new Value.Bool(true),
        ["breed"] = new Value.Code("breed", "pit-bull"),
        ["born"] = new Value.Date(new(2000, 2, 29)),
        ["chip"] = new Value.Text("123"),
        ["address"] = new Value.Address("A", "1", null, "52477", "Alsdorf"),
    };

    private static CaseSituation Situation(Dictionary<string, Value> given) =>
        new(given.GetValueOrDefault, DeclaredProcedures.Today, Tables, DeclaredProcedures.Alsdorf);

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("-others + 5", "3")]
    [InlineData("fee * 2 + euro(0.50)", "20.50")]
    [InlineData("cents(fee / weeks)", "3.33")]
    [InlineData("cents(fee * factor)", "5.00")]
    // Half a cent is rounded up: 0.05 * 0.5 = 0.025.
    [InlineData("cents(euro(0.05) * factor)", "0.03")]
    [InlineData("cents(euro(-0.05) * factor)", null)]
    [InlineData("cents(-euro(0.05) * factor)", "-0.03")]
    [InlineData("min(others + 1, 3)", "3")]
    [InlineData("max(fee, euro(12))", "12.00")]
    [InlineData("not large or others > 1", "true")]
    [InlineData("others = 2 and breed != 'labrador'", "true")]
    [InlineData("flag(breed, 'listed')", "true")]
    [InlineData("inTown(address)", "true")]
    [InlineData("given(mail)", "false")]
    [InlineData("given(mail) and size(mail) > 3", "false")]
    [InlineData("large and size(chip) = 3", "true")]
    [InlineData("age(born)", "26")]
    [InlineData("year(addYears(born, 1))", "2001")]
    [InlineData("addYears(born, 1)", "2001-02-28")]
    [InlineData("addMonths(date('2026-01-31'), 1)", "2026-02-28")]
    [InlineData("firstOfNextMonth(date('2026-12-01'))", "2027-01-01")]
    [InlineData("monthsLeft(date('2026-05-31'))", "8")]
    [InlineData("later(born, today)", "2026-11-27")]
    [InlineData("earlier(born, today)", "2000-02-29")]
    [InlineData("addDays(today, 5)", "2026-12-02")]
    [InlineData("rate('dog-tax', date('2026-01-01'), large, 1)", "660.00")]
    // Before the table begins there is no rate.
    [InlineData("rate('dog-tax', date('2016-01-01'), large, 1)", null)]
    [InlineData("addYears(today, 999)", null)]
    [InlineData("999999999999 * 999999999999", null)]
    [InlineData("'a''b' = 'a''b'", "true")]
    public void An_expression_has_a_value(string source, string? expected)
    {
        if (source.Contains("euro(-", StringComparison.Ordinal))
        {
            Assert.Equal("euro-needs-number", Fault(source).Code);
            return;
        }

        Assert.Equal(expected, Formula.Of(source, Names, []).Evaluate(Situation(Given))?.ToString());
    }

    [Theory]
    [InlineData("unknown + 1", "unknown-name", 0)]
    [InlineData("1 + later", "later-name", 4)]
    [InlineData("size(mail) > 3", "may-be-absent", 5)]
    [InlineData("size(chip) > 3", "may-be-absent", 5)]
    [InlineData("relief = 'none'", "may-be-absent", 0)]
    [InlineData("breed = 'cat'", "unknown-code", 8)]
    [InlineData("flag(breed, 'blue')", "unknown-mark", 0)]
    [InlineData("fee / others", "may-be-zero", 6)]
    [InlineData("fee / 0", "may-be-zero", 6)]
    [InlineData("fee + 1", "no-arithmetic", 4)]
    [InlineData("born + 1", "no-arithmetic", 5)]
    [InlineData("born > 1", "no-comparison", 5)]
    [InlineData("breed < 'a'", "no-comparison", 6)]
    [InlineData("1 < 2 < 3", "comparison-of-comparison", 6)]
    [InlineData("large + 1", "no-arithmetic", 6)]
    [InlineData("not others", "wrong-type", 4)]
    [InlineData("others and large", "wrong-type", 0)]
    [InlineData("(1 + 2", "expression-ends", 6)]
    [InlineData("1 +", "expression-ends", 3)]
    [InlineData("1 2", "unexpected", 2)]
    [InlineData("1 & 2", "unexpected", 2)]
    [InlineData("1.2.3", "not-a-number", 0)]
    [InlineData("'abc", "text-not-closed", 0)]
    [InlineData("launch(1)", "unknown-function", 0)]
    [InlineData("age(born, today)", "argument-count", 0)]
    [InlineData("date('2026-13-01')", "date-needs-day", 0)]
    [InlineData("given(1)", "given-needs-name", 0)]
    [InlineData("rate('other', today)", "unknown-rate", 0)]
    [InlineData("rate('dog-tax', today, large)", "rate-keys", 0)]
    [InlineData("", "expression-ends", 0)]
    public void A_wrong_expression_names_place_and_fault(string source, string code, int at)
    {
        var fault = Fault(source);
        Assert.Equal((code, at), (fault.Code, fault.At));
    }

    [Fact]
    public void An_expression_cannot_be_endless()
    {
        Assert.Equal("expression-too-long", Fault(new string('1', 2_000)).Code);
        Assert.Equal("expression-too-large", Fault(string.Join('+', Enumerable.Repeat("1", 300))).Code);
        Assert.Equal("expression-too-large", Fault(new string('(', 300)).Code);
        Assert.Equal("expression-too-large", Fault(string.Concat(Enumerable.Repeat("not ", 200)) + "large").Code);
    }

    /// <summary>Random words of the language, at random present or absent.</summary>
    [Fact]
    public void No_expression_fails_otherwise_than_with_a_fault_and_none_fails_at_use()
    {
        string[] words = ["1", "0", "2.5", "999999999999", "'none'", "'listed'", "'dog-tax'", "true", "others", "weeks", "fee", "factor",
            "large", "breed", "relief", "chip", "born", "mail", "address", "today",
            "+", "-", "*", "/", "=", "!=", "<", ">=", "and", "or", "not",
            "(", ")", ",", "given(", "flag(", "rate(", "min(", "max(", "cents(", "age(", "addMonths(", "later(", "euro(", "date(", "size("];
        var typed = 0;
        Gen.Select(Gen.Int[0, words.Length - 1].Array[1, 9], Gen.Int[0, 1 << 9]).Sample((picked, present) =>
        {
            var source = string.Join(' ', picked.Select(i => words[i]));
            Formula formula;
            try
            {
                formula = Formula.Of(source, Names, []);
            }
            catch (ExpressionException e)
            {
                Assert.InRange(e.At, 0, source.Length);
                return;
            }

            Interlocked.Increment(ref typed);
            formula.Evaluate(Situation(Given.Where((_, i) => (present >> i & 1) == 1).ToDictionary()));
        }, iter: 40_000);
        Assert.True(typed > 500, $"{typed} expressions had a type.");
    }

    private static ExpressionException Fault(string source) =>
        Assert.Throws<ExpressionException>(() => Formula.Of(source, Names, []));
}
