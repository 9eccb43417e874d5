namespace Aufruf.Hub.Connectors.Payments;

/// <summary>One attempt to pay, as the provider hears of it.</summary>
/// <param name="Request">The attempt's own id. It stands in the journal before the provider hears of it.</param>
/// <param name="Cents">The whole amount in euro cents.</param>
/// <param name="Purpose">On the payer's account statement. A provider may cut it.</param>
/// <param name="Return">The page that the citizen comes back to. Its address proves nothing.</param>
internal sealed record PaymentOrder(string Request, DateTimeOffset At, long Cents, string Purpose, string Description, Uri Return,
    IReadOnlyList<PaymentItem> Items);

/// <summary>A line of the order.</summary>
/// <param name="Account">The cash office's account of it, "20.4032"; null: none is named.</param>
internal sealed record PaymentItem(string Id, string Description, long Cents, string? Account);
