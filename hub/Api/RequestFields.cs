using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;

namespace Aufruf.Hub.Api;

/// <summary>A request whose JSON cannot be read is answered 400, and the answer names the field.</summary>
internal sealed partial class RequestFields : IExceptionHandler
{
    public static void Use(IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true); // Otherwise nothing is left to say why.
        // A misspelt field would be ignored in silence.
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.UnmappedMemberHandling =
            System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow);
        services.AddExceptionHandler<RequestFields>();
    }

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        await (bad.StatusCode == StatusCodes.Status400BadRequest ? Problems.Invalid(Explain(bad))
            : TypedResults.Problem(statusCode: bad.StatusCode)).ExecuteAsync(httpContext);
        return true;
    }

    private static string Explain(BadHttpRequestException bad) => bad.InnerException is not JsonException json
            ? "The request needs a JSON body, and values of the right kind in its address."
        : Missing().Match(json.Message) is { Success: true } missing ? $"These fields are missing: {missing.Groups[1].Value.TrimEnd('.')}."
        : Unknown().Match(json.Message) is { Success: true } unknown ? $"The request takes no '{unknown.Groups[1].Value}'."
        : Null().Match(json.Message) is { Success: true } empty
            ? $"'{JsonNamingPolicy.CamelCase.ConvertName(empty.Groups[1].Value)}' must not be null."
        : json.Path is { Length: > 2 } path ? $"'{path[2..]}' has a value of the wrong kind."
        : "The body is not valid JSON.";

    // The sentences of System.Text.Json, which has no field for the name. RequestFieldTests notices when they change.
    [GeneratedRegex("missing required properties including: (.+)$")]
    private static partial Regex Missing();

    [GeneratedRegex("The JSON property '(.+?)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("(?:parameter|property or field) '(.+?)' on type .* doesn't allow")]
    private static partial Regex Null();
}
