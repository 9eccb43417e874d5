using Aufruf.Contracts;
using Orleans.Concurrency;

namespace Aufruf.Hub.Cases;

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[StatelessWorker, KeepAlive]
internal sealed class CasePagesGrain(ICitizenCases cases) : Grain, ICasePagesGrain
{
    public Task<IReadOnlyList<ProcedureView>> OfferedAsync(string authority) => cases.OfferedAsync(authority);

    public Task<CaseBegun> BeginAsync(string authority, string procedure, string language, RequestId request) =>
        cases.BeginAsync(authority, procedure, language, request);

    public Task<CaseOwner?> OwnerAsync(string authority, string code) => cases.OwnerAsync(authority, code);

    public Task<FormView?> FormAsync(string authority, string code) => cases.FormAsync(authority, code);

    public Task<FormAnswer> SaveAsync(string authority, string code, string page, IReadOnlyDictionary<string, string> typed,
        RequestId request) => cases.SaveAsync(authority, code, page, typed, request);

    public Task<FormAnswer> AttachAsync(string authority, string code, UploadedFile file, RequestId request) =>
        cases.AttachAsync(authority, code, file, request);

    public Task<FormAnswer> DetachAsync(string authority, string code, string field, RequestId request) =>
        cases.DetachAsync(authority, code, field, request);

    public Task<FormAnswer> SubmitAsync(string authority, string code, int revision, RequestId request) =>
        cases.SubmitAsync(authority, code, revision, request);

    public Task<Refusal?> DiscardAsync(string authority, string code, RequestId request) => cases.DiscardAsync(authority, code, request);

    public Task<Refusal?> RestoreAsync(string authority, string code, RequestId request) => cases.RestoreAsync(authority, code, request);

    public Task<DiscardedDraft?> DiscardedAsync(string authority, string code) => cases.DiscardedAsync(authority, code);

    public Task<CaseView?> ViewAsync(string authority, string code) => cases.ViewAsync(authority, code);

    public Task<CaseAnswer> WithdrawAsync(string authority, string code, RequestId request) =>
        cases.WithdrawAsync(authority, code, request);

    public Task<CaseAnswer> WriteAsync(string authority, string code, CitizenText letter, string text, RequestId request) =>
        cases.WriteAsync(authority, code, letter, text, request);
}
