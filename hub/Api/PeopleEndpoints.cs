using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>The people of an authority: invite, roles, links, sessions, log-off. The pages do the same.</summary>
internal static class PeopleEndpoints
{
    private static readonly Dictionary<string, Func<string, string, PeopleCommand>> Actions = new()
    {
        ["disable"] = (name, by) => new PeopleCommand.Disable(name, by),
        ["enable"] = (name, by) => new PeopleCommand.Enable(name, by),
        ["unlock"] = (name, by) => new PeopleCommand.Unlock(name, by),
        ["await-provider"] = (name, by) => new PeopleCommand.AwaitProvider(name, by),
        ["turn-off-totp"] = (name, by) => new PeopleCommand.TurnOffTotp(name, by),
    };

    public static void MapPeople(this IEndpointRouteBuilder clerks)
    {
        var all = clerks.MapGroup("/towns/{authority}/people").WithTags("People");
        all.MapGet("", List).Needs(Permission.SeePeople).WithSummary("The people of an authority, with their roles");
        all.MapPost("", HireAsync).Needs(Permission.People)
            .WithSummary("Invites a person with a first role; the answer shows the link for the password once")
            .WithDescription("When the role is refused, nobody is invited.");
        var one = all.MapGroup("/{name}");
        one.MapGet("", Find).Needs(Permission.SeePeople).WithSummary("One person, with sessions, keys and passkeys");
        one.MapPost("/link", OfferLinkAsync).Needs(Permission.People)
            .WithSummary("A new link for the password; the one before is good no longer");
        one.MapPost("/log-off", LogOffAsync).Needs(Permission.People)
            .WithSummary("Ends all sessions and keys, and closes the counters where nobody is being served");
        one.MapPost("/roles", (string authority, string name, RoleInPlace role, IStaffPeople people, Grant grant) =>
                ChangeAsync(authority, name, people, grant, by => new PeopleCommand.Grant(name, role.Role, role.Place, by)))
            .Needs(Permission.People).WithSummary("Gives a role in an authority, office or area");
        one.MapPost("/roles/take", (string authority, string name, RoleInPlace role, IStaffPeople people, Grant grant) =>
                ChangeAsync(authority, name, people, grant, by => new PeopleCommand.TakeAway(name, role.Role, role.Place, by)))
            .Needs(Permission.People).WithSummary("Takes a role away");
        one.MapPost("/sessions/{session}/end", (string authority, string name, string session, IStaffPeople people, Grant grant) =>
                ChangeAsync(authority, name, people, grant, by => new PeopleCommand.EndSession(name, session, by)))
            .Needs(Permission.People).WithSummary("Ends a session or a key at once, on every hub");
        one.MapPost("/passkeys/{passkey}/remove", (string authority, string name, string passkey, IStaffPeople people, Grant grant) =>
                ChangeAsync(authority, name, people, grant, by => new PeopleCommand.RemovePasskey(name, passkey, Kept: null, by)))
            .Needs(Permission.People).WithSummary("Removes a passkey whose device is lost; sessions by a passkey end");
        one.MapPost("/{action}", (string authority, string name, string action, IStaffPeople people, Grant grant) =>
                Actions.TryGetValue(action, out var act) ? ChangeAsync(authority, name, people, grant, by => act(name, by))
                    : Task.FromResult<Results<Ok<PersonDesk>, ProblemHttpResult>>(Problems.NotFound()))
            .Needs(Permission.People).WithSummary("A change of the account").OfActions(Actions.Keys);
    }

    private static Results<Ok<PersonInfo[]>, ProblemHttpResult> List(string authority, IStaffPeople people, Grant grant) =>
        grant.IsGoodIn(authority) && people.Of(authority) is var known
            ? TypedResults.Ok(known.ByName.Values.Select(person => PersonInfo.Of(known, person)).ToArray()) : Problems.NotFound();

    private static Results<Ok<PersonDesk>, ProblemHttpResult> Find(string authority, string name, IStaffPeople people, Grant grant) =>
        grant.IsGoodIn(authority) && people.Of(authority) is var known && known.Find(name) is { } person
            ? TypedResults.Ok(PersonDesk.Of(known, person)) : Problems.NotFound();

    private static async Task<Results<Ok<PersonLink>, ProblemHttpResult>> HireAsync(
        string authority, NewPerson person, IStaffPeople people, Grant grant, HttpRequest request) =>
        grant.IsGoodIn(authority) ? Linked(request, await people.HireAsync(authority, person.Name, person.DisplayName,
            new(person.Role, person.Place), grant.Principal.Who)) : Problems.NotFound();

    private static async Task<Results<Ok<PersonLink>, ProblemHttpResult>> OfferLinkAsync(
        string authority, string name, IStaffPeople people, Grant grant, HttpRequest request) => grant.IsGoodIn(authority)
            ? Linked(request, await people.OfferLinkAsync(authority, name, grant.Principal.Who)) : Problems.NotFound();

    private static Results<Ok<PersonLink>, ProblemHttpResult> Linked(HttpRequest request, (Refusal? Refusal, string? Link) answer) =>
        answer.Refusal is { } refusal ? Problems.Refused(refusal)
            : TypedResults.Ok(new PersonLink($"{request.Scheme}://{request.Host}{answer.Link}"));

    private static async Task<Results<Ok<LoggedOff>, ProblemHttpResult>> LogOffAsync(
        string authority, string name, IStaffPeople people, Grant grant) =>
        !grant.IsGoodIn(authority) ? Problems.NotFound()
        : people.Of(authority).Find(name) is null ? Problems.Refused(Refusal.PersonUnknown)
        : TypedResults.Ok(new LoggedOff(await people.LogOffAsync(authority, name, grant.Principal.Who)));

    private static async Task<Results<Ok<PersonDesk>, ProblemHttpResult>> ChangeAsync(
        string authority, string name, IStaffPeople people, Grant grant, Func<string, PeopleCommand> command) =>
        !grant.IsGoodIn(authority) ? Problems.NotFound()
        : await people.HandleAsync(authority, command(grant.Principal.Who)) is { } refusal ? Problems.Refused(refusal)
        : Find(authority, name, people, grant);
}

/// <param name="Role">The id of the first role.</param>
/// <param name="Place">Where it holds: "alsdorf", "alsdorf.rathaus" or an area.</param>
internal sealed record NewPerson(string Name, string DisplayName, string Role, string Place);

internal sealed record RoleInPlace(string Role, string Place);

/// <param name="Link">The whole address. It is good once, for seven days.</param>
internal sealed record PersonLink(string Link);

/// <param name="OpenCounters">So many counters stay open, because a citizen is there.</param>
internal sealed record LoggedOff(int OpenCounters);
