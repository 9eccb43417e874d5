using System.Security.Claims;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>All that a clerk does, and what a desk must know to be opened. Clerk token, own office only.</summary>
internal static class DeskEndpoints
{
    public static void MapDesk(this IEndpointRouteBuilder api)
    {
        var clerks = api.MapGroup("").RequireAuthorization(Access.Clerk).WithTags("Desk")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        clerks.MapGet("/offices", ListOffices).WithSummary("The offices this token opens, with their areas and counters");
        clerks.MapGet("/offices/{office}/devices", ListDevices).WithSummary("The devices of an office and how they are");
        clerks.MapCounters();
        clerks.MapTickets();
        clerks.MapServices();
    }

    private static OfficeInfo[] ListOffices(OfficeBook offices, ClaimsPrincipal user) =>
        [.. offices.All.Where(o => user.MayEnter(o.Key)).OrderBy(o => o.Key, StringComparer.Ordinal).Select(OfficeInfo.Of)];

    private static Results<Ok<IReadOnlyList<DeskDevice>>, NotFound> ListDevices(string office, OfficeBook offices, Fleet fleet, ClaimsPrincipal user) =>
        user.MayEnter(office) && offices.Find(office) is { } found
            ? TypedResults.Ok<IReadOnlyList<DeskDevice>>([.. found.Devices.Select(d => fleet.Describe(found, d))])
            : TypedResults.NotFound();
}

internal sealed record OfficeInfo(string Key, Texts Name, IReadOnlyList<string> Languages, IReadOnlyList<AreaInfo> Areas)
{
    public static OfficeInfo Of(Office office) => new(office.Key, office.Name, office.Languages,
        [.. office.Areas.Select(a => new AreaInfo($"{office.Key}.{a.Id}", a.Id, a.Name,
            [.. a.Counters.Select(c => new CounterInfo(c.Id, c.Label))], [.. a.Boards.Select(b => new BoardInfo(b.Id))]))]);
}

internal sealed record AreaInfo(string Key, string Id, Texts Name, IReadOnlyList<CounterInfo> Counters, IReadOnlyList<BoardInfo> Boards);

internal sealed record CounterInfo(CounterId Id, string Label);

internal sealed record BoardInfo(string Id);
