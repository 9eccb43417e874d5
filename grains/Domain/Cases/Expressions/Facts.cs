using static Aufruf.Domain.Cases.Expressions.Expression;

namespace Aufruf.Domain.Cases.Expressions;

/// <summary>Draws from a condition that holds which values are present.</summary>
internal static class Facts
{
    public static ImmutableHashSet<string> None { get; } = [];

    /// <summary>All that is true when the condition is.</summary>
    public static ImmutableHashSet<string> WhenTrue(Expression condition, ImmutableHashSet<string> facts) => condition switch
    {
        Binary { Operator: "and" } and => WhenTrue(and.Right, WhenTrue(and.Left, facts)),
        Unary { Operator: "not" } not => WhenFalse(not.Of, facts),
        _ => facts.Add(condition.ToString()!),
    };

    /// <summary>All that is true when the condition is false.</summary>
    public static ImmutableHashSet<string> WhenFalse(Expression condition, ImmutableHashSet<string> facts) => condition switch
    {
        Binary { Operator: "or" } or => WhenFalse(or.Right, WhenFalse(or.Left, facts)),
        Unary { Operator: "not" } not => WhenTrue(not.Of, facts),
        _ => facts.Add($"(not {condition})"),
    };

    /// <summary>It is given, or it must be given where all its conditions hold.</summary>
    public static bool IsPresent(Named named, ImmutableHashSet<string> facts) =>
        facts.Contains($"given({named.Name})") || (!named.IsOptional && named.When.IsSubsetOf(facts));
}
