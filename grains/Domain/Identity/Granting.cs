using static Aufruf.Domain.Identity.PeopleCommand;
using static Aufruf.Domain.Identity.PeopleEvent;

namespace Aufruf.Domain.Identity;

/// <summary>Roles are granted in places and taken away. Somebody administers the whole authority at all times.</summary>
/// <remarks>That one has an own password. A role by the provider's table does not count: the provider may be silent.</remarks>
internal static class Granting
{
    private const int MostRoles = 50;
    internal const int LongestPlace = 200;

    internal static Decision<PeopleEvent> Decide(People people, Person person, Grant command, DateTimeOffset now) =>
        people.Role(command.Role) is null ? Refusal.RoleUnknown
        : command.Place.Length is 0 or > LongestPlace || person.Grants.Count >= People.MostGrants ? Refusal.TooManyRoles
        : person.Grants.Contains(new(command.Role, command.Place)) ? Array.Empty<PeopleEvent>()
        : new RoleGranted(command.Name, command.Role, command.Place, command.By, now);

    internal static Decision<PeopleEvent> Decide(People people, Person person, TakeAway command, DateTimeOffset now) =>
        !person.Grants.Contains(new(command.Role, command.Place)) ? Array.Empty<PeopleEvent>()
        : Administers(new(command.Role, command.Place)) && IsLast(people, person) ? Refusal.LastAdministrator
        : new RoleTaken(command.Name, command.Role, command.Place, command.By, now);

    /// <summary>A substitute gets no right by it, and takes over only tasks of own roles. So a person may name one without more.</summary>
    internal static Decision<PeopleEvent> Decide(People people, Person person, NameSubstitute command, DateTimeOffset now) =>
        (command.Substitute, command.Until) is not ({ } other, { } until)
            ? person.Absence is null ? Array.Empty<PeopleEvent>() : new SubstituteNamed(person.Name, null, null, command.By, now)
        : people.Find(other) is not { IsEnabled: true } ? Refusal.PersonUnknown
        : other == person.Name ? Refusal.SubstituteSame
        : until <= now || until > now.AddYears(1) ? Refusal.SubstituteTime
        : person.Absence == new Absence(other, until) ? Array.Empty<PeopleEvent>()
        : new SubstituteNamed(person.Name, other, until, command.By, now);

    internal static Decision<PeopleEvent> Decide(People people, Person person, Disable command, DateTimeOffset now) =>
        !person.IsEnabled ? Array.Empty<PeopleEvent>()
        : person.Grants.Exists(Administers) && IsLast(people, person) ? Refusal.LastAdministrator
        : new PersonDisabled(command.Name, command.By, now);

    internal static Decision<PeopleEvent> Decide(People people, DefineRole command, DateTimeOffset now) =>
        !IsId(command.Id) || Role.BuiltIn.Any(role => role.Id == command.Id)
            || !command.Name.TryGetValue("de", out var name) || string.IsNullOrWhiteSpace(name)
            || command.Name.Values.Any(n => n.Length > 100)
            || command.Permissions.Count == 0 || command.Permissions.Any(p => !Role.Grantable.Contains(p)) ? Refusal.RoleMalformed
        : people.OwnRoles.Count >= MostRoles && !people.OwnRoles.ContainsKey(command.Id) ? Refusal.TooManyRoles
        : new RoleDefined(command.Id, command.Name, [.. command.Permissions.Distinct().Order()], command.By, now);

    internal static Decision<PeopleEvent> Decide(People people, RemoveRole command, DateTimeOffset now) =>
        !people.OwnRoles.ContainsKey(command.Id) ? Refusal.RoleUnknown
        : people.HoldersOf(command.Id).Any() || people.ClaimRoles.Any(row => row.Role == command.Id) ? Refusal.RoleHeld
        : new RoleRemoved(command.Id, command.By, now);

    internal static Role RoleOf(RoleDefined e) => new(e.Id, e.RoleName, [Permission.OwnAccount, .. Sight.With(e.Permissions)]);

    /// <summary>Of the whole authority: its name has no '.'.</summary>
    private static bool Administers(RoleGrant grant) =>
        grant.Role == Role.AdministratorId && !grant.Place.Contains('.', StringComparison.Ordinal);

    private static bool IsLast(People people, Person person) => people.ByName.Values
        .All(other => other.Name == person.Name || !other.IsEnabled || other.PasswordHash is null || !other.Grants.Exists(Administers));

    private static bool IsId(string id) => id.Length is > 0 and <= Role.LongestId && char.IsAsciiLetterLower(id[0])
        && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');
}
