using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>The documents of a case for its citizen: answered by the hub the portal runs in, or through a hub from outside.</summary>
/// <remarks>A document for the portal is there at once, and any other one after it has left the house.</remarks>
public interface ICaseDocuments
{
    /// <summary>The documents that the citizen may have, the latest first. None: there are none, or there is no such case.</summary>
    Task<IReadOnlyList<CaseDocumentView>> ListAsync(string authority, string code);

    /// <returns>Null: there is no such document for the citizen, or its content is destroyed.</returns>
    Task<CaseDocumentFile?> OpenAsync(string authority, string code, string document);
}

/// <summary>For a portal that runs outside of a hub. Key: one of 64 for all authorities.</summary>
public interface ICaseDocumentsGrain : IGrainWithStringKey, ICaseDocuments;

/// <param name="Document">Its name in the address: "notice.12".</param>
/// <param name="TimeZone">Of the authority.</param>
public sealed record CaseDocumentView(string Document, Texts Title, DateTimeOffset At, string TimeZone);

/// <summary>A PDF.</summary>
/// <param name="Name">"20.32.10-2026-000123-notice.pdf"</param>
public sealed record CaseDocumentFile(string Name, byte[] Content);
