using static Aufruf.Domain.Identity.PeopleCommand;
using static Aufruf.Domain.Identity.PeopleEvent;

namespace Aufruf.Domain.Identity;

/// <summary>People who enter with an account of the town's provider. The town's table says which roles its claims give.</summary>
internal static class ByProvider
{
    /// <summary>Stands in the journal as the one who did it. No person's name has an '@'.</summary>
    internal const string Name = "@provider";

    private const int MostRows = 200;
    private const int LongestValue = 200;

    // OpenID Connect Core 1.0, section 2: a subject has at most 255 characters.
    private const int LongestSubject = 255;

    // A log-out token is refused when it is older, so its id need not be kept for longer.
    private static readonly TimeSpan LogoutsKept = TimeSpan.FromMinutes(30);

    internal static Decision<PeopleEvent> Decide(People people, EnterByProvider command, DateTimeOffset now)
    {
        var known = people.ByName.Values.FirstOrDefault(p => p.Provider == command.Account);
        var namesake = people.Find(command.Name);
        var person = known ?? (namesake is { AwaitsProvider: true } ? namesake : null);
        return people.ByName.Count == 0 ? Refusal.NoAdministratorYet
            : command.Account.Subject.Length is 0 or > LongestSubject ? Refusal.ProviderNameUnusable
            : person is { IsEnabled: false } ? Refusal.PersonDisabled
            : person is null && namesake is not null ? Refusal.ProviderNameTaken
            : person is null && !Inviting.IsName(command.Name) ? Refusal.ProviderNameUnusable
            : person is null && people.ByName.Count >= People.MostPeople ? Refusal.TooManyPeople
            : new Decision<PeopleEvent>([.. Entering(people, person, command, now)]);
    }

    internal static Decision<PeopleEvent> Decide(Person person, AwaitProvider command, DateTimeOffset now) =>
        person is { AwaitsProvider: true, Provider: null } ? Array.Empty<PeopleEvent>()
        : new Decision<PeopleEvent>([
            .. person.Sessions.Where(s => s.Value.Way == SignInWay.Provider)
                .Select(s => new SessionEnded(person.Name, s.Key, command.By, now)),
            new ProviderAwaited(command.Name, command.By, now),
        ]);

    internal static Decision<PeopleEvent> Decide(People people, MapClaim command, DateTimeOffset now) =>
        people.Role(command.Role) is null ? Refusal.RoleUnknown
        : string.IsNullOrWhiteSpace(command.Value) || command.Value.Length > LongestValue || command.Value.Any(char.IsControl)
            || command.Place.Length is 0 or > Granting.LongestPlace ? Refusal.MappingMalformed
        : people.ClaimRoles.Contains(new(command.Value, command.Role, command.Place)) ? Array.Empty<PeopleEvent>()
        : people.ClaimRoles.Count >= MostRows ? Refusal.TooManyClaims
        : new ClaimMapped(command.Value, command.Role, command.Place, command.By, now);

    internal static Decision<PeopleEvent> Decide(People people, UnmapClaim command, DateTimeOffset now) =>
        !people.ClaimRoles.Contains(new(command.Value, command.Role, command.Place)) ? Array.Empty<PeopleEvent>()
        : new ClaimUnmapped(command.Value, command.Role, command.Place, command.By, now);

    internal static Decision<PeopleEvent> Decide(People people, EndByProvider command, DateTimeOffset now) =>
        people.UsedLogouts.ContainsKey(command.Token) ? Refusal.LogoutUsed
        : new Decision<PeopleEvent>([
            new ProviderLoggedOut(command.Token, now),
            .. from person in people.ByName.Values
               where person.Provider?.Issuer == command.Issuer && (command.Subject ?? person.Provider.Subject) == person.Provider.Subject
               from session in person.Sessions
               where session.Value.Way == SignInWay.Provider && (command.Sid ?? session.Value.Sid) == session.Value.Sid
               select new SessionEnded(person.Name, session.Key, Name, now),
        ]);

    internal static People Apply(People people, PersonEntered e) => people with
    {
        ByName = people.ByName.SetItem(e.Name, (people.Find(e.Name) ?? new(e.Name, e.DisplayName)) with
        {
            DisplayName = e.DisplayName,
            Provider = e.Account,
            AwaitsProvider = false,
            Claims = [.. e.Claims],
        }),
    };

    internal static People Apply(People people, ProviderLoggedOut e) => people with
    {
        UsedLogouts = people.UsedLogouts.RemoveRange(people.UsedLogouts.Where(used => used.Value < e.At - LogoutsKept).Select(u => u.Key))
            .SetItem(e.Token, e.At),
    };

    private static IEnumerable<PeopleEvent> Entering(People people, Person? person, EnterByProvider command, DateTimeOffset now)
    {
        var name = person?.Name ?? command.Name;
        var displayName = Inviting.IsDisplayName(command.DisplayName) ? command.DisplayName : person?.DisplayName ?? name;
        // Values that the table does not name are kept nowhere: they may say more of a person than the hub must know.
        string[] claims = [.. people.ClaimRoles.Select(row => row.Value).Where(command.Values.Contains).Distinct()
            .Order(StringComparer.Ordinal)];
        if (person is null || person.Provider != command.Account || person.DisplayName != displayName
            || !person.Claims.SequenceEqual(claims))
        {
            yield return new PersonEntered(name, command.Account, displayName, claims, now);
        }

        person ??= new(name, displayName);
        if (command.Instead is { } instead && person.Sessions.ContainsKey(instead))
        {
            yield return new SessionEnded(name, instead, name, now);
            person = person with { Sessions = person.Sessions.Remove(instead) };
        }

        foreach (var begun in SigningIn.Beginning(person,
            new SessionBegun(name, command.Session, SignInWay.Provider, command.Until, null, now) { Sid = command.Sid }))
        {
            yield return begun;
        }
    }
}
