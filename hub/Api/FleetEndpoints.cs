using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>An office's devices and screens.</summary>
internal static class FleetEndpoints
{
    public static void MapFleet(this IEndpointRouteBuilder clerks) => clerks.MapGet("/offices/{office}/fleet", Read)
        .Needs(Permission.SeeDevices).WithTags("Fleet").WithSummary("The devices and screens of an office, with their troubles");

    private static Results<Ok<FleetView>, ProblemHttpResult> Read(string office, IOfficeFleet fleet, Grant grant) =>
        grant.IsGoodIn(office) && fleet.Of(office) is { } view ? TypedResults.Ok(view) : Problems.NotFound();
}
