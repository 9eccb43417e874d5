using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;

namespace Aufruf.Portal.Hubs;

/// <summary>A portal of its own has no accounts: it keeps no key for a cookie, and no grain takes a person's name from outside.</summary>
internal sealed class NoAccounts : ICitizenAccounts
{
    public string? NameOf(string authority) => null;

    public Task<CaseBegun> BeginAsync(CitizenAccount account, string procedure, string language, RequestId request) =>
        Task.FromResult(new CaseBegun(null, Refusal.AccountNeeded));

    public Task<FormAnswer> SubmitAsync(CitizenAccount account, string code, int revision, RequestId request) =>
        Task.FromResult(new FormAnswer(null, Refusal.AccountNeeded));

    public Task<Refusal?> DiscardAsync(CitizenAccount account, string code, RequestId request) =>
        Task.FromResult<Refusal?>(Refusal.AccountNeeded);

    public Task<Refusal?> RestoreAsync(CitizenAccount account, string code, RequestId request) =>
        Task.FromResult<Refusal?>(Refusal.AccountNeeded);

    public Task<PersonView> ViewAsync(CitizenAccount account) => Task.FromResult(new PersonView([], [], []));

    public Task<string?> SignOutAddressAsync(string authority, string back) => Task.FromResult<string?>(null);
}
