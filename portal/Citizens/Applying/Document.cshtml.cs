using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>A document of the case, as a file to keep. No cache keeps it.</summary>
public sealed class CaseDocumentPage(ContentFolder content, ICitizenCases cases, ICaseDocuments documents) : CasePage(content, cases)
{
    public const string Pdf = "application/pdf";

    [FromRoute] public string Document { get; set; } = "";

    /// <summary>One that is not there, or not yet, leads to the case.</summary>
    public async Task<IActionResult> OnGetAsync() => IsCode && await documents.OpenAsync(Town.Authority, Code, Document) is { } file
        ? File(file.Content, Pdf, file.Name) : await SentOrGoneAsync();
}
