using Aufruf.Contracts;
using Orleans.Concurrency;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[StatelessWorker, KeepAlive]
internal sealed class CasePaymentsGrain(ICasePayments payments, TimeProvider clock) : Grain, ICasePaymentsGrain
{
    // A portal outside waits for two seconds. A provider may need more; then the page says that the payment is under way.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public Task<PaymentView?> ViewAsync(string authority, string code) => payments.ViewAsync(authority, code);

    public async Task<PaymentBegun> BeginAsync(string authority, string code, string claim, RequestId request)
    {
        var beginning = payments.BeginAsync(authority, code, claim, request);
        return await Task.WhenAny(beginning, Task.Delay(Patience, clock)) == beginning ? await beginning
            : new(await payments.ViewAsync(authority, code));
    }

    public async Task<PaymentView?> AskAsync(string authority, string code)
    {
        var asking = payments.AskAsync(authority, code);
        return await Task.WhenAny(asking, Task.Delay(Patience, clock)) == asking ? await asking
            : await payments.ViewAsync(authority, code);
    }
}
