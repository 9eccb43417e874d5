using System.Collections.Concurrent;

namespace Aufruf.Provider;

/// <summary>All attempts that the provider keeps.</summary>
internal sealed class Book(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Payment> _payments = new();

    public IEnumerable<Payment> All => _payments.Values;

    /// <summary>All money that the provider holds, in cents.</summary>
    public long Held => All.Where(payment => payment.Status is PaymentStatus.Paid).Sum(payment => payment.Cents);

    public Payment Keep(string request, long cents, string purpose, string returnTo, Uri? hintTo = null)
    {
        var payment = new Payment($"T{Guid.NewGuid():N}", request, cents, purpose, returnTo) { HintTo = hintTo };
        _payments[payment.Id] = payment;
        return payment;
    }

    public Payment? Find(string id) => _payments.GetValueOrDefault(id);

    public void Settle(Payment payment, PaymentStatus status) =>
        (payment.Status, payment.PaidAt) = (status, status is PaymentStatus.Paid ? time.GetUtcNow() : payment.PaidAt);
}
