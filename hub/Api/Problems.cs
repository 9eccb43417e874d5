using System.Text.Json;
using Aufruf.Domain.Identity;
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

    /// <summary>The place is open to the clerk, but this act in it is not.</summary>
    public static ProblemHttpResult Forbidden(Permission permission) => Refused(StatusCodes.Status403Forbidden, "not-permitted",
        "Dazu haben Sie hier kein Recht.",
        $"You do not have the permission {JsonNamingPolicy.KebabCaseLower.ConvertName($"{permission}")}.");

    /// <summary>A refusal that is no rule of the office.</summary>
    public static ProblemHttpResult Refused(int status, string reason, string german, string english) => TypedResults.Problem(
        title: english, detail: german, statusCode: status, type: $"urn:aufruf:{reason}",
        extensions: new Dictionary<string, object?> { ["reason"] = reason, ["texts"] = new Texts { ["de"] = german, ["en"] = english } });

    public static ProblemHttpResult Invalid(string detail) => TypedResults.Problem(
        title: "The request is not valid.", detail: detail, statusCode: StatusCodes.Status400BadRequest, type: "urn:aufruf:invalid");
}
