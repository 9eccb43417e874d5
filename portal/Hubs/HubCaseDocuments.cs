using Aufruf.Contracts;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub about the documents of cases.</summary>
internal sealed class HubCaseDocuments(HubLink hubs) : ICaseDocuments
{
    public Task<IReadOnlyList<CaseDocumentView>> ListAsync(string authority, string code) =>
        hubs.AskAsync<ICaseDocumentsGrain, IReadOnlyList<CaseDocumentView>>(authority, pages => pages.ListAsync(authority, code));

    public Task<CaseDocumentFile?> OpenAsync(string authority, string code, string document) =>
        hubs.AskAsync<ICaseDocumentsGrain, CaseDocumentFile?>(authority, pages => pages.OpenAsync(authority, code, document));
}
