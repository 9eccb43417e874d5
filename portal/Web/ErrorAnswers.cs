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

    private sealed record Words(string Type, string German, string English);

    private static readonly Dictionary<int, Words> Known = new()
    {
        [400] = new("invalid", "Diese Anfrage ist nicht gültig.", "The request is not valid."),
        [401] = new("not-signed-in", "Bitte melden Sie sich an.", "Please sign in."),
        [403] = new("not-permitted", "Das ist Ihnen nicht erlaubt.", "You may not do this."),
        [404] = new("not-found", "Das gibt es hier nicht.", "There is no such thing here."),
        [405] = new("method", "Das geht an dieser Adresse nicht.", "This address does not do that."),
        [413] = new("too-large", "Diese Anfrage ist zu groß.", "The request is too large."),
        [415] = new("unsupported", "Dieses Format versteht der Server nicht.", "The server does not understand this format."),
        [429] = new("too-many", "Gerade sind es zu viele Anfragen. Bitte versuchen Sie es in einer Minute noch einmal.",
            "There are too many requests at the moment. Please try again in a minute."),
        [500] = new("failed", "Das ist leider nicht gelungen. Bitte versuchen Sie es noch einmal.",
            "This did not work. Please try again."),
        [503] = new("journal-unavailable", "Der Server kann im Moment nichts speichern. Bitte versuchen Sie es gleich noch einmal.",
            "The hub cannot write at the moment. Please try again."),
    };

    private static readonly Words HubAway = new("hub-away", "Der Server ist gerade nicht erreichbar.",
        "The server cannot be reached now.");

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

                return WriteAsync(http, WordsOf(http));
            },
        });
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext, WordsOf(context.HttpContext)));
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
        return WriteAsync(http, error is HubAwayException ? HubAway : WordsOf(http));
    }

    private static Words WordsOf(HttpContext http) =>
        Known.TryGetValue(http.Response.StatusCode, out var found) ? found : Known[http.Response.StatusCode < 500 ? 400 : 500];

    /// <summary>Writes the answer for the status that is set.</summary>
    private static Task WriteAsync(HttpContext http, Words words)
    {
        var texts = new Domain.Offices.Texts { ["de"] = words.German, ["en"] = words.English };
        http.Response.Headers.CacheControl = "no-store";
        return IsForReader(http.Request) ? WritePageAsync(http, texts, isAway: words == HubAway)
            : http.Response.WriteAsJsonAsync(
                new ProblemDetails
                {
                    Type = $"urn:aufruf:{words.Type}",
                    Title = words.English,
                    Detail = words.German,
                    Status = http.Response.StatusCode,
                    Extensions = { ["reason"] = words.Type, ["texts"] = texts },
                }, options: null, "application/problem+json");
    }

    private static bool IsForReader(HttpRequest request) =>
        !ForPrograms.Any(path => request.Path.StartsWithSegments(path))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task WritePageAsync(HttpContext http, Domain.Offices.Texts texts, bool isAway)
    {
        var words = PortalTexts.For(PortalTexts.AskedIn(http.Request));
        var isForCitizens = !http.Request.Path.StartsWithSegments("/staff");
        var isForNow = http.Response.StatusCode is StatusCodes.Status503ServiceUnavailable;
        // A form is not sent again by itself: its answer leads to the page it came from.
        if (isForNow && HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.Headers["Refresh"] = AgainAfterSeconds;
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{words.Language}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Aufruf</title>
              <link rel="icon" href="/img/aufruf.svg">
              <link rel="stylesheet" href="/css/base.css">
              <link rel="stylesheet" href="/css/ticket.css">
            </head>
            <body><main><h1>{texts.In(words.Language)}</h1>{(isForNow ? Again(words, isAway, isForCitizens) : "")}</main></body>
            </html>
            """);
    }

    // A question mark alone is the page's own path.
    private static string Again(PortalTexts words, bool isAway, bool isForCitizens) =>
        $"""{(isAway ? $"<p>{words["away.text"]}</p>" : "")}<p><a href="?lang={words.Language}">{words["away.again"]}</a></p>"""
        + (isForCitizens ? InEasyWords(words) : "");

    // "simple" is the registered subtag of simplified language; each sentence stands on a line of its own.
    private static string InEasyWords(PortalTexts words) => $"""
        <section lang="{words.Language}-simple"><h2>{words["away.easy"]}</h2>
        {string.Concat(words["away.easy.text"].Split('\n').Select(sentence => $"<p>{sentence}</p>"))}</section>
        """;
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
