using Aufruf.Contracts;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Aufruf.Hub.Api;

/// <summary>The refusals of the HTTP API, as problem details (RFC 9457).</summary>
internal static class Problems
{
    public static ProblemHttpResult Refused(Refusal refusal) => Refused(refusal, refusal.Texts);

    /// <param name="texts">Replaces the refusal's usual texts.</param>
    public static ProblemHttpResult Refused(Refusal refusal, Texts texts) => TypedResults.Problem(
        title: texts.In("en"), detail: texts.In("de"),
        statusCode: refusal.Kind is RefusalKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict,
        type: $"urn:aufruf:{refusal.Code}",
        extensions: new Dictionary<string, object?> { ["reason"] = refusal.Code, ["texts"] = texts });

    public static ProblemHttpResult NotFound() => TypedResults.Problem(
        title: "There is no such thing here.", detail: "Das gibt es hier nicht.", statusCode: StatusCodes.Status404NotFound,
            type: "urn:aufruf:not-found");

    public static ProblemHttpResult Invalid(string detail) => TypedResults.Problem(
        title: "The request is not valid.", detail: detail, statusCode: StatusCodes.Status400BadRequest, type: "urn:aufruf:invalid");
}

/// <summary>The answer to a request that failed: a page for a reader, problem details for a program.</summary>
internal static class ErrorAnswers
{
    private static readonly Dictionary<int, (string Type, string German, string English)> Known =
        new()
        {
            [400] = ("invalid", "Diese Anfrage ist nicht gültig.", "The request is not valid."),
            [401] = ("not-signed-in", "Bitte melden Sie sich an.", "Please sign in."),
            [403] = ("not-permitted", "Das ist Ihnen nicht erlaubt.", "You may not do this."),
            [404] = ("not-found", "Das gibt es hier nicht.", "There is no such thing here."),
            [405] = ("method", "Das geht an dieser Adresse nicht.", "This address does not do that."),
            [413] = ("too-large", "Diese Anfrage ist zu groß.", "The request is too large."),
            [415] = ("unsupported", "Dieses Format versteht der Server nicht.", "The server does not understand this format."),
            [429] = ("too-many", "Gerade sind es zu viele Anfragen. Bitte versuchen Sie es in einer Minute noch einmal.",
                "There are too many requests at the moment. Please try again in a minute."),
            [500] = ("failed", "Das ist leider nicht gelungen. Bitte versuchen Sie es noch einmal.",
                "This did not work. Please try again."),
            [503] = ("journal-unavailable", "Der Server kann im Moment nichts speichern. Bitte versuchen Sie es gleich noch einmal.",
                "The hub cannot write at the moment. Please try again."),
        };

    private static readonly string[] ForPrograms = ["/api", "/live", "/health", "/metrics", "/openapi"];

    /// <summary>Writes the answer for the status that is set.</summary>
    public static Task WriteAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var (type, german, english) = Known.TryGetValue(status, out var found) ? found : Known[status < 500 ? 400 : 500];
        var texts = new Texts { ["de"] = german, ["en"] = english };
        http.Response.Headers.CacheControl = "no-store";
        return IsForReader(http.Request) ? WritePageAsync(http, texts)
            : http.Response.WriteAsJsonAsync(
                new ProblemDetails
                {
                    Type = $"urn:aufruf:{type}",
                    Title = english,
                    Detail = german,
                    Status = status,
                    Extensions = { ["reason"] = type, ["texts"] = texts },
                }, options: null, "application/problem+json");
    }

    public static void UseErrorAnswers(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<LimitedLog>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = _ => true, // Logged below, at a limited rate.
            ExceptionHandler = http =>
            {
                if (http.Features.Get<IExceptionHandlerFeature>() is { } failed)
                {
                    log.Write(to => HubLog.RequestFailed(to, failed.Error, failed.Endpoint?.DisplayName ?? "?"));
                }

                return WriteAsync(http);
            },
        });
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext));
    }

    private static bool IsForReader(HttpRequest request) =>
        !ForPrograms.Any(path => request.Path.StartsWithSegments(path))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task WritePageAsync(HttpContext http, Texts texts)
    {
        var language = PortalTexts.For(PortalTexts.AskedIn(http.Request)).Language;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{language}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Aufruf</title>
              <link rel="icon" href="/img/aufruf.svg">
              <link rel="stylesheet" href="/css/base.css">
              <link rel="stylesheet" href="/css/ticket.css">
            </head>
            <body><main><h1>{texts.In(language)}</h1></main></body>
            </html>
            """);
    }
}

/// <summary>Answers 503 while the journal cannot be written. The same request may be sent again.</summary>
internal sealed class JournalProblem : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not JournalUnavailableException)
        {
            return false;
        }

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = "1";
        await ErrorAnswers.WriteAsync(httpContext);
        return true;
    }
}

/// <summary>Refuses bodies that no handler could read, which are the client's fault.</summary>
internal static class BodyCheck
{
    public static void UseBodyCheck(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Request.ContentType is { } type && (!MediaTypeHeaderValue.TryParse(type, out var media)
            || (media.Charset.HasValue && media.Encoding is not { WebName: "utf-8" or "us-ascii" })))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

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
