using Aufruf.Hub.Connectors.Payments;

namespace Aufruf.Simulation.Cases;

/// <summary>An attempt as the provider keeps it. Its money is what counts in the end.</summary>
internal sealed class Payment(string transaction, PaymentOrder order, DateTimeOffset at)
{
    public string Transaction => transaction;
    public PaymentOrder Order => order;
    public DateTimeOffset At => at;
    public PaymentState State { get; set; }
}

/// <summary>A provider that loses, refuses, delays, flips and cheats, in the time in which the hub still asks it.</summary>
internal sealed class LyingProvider(CaseTown town)
{
    /// <summary>So long after its beginning an attempt can be paid, and so long the provider's answers may be wrong.</summary>
    /// <remarks>The hub's last question comes after a day. The reconciliation list names later changes.</remarks>
    public static readonly TimeSpan Doubt = TimeSpan.FromHours(20);

    private const string Host = "https://pay.example/";

    private readonly List<Payment> _book = [];

    public static IPaymentProvider Nobody { get; } = new Line(null, null);

    public IReadOnlyList<Payment> Book => _book;

    /// <summary>How often each fault happened.</summary>
    public SortedDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    public IPaymentProvider For(CaseHub hub) => new Line(this, hub);

    public long HeldFor(string number, string claim) => _book.Where(payment => payment.State is PaymentState.Paid
        && payment.Order.Request.StartsWith($"{number}.{claim}.", StringComparison.Ordinal)).Sum(payment => payment.Order.Cents);

    /// <summary>The payment that a page is for; null: it is too late for it, or it is no page.</summary>
    public Payment? Open(string page) => _book.Find(payment => $"{Host}{payment.Transaction}" == page
        && town.Clock.Now - payment.At < Doubt && payment.State is PaymentState.Open);

    private bool Happens(string fault, double probability)
    {
        if (town.IsHealed || !town.Chance.Hits(probability))
        {
            return false;
        }

        Faults[fault] = Faults.GetValueOrDefault(fault) + 1;
        return true;
    }

    private async Task<PaymentAnswer> BeginAsync(PaymentOrder order)
    {
        await town.Scheduler.PauseAsync(town.Pause(0.02, 0.4));
        if (Happens("question lost", 0.08))
        {
            return new PaymentAnswer.Unheard("The connection was cut.");
        }

        if (Happens("refused", 0.06))
        {
            return new PaymentAnswer.Refused("No.");
        }

        town.Promise(!_book.Exists(known => known.Order.Request == order.Request),
            () => $"The attempt {order.Request} began twice at the provider.");
        var payment = new Payment($"T{_book.Count + 1:D6}", order, town.Clock.Now);
        _book.Add(payment);
        if (Happens("answer late", 0.05))
        {
            await town.Scheduler.PauseAsync(town.Pause(20, 90));
        }

        return Happens("answer lost", 0.08) ? new PaymentAnswer.Unheard("The connection was cut.")
            : new PaymentAnswer.Begun(payment.Transaction, new($"{Host}{payment.Transaction}"));
    }

    private async Task<PaymentAnswer> AskAsync(string transaction)
    {
        await town.Scheduler.PauseAsync(town.Pause(0.02, 0.4));
        var payment = _book.Find(known => known.Transaction == transaction);
        var isDoubtful = payment is null || town.Clock.Now - payment.At < Doubt;
        if (isDoubtful && Happens("no answer", 0.15))
        {
            return new PaymentAnswer.Unheard("Nothing came.");
        }

        if (payment is null)
        {
            return new PaymentAnswer.Refused("Unknown.");
        }

        var cents = payment.State is not PaymentState.Paid ? 0
            : isDoubtful && Happens("other amount", 0.08) ? payment.Order.Cents + 100 : payment.Order.Cents;
        var state = isDoubtful && Happens("other state", 0.08) ? PaymentState.Failed : payment.State;
        return new PaymentAnswer.Found(state, payment.Transaction, state is PaymentState.Paid ? cents : 0,
            isDoubtful && Happens("other currency", 0.03) ? "USD" : "EUR", payment.Order.Request, payment.At,
            new($"{Host}{payment.Transaction}"));
    }

    /// <summary>The provider as one hub reaches it. A dead hub says nothing more.</summary>
    private sealed class Line(LyingProvider? provider, CaseHub? hub) : IPaymentProvider
    {
        public Task<PaymentAnswer> BeginAsync(PaymentOrder order, CancellationToken cancellationToken) =>
            SayAsync(known => known.BeginAsync(order));

        public Task<PaymentAnswer> AskAsync(string transaction, CancellationToken cancellationToken) =>
            SayAsync(known => known.AskAsync(transaction));

        private async Task<PaymentAnswer> SayAsync(Func<LyingProvider, Task<PaymentAnswer>> say)
        {
            await (hub?.Alive ?? Task.CompletedTask);
            var answer = provider is null ? new PaymentAnswer.Unheard("") : await say(provider);
            await (hub?.Alive ?? Task.CompletedTask);
            return answer;
        }
    }
}
