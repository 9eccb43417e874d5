using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Every no of the HTTP API, as problem details (RFC 9457).</summary>
internal static class Problems
{
    public static ProblemHttpResult Refused(Refusal refusal) => Refused(refusal, refusal.Texts());

    /// <param name="texts">The refusal in more than its usual words.</param>
    public static ProblemHttpResult Refused(Refusal refusal, Texts texts) => TypedResults.Problem(
        title: texts.In("en"), detail: texts.In("de"), statusCode: refusal.Status(), type: $"urn:aufruf:{refusal.Word()}",
        extensions: new Dictionary<string, object?> { ["reason"] = refusal.Word(), ["texts"] = texts });

    public static ProblemHttpResult NotFound() => TypedResults.Problem(
        title: "There is no such thing here.", detail: "Das gibt es hier nicht.", statusCode: StatusCodes.Status404NotFound, type: "urn:aufruf:not-found");

    public static ProblemHttpResult Invalid(string detail) => TypedResults.Problem(
        title: "The request is not valid.", detail: detail, statusCode: StatusCodes.Status400BadRequest, type: "urn:aufruf:invalid");
}

/// <summary>A journal that cannot be written is nobody's fault at the desk: 503, and the same request may be sent again.</summary>
internal sealed class JournalProblem(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not JournalUnavailableException)
        {
            return false;
        }

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = "1";
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            Exception = exception,
            ProblemDetails =
            {
                Type = "urn:aufruf:journal-unavailable",
                Title = "The hub cannot write at the moment. Please try again.",
                Detail = "Der Server kann im Moment nichts speichern. Bitte versuchen Sie es gleich noch einmal.",
                Status = StatusCodes.Status503ServiceUnavailable,
            },
        });
    }
}
