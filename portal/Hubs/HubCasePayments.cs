using Aufruf.Contracts;
using Aufruf.Domain;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub about payments. The hub begins one attempt, however often it is asked.</summary>
internal sealed class HubCasePayments(HubLink hubs) : ICasePayments
{
    public Task<PaymentView?> ViewAsync(string authority, string code) => AskAsync(authority, pages => pages.ViewAsync(authority, code));

    public Task<PaymentBegun> BeginAsync(string authority, string code, string claim, RequestId request) =>
        AskAsync(authority, pages => pages.BeginAsync(authority, code, claim, request));

    public Task<PaymentView?> AskAsync(string authority, string code) => AskAsync(authority, pages => pages.AskAsync(authority, code));

    private Task<T> AskAsync<T>(string authority, Func<ICasePaymentsGrain, Task<T>> ask) => hubs.AskAsync(authority, ask);
}
