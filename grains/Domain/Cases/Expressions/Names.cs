namespace Aufruf.Domain.Cases.Expressions;

/// <summary>A field or value that an expression may refer to.</summary>
/// <param name="List">Of a code: the name of its list in this declaration.</param>
/// <param name="IsOptional">It may stay empty although it is shown.</param>
/// <param name="When">The conditions under which it is shown at all.</param>
/// <param name="NeverZero">It has a lower bound above zero, so one may divide by it.</param>
public sealed record Named(string Name, Kind Kind, string? List, bool IsOptional, ImmutableHashSet<string> When, bool NeverZero = false);

/// <summary>The names that an expression sees: those above it. And the tables that its functions read.</summary>
public sealed record Names(ImmutableDictionary<string, Named> Known, ImmutableHashSet<string> Later, DeclaredTables Tables)
{
    public Names With(Named named) => this with { Known = Known.SetItem(named.Name, named), Later = Later.Remove(named.Name) };
}

/// <summary>The code lists and rates of a declaration, under the names that it gives them.</summary>
public sealed record DeclaredTables(ImmutableDictionary<string, CodeList> Codes, ImmutableDictionary<string, RateTable> Rates);

/// <summary>Values, today's date and tables while an expression is evaluated.</summary>
/// <param name="Of">The value under a name; null: absent, hidden or not given yet.</param>
public sealed record CaseSituation(Func<string, Value?> Of, DateOnly Today, DeclaredTables Tables, Town Town);

/// <summary>The town that the procedures belong to.</summary>
public sealed record Town(string Name, ImmutableSortedSet<string> Postcodes)
{
    public bool Has(Value.Address address) => Postcodes.Contains(address.Postcode)
        && string.Equals(address.Town, Name, StringComparison.OrdinalIgnoreCase);
}
