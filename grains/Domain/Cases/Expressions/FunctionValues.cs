namespace Aufruf.Domain.Cases.Expressions;

/// <summary>The functions' values.</summary>
internal static class FunctionValues
{
    private static readonly DateOnly Earliest = new(1800, 1, 1), Latest = new(2999, 12, 31);

    public static Value? Evaluate(string function, Value?[] arguments, CaseSituation s) => (function, arguments) switch
    {
        (_, _) when arguments.Contains(null) => null,
        ("inTown", [Value.Address address]) => new Value.Bool(s.Town.Has(address)),
        ("flag", [Value.Code code, Value.Text mark]) =>
            new Value.Bool(s.Tables.Codes[code.List].Find(code.Is)?.Marks.Contains(mark.Is) is true),
        ("rate", [Value.Text name, Value.Date day, .. var keys]) =>
            s.Tables.Rates[name.Is].On(day.Is, keys.Select(key => key!.ToString()!)) is { } cents ? new Value.Money(cents) : null,
        ("min", [{ } a, { } b]) => Formula.Amount(a) <= Formula.Amount(b) ? a : b,
        ("max", [{ } a, { } b]) => Formula.Amount(a) >= Formula.Amount(b) ? a : b,
        ("earlier", [Value.Date a, Value.Date b]) => a.Is <= b.Is ? a : b,
        ("later", [Value.Date a, Value.Date b]) => a.Is >= b.Is ? a : b,
        ("addDays", [Value.Date day, Value.Number n]) => Moved(day.Is, n.Is, 400_000, (d, by) => d.AddDays(by)),
        ("addMonths", [Value.Date day, Value.Number n]) => Moved(day.Is, n.Is, 12_000, (d, by) => d.AddMonths(by)),
        ("addYears", [Value.Date day, Value.Number n]) => Moved(day.Is, n.Is, 1_000, (d, by) => d.AddYears(by)),
        ("firstOfNextMonth", [Value.Date day]) => new Value.Date(new DateOnly(day.Is.Year, day.Is.Month, 1).AddMonths(1)),
        // With the month of the day: in May there are eight months left.
        ("monthsLeft", [Value.Date day]) => new Value.Number(13 - day.Is.Month),
        ("age", [Value.Date born]) => new Value.Number(AgeOn(s.Today, born.Is)),
        ("year", [Value.Date day]) => new Value.Number(day.Is.Year),
        ("size", [Value.Text text]) => new Value.Number(text.Is.Length),
        ("size", [Value.Entries entries]) => new Value.Number(entries.Count),
        ("cents", [{ } amount]) => Formula.Amount(amount) is { } cents ? new Value.Money((long)Rounded(cents)) : null,
        ("euro", [Value.Number amount]) => new Value.Money((long)(amount.Is * 100)),
        ("date", [Value.Text text]) => Reading.Day(text.Is) is { } day ? new Value.Date(day) : null,
        _ => null,
    };

    /// <summary>Half a cent is rounded up, away from zero.</summary>
    private static decimal Rounded(decimal cents) => decimal.Round(cents, MidpointRounding.AwayFromZero);

    private static Value.Date? Moved(DateOnly day, decimal by, int most, Func<DateOnly, int, DateOnly> move) =>
        Math.Abs(by) <= most && move(Clamped(day), (int)by) is var moved && moved >= Earliest && moved <= Latest ? new(moved) : null;

    private static DateOnly Clamped(DateOnly day) => day < Earliest ? Earliest : day > Latest ? Latest : day;

    /// <summary>A person born on 29 February has a birthday on 1 March in other years.</summary>
    private static int AgeOn(DateOnly day, DateOnly born) =>
        day.Year - born.Year - ((day.Month, day.Day).CompareTo((born.Month, born.Day)) < 0 ? 1 : 0);
}
