using static Aufruf.Domain.Cases.ClaimCommand;
using static Aufruf.Domain.Cases.ClaimEvent;

namespace Aufruf.Domain.Cases;

/// <summary>An amount that is owed in a case, and all attempts to pay it.</summary>
/// <param name="AtCounter">Cents that were paid at a counter.</param>
/// <param name="Refunded">Cents that went back.</param>
/// <param name="RefundNoted">Cents of refunds for which there is a task.</param>
/// <param name="SettledAt">The whole claim was paid for the first time; null: never yet.</param>
/// <param name="RefundedAt">The last refund; null: none.</param>
public sealed record Claim(string Id, long Cents, string Purpose, string Account, ImmutableList<Attempt> Attempts, long AtCounter,
    long Refunded, long RefundNoted, bool IsCancelled, DateTimeOffset? SettledAt, DateTimeOffset? RefundedAt)
    : IAggregate<Claim, ClaimCommand, ClaimEvent>
{
    public const string StreamKind = "claim";

    /// <summary>A card is declined some times; more attempts are a fault of ours.</summary>
    public const int MostAttempts = 50;

    public const long MostCents = 100_000_000;

    /// <summary>The address of a provider's page, in characters.</summary>
    public const int LongestPage = 2_000;

    private const int LongestText = 200;

    public static int Schema => 3;

    public static Claim Empty { get; } = new("", 0, "", "", [], 0, 0, 0, false, null, null);

    /// <summary>"claim/alsdorf.20.32.10-2026-000123.tax".</summary>
    public static string StreamOf(string authority, string number, string claim) => $"{StreamKind}/{authority}.{number}.{claim}";

    [JsonIgnore]
    public bool WasSettled => SettledAt is not null;

    /// <summary>All that the provider and the counter hold of it, refunds not subtracted.</summary>
    [JsonIgnore]
    public long Paid => AtCounter + Attempts.Sum(attempt => attempt.Cents);

    [JsonIgnore]
    public Attempt? Live => Attempts.Find(attempt => attempt.IsLive);

    /// <summary>So much is still to be paid back: the open task that names the difference.</summary>
    /// <remarks>A part of the amount settles nothing, so it goes back, and the claim can be paid anew.</remarks>
    [JsonIgnore]
    public long ToRefund =>
        Math.Max(0, Paid - Refunded - (IsCancelled || (!WasSettled && Paid - Refunded < Cents) ? 0 : Cents));

    /// <summary>The provider took its word back after a settlement or a refund: a clerk has to look.</summary>
    [JsonIgnore]
    public long Missing => Math.Max(0, (WasSettled && !IsCancelled ? Cents : 0) - Paid + Refunded);

    [JsonIgnore]
    public ClaimState State => (IsCancelled, Paid - Refunded, Refunded) switch
    {
        (true, <= 0, 0) => ClaimState.Cancelled,
        (_, <= 0, > 0) when IsCancelled || WasSettled => ClaimState.Refunded,
        (true, _, _) => ClaimState.Overpaid,
        (_, var held, _) when held > Cents => ClaimState.Overpaid,
        (_, var held, _) when held == Cents => ClaimState.Settled,
        (_, > 0, > 0) => ClaimState.PartlyRefunded,
        (_, > 0, _) => ClaimState.PartlyPaid,
        _ => ClaimState.Open,
    };

    public Decision<ClaimEvent> Decide(ClaimCommand command, DateTimeOffset now) => command switch
    {
        OpenClaim c when Id.Length > 0 && !(IsCancelled && Paid == Refunded && Live is null) =>
            c == new OpenClaim(Id, Cents, Purpose, Account) && !IsCancelled ? Nothing : Refusal.ClaimFixed,
        OpenClaim c => c.Cents is <= 0 or > MostCents || c.Claim.Length is 0 or > LongestText
            || c.Purpose.Length > LongestText || c.Account.Length > LongestText ? Refusal.ClaimMalformed
            : new ClaimOpened(c.Claim, c.Cents, c.Purpose, c.Account, now),
        _ when Id.Length == 0 => Refusal.ClaimUnknown,
        AmendClaim c => c.Cents is <= 0 or > MostCents ? Refusal.ClaimMalformed
            : c.Cents == Cents && !IsCancelled ? Nothing : Followed([new ClaimAmended(c.Cents, now)], now),
        StartAttempt c => Live is not null ? Refusal.AttemptLives
            : IsCancelled || Paid - Refunded > 0 ? Refusal.ClaimNotOpen
            : Attempts.Count >= MostAttempts ? Refusal.TooManyAttempts
            : new AttemptStarted(Attempts.Count + 1, c.Provider, now),
        ReportAttempt c => Report(c, now),
        PayAtCounter c => Live is not null ? Refusal.AttemptLives
            : IsCancelled || Paid - Refunded > 0 ? Refusal.ClaimNotOpen
            : Followed([new PaidAtCounter(Cents, c.By, now)], now),
        CancelClaim => IsCancelled ? Nothing : Followed([new ClaimCancelled(now)], now),
        RecordRefund c => c.Cents <= 0 || c.Cents > ToRefund ? Refusal.RefundTooHigh : new RefundRecorded(c.Cents, c.By, now),
        _ => throw new UnreachableException(),
    };

    public Claim Apply(ClaimEvent happened) => happened switch
    {
        // One that was cancelled, and of which nothing is held, is claimed anew: its attempts keep their numbers.
        ClaimOpened e => this with
        {
            Id = e.Claim,
            Cents = e.Cents,
            Purpose = e.Purpose,
            Account = e.Account,
            IsCancelled = false,
            SettledAt = null,
        },
        ClaimAmended e => this with { Cents = e.Cents, IsCancelled = false },
        AttemptStarted e => this with
        {
            Attempts = Attempts.Add(new(e.Attempt, e.Provider, AttemptState.Started, 0, null, e.At, e.At, null)),
        },
        AttemptReported e => this with
        {
            Attempts = Attempts.SetItem(e.Attempt - 1, Attempts[e.Attempt - 1] with
            {
                State = e.State,
                Cents = e.Cents,
                Reference = e.Reference ?? Attempts[e.Attempt - 1].Reference,
                ReportedAt = e.At,
                Page = e.Page ?? Attempts[e.Attempt - 1].Page,
            }),
        },
        PaidAtCounter e => this with { AtCounter = AtCounter + e.Cents },
        ClaimSettled e => this with { SettledAt = e.At },
        ClaimCancelled => this with { IsCancelled = true },
        RefundDue e => this with { RefundNoted = e.Cents },
        RefundRecorded e => this with
        {
            Refunded = Refunded + e.Cents,
            RefundNoted = Math.Max(0, RefundNoted - e.Cents),
            RefundedAt = e.At,
        },
        _ => throw new UnreachableException(),
    };

    private static Decision<ClaimEvent> Nothing => Array.Empty<ClaimEvent>();

    /// <summary>The provider's last word counts, however late it comes and whatever it said before.</summary>
    private Decision<ClaimEvent> Report(ReportAttempt c, DateTimeOffset now)
    {
        if (c.Attempt < 1 || c.Attempt > Attempts.Count || c.Cents is < 0 or > MostCents || c.Reference?.Length > LongestText
            || c.Page?.Length > LongestPage || (c.State is AttemptState.Paid) != (c.Cents > 0))
        {
            return Refusal.AttemptUnknown;
        }

        var attempt = Attempts[c.Attempt - 1];
        if ((attempt.State, attempt.Cents) == (c.State, c.Cents) && (c.Reference is null || c.Reference == attempt.Reference))
        {
            return Nothing;
        }

        // That which is over does not begin again, and a lost answer takes nothing back.
        return c.State is AttemptState.Started || (c.State is AttemptState.Redirected && attempt.State is not AttemptState.Started
                and not AttemptState.Unknown) || (c.State is AttemptState.Unknown && attempt.State is not AttemptState.Started)
            ? Refusal.AttemptOver
            : Followed([new AttemptReported(c.Attempt, c.State, c.Cents, c.Reference, c.Page, now)], now);
    }

    /// <summary>With the settlement, once, and with every new amount that has to go back.</summary>
    private Decision<ClaimEvent> Followed(ClaimEvent[] first, DateTimeOffset now)
    {
        var next = first.Aggregate(this, (claim, happened) => claim.Apply(happened));
        List<ClaimEvent> all = [.. first];
        if (!next.WasSettled && !next.IsCancelled && next.Paid - next.Refunded >= next.Cents)
        {
            all.Add(new ClaimSettled(now));
        }

        if (next.ToRefund != next.RefundNoted)
        {
            all.Add(new RefundDue(next.ToRefund, now));
        }

        return all.ToArray();
    }
}

/// <summary>One try to pay with a provider. Its request id at the provider is made of claim and number.</summary>
/// <param name="Cents">Paid by it, as the provider said last.</param>
/// <param name="Reference">The provider's id of the transaction; null: the provider's was never heard.</param>
/// <param name="ReportedAt">The provider's last news.</param>
/// <param name="Page">The provider's page at which it can be paid; null: none was named.</param>
public sealed record Attempt(int Number, string Provider, AttemptState State, long Cents, string? Reference, DateTimeOffset StartedAt,
    DateTimeOffset ReportedAt, string? Page)
{
    [JsonIgnore]
    public bool IsLive => State is AttemptState.Started or AttemptState.Redirected or AttemptState.Unknown;
}

public static class ClaimRefusals
{
    extension(Refusal)
    {
        public static Refusal ClaimUnknown => new("claim-unknown",
            "Diese Forderung gibt es nicht.", "There is no such claim.", RefusalKind.NotFound);

        public static Refusal ClaimMalformed => new("claim-malformed",
            "Betrag oder Verwendungszweck der Forderung stimmen nicht.", "The amount or the purpose of the claim is not right.");

        public static Refusal ClaimFixed => new("claim-fixed",
            "Diese Forderung gibt es schon mit einem anderen Betrag.", "This claim exists already with another amount.");

        public static Refusal ClaimNotOpen => new("claim-not-open",
            "Hier ist nichts mehr zu zahlen.", "There is nothing to pay here any more.");

        public static Refusal AttemptLives => new("attempt-lives",
            "Eine Zahlung läuft noch. Bitte warten Sie, bis wir wissen, wie sie ausging.",
            "A payment is still under way. Please wait until we know its outcome.");

        public static Refusal AttemptUnknown => new("attempt-unknown",
            "Diese Zahlung gibt es nicht.", "There is no such payment.", RefusalKind.NotFound);

        public static Refusal AttemptOver => new("attempt-over",
            "Diese Zahlung ist schon vorbei.", "This payment is over already.", RefusalKind.Outdated);

        public static Refusal TooManyAttempts => new("too-many-attempts",
            "Zu viele Versuche. Bitte zahlen Sie an der Kasse oder überweisen Sie.",
            "Too many attempts. Please pay at the cash desk or by transfer.");

        public static Refusal PaymentOffline => new("payment-offline",
            "Hier kann man gerade nicht online zahlen. Bitte zahlen Sie an unserer Kasse.",
            "Payment online is not possible here at present. Please pay at our cash desk.");

        public static Refusal PaymentFailed => new("payment-failed",
            "Der Bezahldienst hat die Zahlung nicht angenommen. Es wurde nichts abgebucht. Bitte versuchen Sie es noch einmal.",
            "The payment service did not take the payment. Nothing was charged. Please try again.");

        public static Refusal RefundTooHigh => new("refund-too-high",
            "So viel ist nicht zu erstatten.", "So much is not to be paid back.");
    }
}
