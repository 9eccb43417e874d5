using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Web;

/// <summary>The pages that take files, and how much of them at once. All other bodies are small.</summary>
public static class Uploads
{
    /// <summary>A file of 10 MiB with its form. One that is a little larger gets a sentence beside its field.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>No file of a citizen is written to a folder of this machine: it is small enough to wait in memory.</summary>
    public static IServiceCollection AddUploads(this IServiceCollection services) =>
        services.Configure<FormOptions>(form => (form.MemoryBufferThreshold, form.MultipartBodyLengthLimit) = (MostBytes, MostBytes));

    /// <summary>A page of an application, also in a clerk's hands: only its forms may be as large.</summary>
    public static void AllowFiles(HttpContext http)
    {
        if (HttpMethods.IsPost(http.Request.Method)
            && http.Request.Path.Value?.Split('/') is ["", "case", _, "form", _] or ["", "staff", _, "cases", "new", _, "form", _]
            && IsWithFiles(http.Request)
            && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }
    }

    public static bool IsWithFiles(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) is true;
}
