namespace Aufruf.Domain.Cases;

[JsonDerivedType(typeof(OpenClaim), "open-claim")]
[JsonDerivedType(typeof(AmendClaim), "amend-claim")]
[JsonDerivedType(typeof(StartAttempt), "start-attempt")]
[JsonDerivedType(typeof(ReportAttempt), "report-attempt")]
[JsonDerivedType(typeof(PayAtCounter), "pay-at-counter")]
[JsonDerivedType(typeof(CancelClaim), "cancel-claim")]
[JsonDerivedType(typeof(RecordRefund), "record-refund")]
public abstract record ClaimCommand
{
    private ClaimCommand() { }

    /// <param name="Purpose">Shown by the provider: a file number, and no name.</param>
    public sealed record OpenClaim(string Claim, long Cents, string Purpose, string Account) : ClaimCommand;

    /// <summary>A new decision sets another amount. That which was paid before counts.</summary>
    public sealed record AmendClaim(long Cents) : ClaimCommand;

    /// <summary>Recorded before anything is sent to the provider.</summary>
    public sealed record StartAttempt(string Provider) : ClaimCommand;

    /// <param name="Cents">Paid by the answer of the provider; 0 where nothing is paid.</param>
    /// <param name="Reference">The provider's id of the transaction.</param>
    /// <param name="Page">The provider's page at which the citizen pays.</param>
    public sealed record ReportAttempt(int Attempt, AttemptState State, long Cents, string? Reference, string? Page = null) : ClaimCommand;

    public sealed record PayAtCounter(ClerkId By) : ClaimCommand;

    public sealed record CancelClaim : ClaimCommand;

    /// <summary>A clerk has paid money back.</summary>
    public sealed record RecordRefund(long Cents, ClerkId By) : ClaimCommand;
}

/// <summary>Facts about one claim, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(ClaimOpened), "claim-opened")]
[JsonDerivedType(typeof(ClaimAmended), "claim-amended")]
[JsonDerivedType(typeof(AttemptStarted), "attempt-started")]
[JsonDerivedType(typeof(AttemptReported), "attempt-reported")]
[JsonDerivedType(typeof(PaidAtCounter), "paid-at-counter")]
[JsonDerivedType(typeof(ClaimSettled), "claim-settled")]
[JsonDerivedType(typeof(ClaimCancelled), "claim-cancelled")]
[JsonDerivedType(typeof(RefundDue), "refund-due")]
[JsonDerivedType(typeof(RefundRecorded), "refund-recorded")]
public abstract record ClaimEvent
{
    private ClaimEvent() { }
    public sealed record ClaimOpened(string Claim, long Cents, string Purpose, string Account, DateTimeOffset At) : ClaimEvent;
    public sealed record ClaimAmended(long Cents, DateTimeOffset At) : ClaimEvent;
    public sealed record AttemptStarted(int Attempt, string Provider, DateTimeOffset At) : ClaimEvent;
    public sealed record AttemptReported(int Attempt, AttemptState State, long Cents, string? Reference, string? Page, DateTimeOffset At)
        : ClaimEvent;
    public sealed record PaidAtCounter(long Cents, ClerkId By, DateTimeOffset At) : ClaimEvent;

    /// <summary>For the first time the whole claim is paid: the one cause of a receipt.</summary>
    public sealed record ClaimSettled(DateTimeOffset At) : ClaimEvent;

    public sealed record ClaimCancelled(DateTimeOffset At) : ClaimEvent;

    /// <summary>So much is to be paid back, all in all: a task for a clerk and a sentence for the citizen.</summary>
    public sealed record RefundDue(long Cents, DateTimeOffset At) : ClaimEvent;

    public sealed record RefundRecorded(long Cents, ClerkId By, DateTimeOffset At) : ClaimEvent;
}

[JsonConverter(typeof(KebabEnum<AttemptState>))]
public enum AttemptState
{
    Started,
    Redirected,

    /// <summary>No answer came: it is asked for, and never repeated blindly.</summary>
    Unknown,
    Paid,
    Failed,
    Cancelled,
    Expired,
}

[JsonConverter(typeof(KebabEnum<ClaimState>))]
public enum ClaimState { Open, PartlyPaid, Settled, Overpaid, PartlyRefunded, Refunded, Cancelled }
