using Aufruf.Contracts;
using Aufruf.Portal.Hubs;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Web;

/// <summary>The answer to a request that failed: a page for a reader, problem details for a program.</summary>
public static class ErrorAnswers
{
    // A page that waits for the server asks it again after this time, as a ticket's page does.
    private const string AgainAfterSeconds = "20";

    private const string HubAway = "hub-away";

    private static readonly Dictionary<int, string> Known = new()
    {
        [400] = "invalid",
        [401] = "not-signed-in",
        [403] = "not-permitted",
        [404] = "not-found",
        [405] = "method",
        [413] = "too-large",
        [415] = "unsupported",
        [429] = "too-many",
        [500] = "failed",
        [503] = "journal-unavailable",
    };

    private static readonly string[] ForPrograms = ["/api", "/live", "/health", "/metrics", "/openapi"];

    /// <param name="failed">Logs a request that failed unexpectedly: the error, and the address as it was mapped.</param>
    public static void UseErrorAnswers(this IApplicationBuilder app, Action<Exception, string> failed)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = _ => true, // Logged below, at a limited rate.
            ExceptionHandler = http =>
            {
                if (http.Features.Get<IExceptionHandlerFeature>() is { } error)
                {
                    failed(error.Error, error.Endpoint?.DisplayName ?? "?");
                }

                return WriteAsync(http, TypeOf(http));
            },
        });
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext, TypeOf(context.HttpContext)));
    }

    /// <summary>There is no such page for anybody: asking for a token first would mislead.</summary>
    public static void UseNotFound(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is not null)
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    /// <summary>503: the journal cannot be written, or no hub answers. The same request may be sent again.</summary>
    internal static Task WriteUnavailableAsync(HttpContext http, JournalUnavailableException error)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "1";
        return WriteAsync(http, error is HubAwayException ? HubAway : TypeOf(http));
    }

    private static string TypeOf(HttpContext http) =>
        http.Features.Get<WrongCodes.Paused>() is not null ? "wrong-codes"
        : Known.TryGetValue(http.Response.StatusCode, out var found) ? found
        : Known[http.Response.StatusCode < 500 ? 400 : 500];

    /// <summary>Writes the answer for the status that is set.</summary>
    private static Task WriteAsync(HttpContext http, string type)
    {
        var texts = new Domain.Offices.Texts { ["de"] = SentenceOf("de", type), ["en"] = SentenceOf("en", type) };
        http.Response.Headers.CacheControl = "no-store";
        return IsForReader(http.Request) ? WritePageAsync(http, type)
            : http.Response.WriteAsJsonAsync(
                new ProblemDetails
                {
                    Type = $"urn:aufruf:{type}",
                    Title = texts["en"],
                    Detail = texts["de"],
                    Status = http.Response.StatusCode,
                    Extensions = { ["reason"] = type, ["texts"] = texts },
                }, options: null, "application/problem+json");
    }

    private static string SentenceOf(string language, string type) => PortalTexts.For([language])[$"failed.{type}"];

    private static bool IsForReader(HttpRequest request) =>
        !ForPrograms.Any(path => request.Path.StartsWithSegments(path))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task WritePageAsync(HttpContext http, string type)
    {
        var words = PortalTexts.For(PortalTexts.AskedIn(http.Request));
        var isForCitizens = !http.Request.Path.StartsWithSegments("/staff");
        var isForNow = http.Response.StatusCode is StatusCodes.Status503ServiceUnavailable;
        // A form is not sent again by itself: its answer leads to the page it came from.
        if (isForNow && HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.Headers["Refresh"] = AgainAfterSeconds;
        }

        var after = isForNow ? Again(words, type == HubAway, isForCitizens)
            : http.Response.StatusCode is StatusCodes.Status413PayloadTooLarge && Uploads.IsWithFiles(http.Request) ? Smaller(words)
            : Start(words, isForCitizens);
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{words.Language}" dir="{words.Direction}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Aufruf</title>
              <link rel="icon" href="/img/aufruf.svg">
              <link rel="stylesheet" href="/css/base.css">
              <link rel="stylesheet" href="/css/ticket.css">
            </head>
            <body><main><h1>{words[$"failed.{type}"]}</h1>{after}</main></body>
            </html>
            """);
    }

    private static string Start(PortalTexts words, bool isForCitizens) =>
        $"""<p><a href="{(isForCitizens ? "/" : "/staff")}?lang={words.Language}">{words["failed.start"]}</a></p>""";

    /// <summary>The form stands at the same address, with all that was saved before.</summary>
    private static string Smaller(PortalTexts words) =>
        Lines(words["failed.too-large.file"]) + $"""<p><a href="?lang={words.Language}">{words["back"]}</a></p>""";

    // A question mark alone is the page's own path.
    private static string Again(PortalTexts words, bool isAway, bool isForCitizens) =>
        (isAway ? Lines(words["away.text"]) + Lines(words["away.booking"]) : "")
        + $"""<p><a href="?lang={words.Language}">{words["away.again"]}</a></p>"""
        + (isForCitizens && words.Language == "de" ? InEasyWords(PortalTexts.For([PortalTexts.Easy])) : "");

    /// <summary>A page that must wait does not let its reader choose the language first.</summary>
    private static string InEasyWords(PortalTexts easy) =>
        $"""<section lang="{easy.Language}"><h2>{easy["language.name"]}</h2>{Lines(easy["away.text"])}</section>""";

    /// <summary>In easy words each sentence stands on a line of its own.</summary>
    private static string Lines(string text) => string.Concat(text.Split('\n').Select(line => $"<p>{line}</p>"));
}

/// <summary>Answers 503 while the journal cannot be written, or no hub can be reached.</summary>
public sealed class UnavailableAnswer : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not JournalUnavailableException unavailable)
        {
            return false;
        }

        await ErrorAnswers.WriteUnavailableAsync(httpContext, unavailable);
        return true;
    }
}
