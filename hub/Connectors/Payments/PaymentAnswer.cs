namespace Aufruf.Hub.Connectors.Payments;

/// <summary>A provider's answer about one attempt.</summary>
internal abstract record PaymentAnswer
{
    private PaymentAnswer() { }

    /// <summary>The provider has the attempt. The citizen pays at the page.</summary>
    public sealed record Begun(string Transaction, Uri Page) : PaymentAnswer;

    /// <summary>The attempt as the provider keeps it. The claim compares amount and currency with its own.</summary>
    public sealed record Found(PaymentState State, string Transaction, long Cents, string Currency, string? Reference, DateTimeOffset? At)
        : PaymentAnswer;

    /// <summary>The provider has no such attempt, and another one may begin.</summary>
    public sealed record Refused(string Reason) : PaymentAnswer;

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
