using Aufruf.Domain.Cases;
using Aufruf.Hub.Connectors.Payments;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>The meaning of a provider's answer for an attempt.</summary>
internal static class AttemptNews
{
    /// <summary>A provider that does not know the attempt by then will never know it.</summary>
    public static readonly TimeSpan Unheard = TimeSpan.FromMinutes(30);

    /// <summary>An attempt that is not paid by then counts as given up. A later payment is still believed.</summary>
    public static readonly TimeSpan GivenUp = TimeSpan.FromHours(24);

    private const string Currency = "EUR";

    /// <summary>Null: it says nothing new.</summary>
    public static ClaimCommand.ReportAttempt? Of(Attempt attempt, PaymentAnswer answer, DateTimeOffset now)
    {
        var age = now - attempt.StartedAt;
        return answer switch
        {
            // Money of another currency settles nothing: the attempt stays on the list of those without an outcome.
            PaymentAnswer.Found { State: PaymentState.Paid } found => found is { Currency: Currency, Cents: > 0 }
                ? new(attempt.Number, AttemptState.Paid, found.Cents, found.Transaction) : null,
            PaymentAnswer.Found { State: PaymentState.Failed } found => new(attempt.Number, AttemptState.Failed, 0, found.Transaction),
            PaymentAnswer.Found { State: PaymentState.Cancelled } found =>
                new(attempt.Number, AttemptState.Cancelled, 0, found.Transaction),
            PaymentAnswer.Found when attempt.IsLive && age >= GivenUp => new(attempt.Number, AttemptState.Expired, 0, null),
            PaymentAnswer.Found found when attempt.State is AttemptState.Started or AttemptState.Unknown =>
                new(attempt.Number, AttemptState.Redirected, 0, found.Transaction, PageOf(found.Page)),
            PaymentAnswer.Found when attempt.State is AttemptState.Paid => new(attempt.Number, AttemptState.Failed, 0, null),
            PaymentAnswer.Found => null,
            // No citizen ever saw a page of it, so it cannot have been paid.
            _ when attempt is { IsLive: true, Reference: null } && (age >= GivenUp
                || (age >= Unheard && answer is PaymentAnswer.Refused { WasHeard: true })) =>
                new(attempt.Number, AttemptState.Expired, 0, null),
            _ when attempt.State is AttemptState.Started => new(attempt.Number, AttemptState.Unknown, 0, null),
            _ => null,
        };
    }

    /// <summary>The provider's answer to the beginning of an attempt.</summary>
    public static ClaimCommand.ReportAttempt OfBeginning(int attempt, PaymentAnswer answer) => answer switch
    {
        PaymentAnswer.Begun begun => new(attempt, AttemptState.Redirected, 0, begun.Transaction, PageOf(begun.Page)),
        PaymentAnswer.Refused => new(attempt, AttemptState.Failed, 0, null),
        _ => new(attempt, AttemptState.Unknown, 0, null),
    };

    private static string? PageOf(Uri? page) => page?.AbsoluteUri is { Length: <= Claim.LongestPage } address ? address : null;
}
