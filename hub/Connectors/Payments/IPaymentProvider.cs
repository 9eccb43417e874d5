namespace Aufruf.Hub.Connectors.Payments;

/// <summary>A payment provider of the authority. No call is repeated here: an attempt begins once.</summary>
internal interface IPaymentProvider
{
    Task<PaymentAnswer> BeginAsync(PaymentOrder order, CancellationToken cancellationToken);

    /// <param name="transaction">The provider's own id of the attempt, or the attempt's id when the provider's was never heard.</param>
    Task<PaymentAnswer> AskAsync(string transaction, CancellationToken cancellationToken);
}
