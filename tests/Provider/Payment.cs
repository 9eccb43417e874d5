namespace Aufruf.Provider;

/// <summary>An attempt as the provider keeps it. Its money is what counts in the end.</summary>
internal sealed class Payment(string id, string request, long cents, string purpose, string returnTo)
{
    public string Id { get; } = id;
    public string Request { get; } = request;
    public long Cents { get; } = cents;
    public string Purpose { get; } = purpose;
    public string ReturnTo { get; } = returnTo;

    /// <summary>The customer hears there that there is news; null: it asks by itself.</summary>
    public Uri? HintTo { get; init; }

    public PaymentStatus Status { get; set; }
    public DateTimeOffset? PaidAt { get; set; }
}

internal enum PaymentStatus
{
    Open,
    Paid,
    Failed,
    Cancelled,
}
