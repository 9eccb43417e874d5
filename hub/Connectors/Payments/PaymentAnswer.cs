namespace Aufruf.Hub.Connectors.Payments;

/// <summary>A provider's answer about one attempt.</summary>
internal abstract record PaymentAnswer
{
    private PaymentAnswer() { }

    /// <summary>The provider has the attempt. The citizen pays at the page.</summary>
    public sealed record Begun(string Transaction, Uri Page) : PaymentAnswer;

    /// <summary>The attempt as the provider keeps it. The claim compares amount and currency with its own.</summary>
    /// <param name="Page">The page at which it can be paid; null: the answer names none.</param>
    public sealed record Found(PaymentState State, string Transaction, long Cents, string Currency, string? Reference, DateTimeOffset? At,
        Uri? Page = null) : PaymentAnswer;

    /// <summary>The provider has no such attempt, and another one may begin.</summary>
    /// <param name="WasHeard">The provider says so itself. Otherwise the question never reached it.</param>
    public sealed record Refused(string Reason, bool WasHeard = true) : PaymentAnswer;

    /// <summary>The provider may have the attempt or not. Only a later question or a person can say so.</summary>
    public sealed record Unheard(string Reason) : PaymentAnswer;
}

internal enum PaymentState
{
    /// <summary>The citizen has not paid yet.</summary>
    Open,
    Paid,
    Failed,

    /// <summary>The citizen broke it off.</summary>
    Cancelled,
}
