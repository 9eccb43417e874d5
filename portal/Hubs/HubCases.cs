using Aufruf.Contracts;
using Aufruf.Domain;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub about applications and cases. A repeated request has the same id, so it changes nothing more.</summary>
internal sealed class HubCases(HubLink hubs) : ICitizenCases
{
    public Task<IReadOnlyList<ProcedureView>> OfferedAsync(string authority) => AskAsync(authority, pages => pages.OfferedAsync(authority));

    public Task<CaseBegun> BeginAsync(string authority, string procedure, string language, RequestId request) =>
        AskAsync(authority, pages => pages.BeginAsync(authority, procedure, language, request));

    public Task<CaseOwner?> OwnerAsync(string authority, string code) => AskAsync(authority, pages => pages.OwnerAsync(authority, code));

    public Task<FormView?> FormAsync(string authority, string code) => AskAsync(authority, pages => pages.FormAsync(authority, code));

    public Task<FormAnswer> SaveAsync(string authority, string code, string page, IReadOnlyDictionary<string, string> typed,
        RequestId request) => AskAsync(authority, pages => pages.SaveAsync(authority, code, page, typed, request));

    public Task<FormAnswer> AttachAsync(string authority, string code, UploadedFile file, RequestId request) =>
        AskAsync(authority, pages => pages.AttachAsync(authority, code, file, request));

    public Task<FormAnswer> DetachAsync(string authority, string code, string field, RequestId request) =>
        AskAsync(authority, pages => pages.DetachAsync(authority, code, field, request));

    public Task<FormAnswer> SubmitAsync(string authority, string code, int revision, RequestId request) =>
        AskAsync(authority, pages => pages.SubmitAsync(authority, code, revision, request));

    public Task<Refusal?> DiscardAsync(string authority, string code, RequestId request) =>
        AskAsync(authority, pages => pages.DiscardAsync(authority, code, request));

    public Task<Refusal?> RestoreAsync(string authority, string code, RequestId request) =>
        AskAsync(authority, pages => pages.RestoreAsync(authority, code, request));

    public Task<DiscardedDraft?> DiscardedAsync(string authority, string code) =>
        AskAsync(authority, pages => pages.DiscardedAsync(authority, code));

    public Task<CaseView?> ViewAsync(string authority, string code) => AskAsync(authority, pages => pages.ViewAsync(authority, code));

    public Task<CaseAnswer> WithdrawAsync(string authority, string code, RequestId request) =>
        AskAsync(authority, pages => pages.WithdrawAsync(authority, code, request));

    public Task<CaseAnswer> WriteAsync(string authority, string code, CitizenText letter, string text, RequestId request) =>
        AskAsync(authority, pages => pages.WriteAsync(authority, code, letter, text, request));

    private Task<T> AskAsync<T>(string authority, Func<ICasePagesGrain, Task<T>> ask) => hubs.AskAsync(authority, ask);
}
