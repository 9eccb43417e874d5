using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Api;

/// <summary>Somebody of the staff, in a list.</summary>
internal sealed record PersonInfo(string Name, string DisplayName, PersonState State, IReadOnlyList<HeldRole> Roles)
{
    public static PersonInfo Of(People people, Person person) => new(person.Name, person.DisplayName, person.State,
    [
        .. person.Grants.Select(grant => new HeldRole(grant.Role, grant.Place, IsByProvider: false)),
        .. people.ProvidedTo(person).Select(grant => new HeldRole(grant.Role, grant.Place, IsByProvider: true)),
    ]);
}

/// <param name="IsByProvider">The provider's table gives it: it is taken away there.</param>
internal sealed record HeldRole(string Role, string Place, bool IsByProvider);

/// <summary>One person, with all that an administrator can end.</summary>
/// <param name="AwaitsProvider">The next account of the provider with this name becomes this person's.</param>
internal sealed record PersonDesk(PersonInfo Person, bool HasTotp, ProviderAccount? Provider, bool AwaitsProvider,
    IReadOnlyList<HeldSession> Sessions, IReadOnlyList<HeldPasskey> Passkeys)
{
    public static PersonDesk Of(People people, Person person) => new(PersonInfo.Of(people, person), person.Totp is not null,
        person.Provider, person.AwaitsProvider,
        [.. person.Sessions.OrderByDescending(s => s.Value.BegunAt)
            .Select(s => new HeldSession(s.Key, s.Value.Way, s.Value.Label, s.Value.BegunAt, s.Value.Until, s.Value.IsLocked))],
        [.. person.Passkeys.Values.Select(p => new HeldPasskey(p.Id, p.Label, p.AddedAt, p.UsedAt))]);
}

/// <param name="Id">The hash of its secret.</param>
/// <param name="Label">The name of a key; null: a session of the pages.</param>
internal sealed record HeldSession(
    string Id, SignInWay Way, string? Label, DateTimeOffset BegunAt, DateTimeOffset Until, bool IsLocked);

internal sealed record HeldPasskey(string Id, string Label, DateTimeOffset AddedAt, DateTimeOffset? UsedAt);
