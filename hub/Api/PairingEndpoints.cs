using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>The credentials of screens and devices, and the exchange of a code for one.</summary>
internal static class PairingEndpoints
{
    /// <summary>A screen tries once, and a person who mistypes a few times.</summary>
    public const string Rate = "pair";

    public const int TriesPerMinute = 10;

    private const int LongestCode = 20;

    public static void MapPairing(this IEndpointRouteBuilder api)
    {
        api.MapPost("/pair", RedeemAsync).Needs(Permission.Public).RequireRateLimiting(Rate).WithTags("Fleet")
            .WithSummary("Exchanges a code for the credential of a screen or device, once").ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/offices/{office}/credentials", (string office, IPairings pairings, Grant grant) => List(office, pairings, grant))
            .Needs(Permission.SeeDevices).WithTags("Fleet").WithSummary("The credentials of boards, kiosks and devices");
        api.MapPost("/offices/{office}/credentials/{holder}/code", OfferAsync).Needs(Permission.Devices).WithTags("Fleet")
            .WithSummary("A new code for a screen, valid for 15 minutes and once").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/offices/{office}/credentials/{holder}/revoke", RevokeAsync).Needs(Permission.Devices).WithTags("Fleet")
            .WithSummary("Locks a screen or device out at once").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Paired>, ProblemHttpResult, EmptyHttpResult>> RedeemAsync(PairRequest request, HttpContext http,
        IPairings pairings, WrongCodes wrong)
    {
        var caller = "pair " + WrongCodes.CallerOf(http);
        if (WrongCodes.Refuses(http, caller))
        {
            return TypedResults.Empty;
        }

        http.Response.Headers.CacheControl = "no-store";
        if (request.Code.Length <= LongestCode && await pairings.RedeemAsync(request.Code) is { } paired)
        {
            return TypedResults.Ok(paired);
        }

        wrong.Count(caller);
        return Problems.Refused(Refusal.PairingGone);
    }

    private static Results<Ok<IReadOnlyList<PairedScreen>>, ProblemHttpResult> List(string office, IPairings pairings, Grant grant) =>
        grant.IsGoodIn(office) && pairings.In(office) is { } list ? TypedResults.Ok(list) : Problems.NotFound();

    private static async Task<Results<Ok<PairingCode>, ProblemHttpResult>> OfferAsync(string office, string holder, HttpContext http,
        IPairings pairings, Grant grant)
    {
        if (!grant.IsGoodIn(office))
        {
            return Problems.NotFound();
        }

        http.Response.Headers.CacheControl = "no-store";
        var offered = await pairings.OfferAsync(office, holder, grant.Principal.Who);
        return offered.Refusal is { } refusal ? Problems.Refused(refusal) : TypedResults.Ok(offered);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string office, string holder, IPairings pairings,
        Grant grant) => !grant.IsGoodIn(office) ? Problems.NotFound()
        : await pairings.RevokeAsync(office, holder, grant.Principal.Who) is { } refusal ? Problems.Refused(refusal)
        : TypedResults.NoContent();
}

internal sealed record PairRequest(string Code);
