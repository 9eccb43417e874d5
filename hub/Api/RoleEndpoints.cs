using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>The roles of an authority, the places where they hold, and the table of its sign-in provider. The pages do the same.</summary>
internal static class RoleEndpoints
{
    public static void MapRoles(this IEndpointRouteBuilder clerks)
    {
        var town = clerks.MapGroup("/towns/{authority}").WithTags("People");
        town.MapGet("/places", Places).Needs(Permission.SeePeople)
            .WithSummary("Where a role can hold: the authority, its offices, their areas");
        town.MapGet("/roles", Roles).Needs(Permission.SeePeople)
            .WithSummary("The fixed roles and those of the town, with their permissions");
        town.MapPut("/roles/{role}", DefineAsync).Needs(Permission.People).WithSummary("Makes or changes a role of the town")
            .WithDescription("When people lose permissions by it, the first request is answered 409 \"people-lose\" with their number. "
                + "The second one names it as 'losing'.");
        town.MapPost("/roles/{role}/remove", (string authority, string role, IStaffPeople people, Grant grant) =>
                AnswerAsync(authority, people, grant, by => new PeopleCommand.RemoveRole(role, by), () => RolesOf(people.Of(authority))))
            .Needs(Permission.People).WithSummary("Removes a role of the town that nobody holds");
        town.MapGet("/provider", Table).Needs(Permission.SeePeople)
            .WithSummary("The sign-in provider, and which of its values gives which role");
        town.MapPost("/provider/rows",
                (string authority, ClaimRole row, IStaffPeople people, IStaffProviders providers, Grant grant) =>
                    AnswerAsync(authority, people, grant, by => new PeopleCommand.MapClaim(row.Value, row.Role, row.Place, by),
                        () => TableOf(authority, people, providers)))
            .Needs(Permission.People).WithSummary("Adds a row, which holds from the next sign-in on");
        town.MapPost("/provider/rows/remove",
                (string authority, ClaimRole row, IStaffPeople people, IStaffProviders providers, Grant grant) =>
                    AnswerAsync(authority, people, grant, by => new PeopleCommand.UnmapClaim(row.Value, row.Role, row.Place, by),
                        () => TableOf(authority, people, providers)))
            .Needs(Permission.People).WithSummary("Removes a row; the role ends at once");
    }

    private static Results<Ok<IReadOnlyList<RolePlace>>, ProblemHttpResult> Places(
        string authority, IStaffPeople people, Grant grant, string language = "de") =>
        grant.IsGoodIn(authority) ? TypedResults.Ok(people.PlacesOf(authority, language)) : Problems.NotFound();

    private static Results<Ok<RoleInfo[]>, ProblemHttpResult> Roles(string authority, IStaffPeople people, Grant grant) =>
        grant.IsGoodIn(authority) ? TypedResults.Ok(RolesOf(people.Of(authority))) : Problems.NotFound();

    private static Results<Ok<ProviderTable>, ProblemHttpResult> Table(
        string authority, IStaffPeople people, IStaffProviders providers, Grant grant) =>
        grant.IsGoodIn(authority) ? TypedResults.Ok(TableOf(authority, people, providers)) : Problems.NotFound();

    private static async Task<Results<Ok<RoleInfo[]>, ProblemHttpResult>> DefineAsync(
        string authority, string role, RoleRequest request, IStaffPeople people, Grant grant) =>
        grant.IsGoodIn(authority) && RoleLoss.Of(people.Of(authority), role, request.Permissions) is var loss
            && !loss.IsKnown(request.Losing) ? Problems.Refused(Refusal.PeopleLose, WithNumber(Refusal.PeopleLose, loss.Losing.Count))
            : await AnswerAsync(authority, people, grant, by => new PeopleCommand.DefineRole(role, request.Name, request.Permissions, by),
                () => RolesOf(people.Of(authority)));

    private static Texts WithNumber(Refusal refusal, int number) =>
        new() { ["de"] = $"{refusal.German} ({number})", ["en"] = $"{refusal.English} ({number})" };

    private static async Task<Results<Ok<T>, ProblemHttpResult>> AnswerAsync<T>(
        string authority, IStaffPeople people, Grant grant, Func<string, PeopleCommand> command, Func<T> seen) =>
        !grant.IsGoodIn(authority) ? Problems.NotFound()
        : await people.HandleAsync(authority, command(grant.Principal.Who)) is { } refusal ? Problems.Refused(refusal)
        : TypedResults.Ok(seen());

    private static RoleInfo[] RolesOf(People known) => [.. known.Roles.Select(role => new RoleInfo(role.Id, role.Name,
        [.. role.Permissions], known.OwnRoles.ContainsKey(role.Id), known.HoldersOf(role.Id).Count()))];

    private static ProviderTable TableOf(string authority, IStaffPeople people, IStaffProviders providers) =>
        new(providers.IssuerOf(authority), people.Of(authority).ClaimRoles);
}

/// <param name="Name">At least in German.</param>
/// <param name="Losing">The number of people who lose permissions, as the answer before has named it.</param>
internal sealed record RoleRequest(Texts Name, IReadOnlyList<Permission> Permissions, int? Losing = null);

/// <param name="IsOwn">The town has defined it.</param>
/// <param name="Holders">So many people have it.</param>
internal sealed record RoleInfo(string Id, Texts Name, IReadOnlyList<Permission> Permissions, bool IsOwn, int Holders);

/// <param name="Issuer">Null: the town has no provider.</param>
internal sealed record ProviderTable(string? Issuer, IReadOnlyList<ClaimRole> Rows);
