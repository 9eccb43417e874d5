namespace Aufruf.Domain.Cases;

/// <summary>The claims for one thing that is owed, after a decision has set another amount.</summary>
/// <remarks>No payment is ever a part of a claim. So more than was paid becomes a claim of its own, and less goes back.
/// That which was paid counts first, then that which is being paid, whichever of the claims it was for.</remarks>
public static class ClaimAmounts
{
    /// <param name="claims">For the same thing, the first one first.</param>
    /// <param name="cents">Owed in all by now; 0: nothing.</param>
    /// <returns>The amount of each claim, 0 where it is cancelled; with one more where a further claim is opened.</returns>
    public static IReadOnlyList<long> Of(IReadOnlyList<Claim> claims, long cents)
    {
        var (rest, amounts) = (cents, new long[claims.Count]);
        foreach (var (at, claim) in claims.Index().OrderBy(one => one.Item.Live is not null ? 1 : Held(one.Item) is null ? 2 : 0))
        {
            amounts[at] = Math.Min(rest, Held(claim) ?? rest);
            rest -= amounts[at];
        }

        return rest > 0 ? [.. amounts, rest] : amounts;
    }

    /// <summary>Paid, or being paid; null: nothing is, so the claim can have any amount. A part that was paid goes back.</summary>
    private static long? Held(Claim claim) => claim.Live is not null ? claim.Cents
        : claim.Paid - claim.Refunded is > 0 and var held && (claim.WasSettled || held >= claim.Cents) ? held : null;
}
