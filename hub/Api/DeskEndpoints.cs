using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Portal.Identity;

namespace Aufruf.Hub.Api;

/// <summary>The endpoints for desks: people with a session or a key, where their roles hold.</summary>
internal static class DeskEndpoints
{
    public static void MapDesk(this IEndpointRouteBuilder api)
    {
        var clerks = api.MapGroup("").WithTags("Desk")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        clerks.MapGet("/offices", ListOffices).Needs(Permission.WatchDesk)
            .WithSummary("The offices where the caller may work, with their areas and counters");
        clerks.MapCounters();
        clerks.MapTickets();
        clerks.MapFinding();
        clerks.MapSlips();
        clerks.MapServices();
        clerks.MapAppointments();
        clerks.MapPlans();
        clerks.MapConfiguration();
        clerks.MapPreviews();
        clerks.MapTowns();
        clerks.MapPeople();
        clerks.MapRoles();
        clerks.MapSession();
        clerks.MapFleet();
    }

    private static OfficeInfo[] ListOffices(OfficeDirectory offices, Grant grant) =>
        [.. offices.All.Where(o => grant.IsGoodWithin(o.Key)).OrderBy(o => o.Key, StringComparer.Ordinal)
            .Select(o => OfficeInfo.Of(o, grant))];
}

internal sealed record OfficeInfo(string Key, Texts Name, IReadOnlyList<string> Languages, IReadOnlyList<AreaInfo> Areas)
{
    public static OfficeInfo Of(Office office, Grant grant) => new(office.Key, office.Name, office.Languages,
        [.. office.Areas.Where(a => grant.IsGoodIn($"{office.Key}.{a.Id}")).Select(a => new AreaInfo($"{office.Key}.{a.Id}", a.Id, a.Name,
            [.. a.Counters.Select(c => new CounterInfo(c.Id, c.Label))]))]);
}

internal sealed record AreaInfo(string Key, string Id, Texts Name, IReadOnlyList<CounterInfo> Counters);

internal sealed record CounterInfo(CounterId Id, string Label);
