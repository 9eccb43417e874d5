using static Aufruf.Domain.Identity.PeopleCommand;

namespace Aufruf.Domain.Identity;

/// <summary>An administrator of a place gives every right there. Anybody else gives, and takes, only rights of their own.</summary>
/// <remarks>A new link or a removed factor would open the account of somebody with more rights, so they count too.</remarks>
internal static class Giving
{
    internal static bool IsBeyond(People people, PeopleCommand command) => command switch
    {
        Grant c => !Has(people, c.By, c.Role, c.Place),
        DefineRole c => !HasEverywhere(people, c.By, c.Id, c.Permissions),
        RemoveRole c => !HasEverywhere(people, c.By, c.Id, []),
        TakeAway c => !Has(people, c.By, c.Role, c.Place),
        MapClaim c => !Has(people, c.By, c.Role, c.Place),
        UnmapClaim c => !Has(people, c.By, c.Role, c.Place),
        AwaitProvider c => IsBelow(people, c.By, c.Name),
        OfferLink c => IsBelow(people, c.By, c.Name),
        Disable c => IsBelow(people, c.By, c.Name),
        Enable c => IsBelow(people, c.By, c.Name),
        TurnOffTotp c => IsBelow(people, c.By, c.Name),
        RemovePasskey c => IsBelow(people, c.By, c.Name),
        _ => false,
    };

    /// <summary>Whether the other one has a right that this one has not.</summary>
    private static bool IsBelow(People people, string by, string other) =>
        by != other && people.Find(other) is { } person
        && people.GrantsOf(person).Any(grant => !Has(people, by, grant.Role, grant.Place));

    /// <summary>In the whole authority: its name has no '.'.</summary>
    private static bool HasEverywhere(People people, string by, string role, IEnumerable<Permission> permissions) =>
        people.Find(by) is not { } giver || people.GrantsOf(giver).Any(grant => !grant.Place.Contains('.', StringComparison.Ordinal)
            && Has(people, giver, permissions.Concat(people.OwnRoles.GetValueOrDefault(role)?.Permissions ?? []), grant.Place));

    private static bool Has(People people, string by, string role, string place) =>
        people.Find(by) is not { } giver // The hub itself acts, at its first start or by a command.
        || Has(people, giver, people.Role(role)?.Permissions ?? [], place);

    private static bool Has(People people, Person giver, IEnumerable<Permission> permissions, string place) =>
        people.GrantsOf(giver).Any(grant => grant.Role == Role.AdministratorId && Principal.IsIn(place, grant.Place))
        || (Principal.Of(place.Split('.')[0], giver, people) is var own && permissions.All(permission => own.May(permission, place)));
}
