using Microsoft.AspNetCore.Http.HttpResults;

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
