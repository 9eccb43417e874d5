using System.Security.Cryptography;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases.Declarations;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>The files of a form's page: those that are taken back, and new ones.</summary>
internal static class FormFiles
{
    public static bool AreIn(FormPageView page) => page.Fields.Any(field => field.Type is FieldType.File);

    /// <summary>A file that is refused leaves the others.</summary>
    /// <param name="form">The id of the form, so that a second press is known.</param>
    public static async Task<FormAnswer> ChangeAsync(HttpRequest request, FormPageView page, FormAnswer saved, string? form,
        string[] remove, Func<string, RequestId, Task<FormAnswer>> detach, Func<UploadedFile, RequestId, Task<FormAnswer>> attach,
        Action<string, Refusal> refused)
    {
        var fields = page.Fields.Where(field => field.Type is FieldType.File).Select(field => field.Path).ToList();
        foreach (var path in fields.Where(remove.Contains))
        {
            saved = await detach(path, FormId.RequestOf(form, "remove", path));
        }

        foreach (var upload in request.Form.Files.Where(upload => upload.Length > 0 && fields.Contains(upload.Name)))
        {
            using var content = new MemoryStream();
            await upload.CopyToAsync(content, request.HttpContext.RequestAborted);
            var bytes = content.ToArray();
            var answer = await attach(new(page.Id, upload.Name, upload.FileName, bytes),
                FormId.RequestOf(form, "file", upload.Name, upload.FileName, Convert.ToHexString(SHA256.HashData(bytes))));
            if (answer.Refusal is { } refusal && answer.Form is not null)
            {
                refused(upload.Name, refusal);
            }

            saved = answer with { Refusal = answer.Form is null ? answer.Refusal : saved.Refusal };
        }

        return saved;
    }
}
