using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace Aufruf.Portal.Web;

/// <summary>Refuses bodies that no handler could read, which are the client's fault.</summary>
public static class BodyCheck
{
    // By name: the framework fails when it is asked for UTF-7.
    private static readonly HashSet<string> Read = new(StringComparer.OrdinalIgnoreCase) { "utf-8", "utf8", "us-ascii", "ascii" };

    public static void UseBodyCheck(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.ContentType is { } type && (!MediaTypeHeaderValue.TryParse(type, out var media)
            || (media.Charset.HasValue && !Read.Contains(HeaderUtilities.RemoveQuotes(media.Charset).ToString()))))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        return next(http);
    });

    /// <summary>Reads forms. It comes after all that refuses a caller: a file of somebody who may not send it is not read.</summary>
    public static void UseForms(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (HttpMethods.IsPost(http.Request.Method) && !http.Request.HasFormContentType
            && http.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        {
            if (http.Request.ContentType is not null || http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true)
            {
                http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType; // A page takes forms alone.
                return;
            }

            http.Request.Form = FormCollection.Empty;
        }

        Uploads.AllowFiles(http);
        if (http.Request.HasFormContentType)
        {
            try
            {
                await http.Request.ReadFormAsync(http.RequestAborted); // Kept for the page that takes it.
            }
            catch (BadHttpRequestException broken)
            {
                http.Response.StatusCode = broken.StatusCode;
                return;
            }
            catch (Exception broken) when (broken is InvalidDataException or IOException)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
        }

        await next(http);
    });
}
