using Aufruf.Domain;
using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>Administrators keep the people of their authority.</summary>
public interface IStaffPeople
{
    /// <summary>As this hub knows them.</summary>
    People Of(string authority);

    /// <summary>Where a role can hold: the authority, its offices and their areas, each with its name.</summary>
    IReadOnlyList<RolePlace> PlacesOf(string authority, string language);

    /// <exception cref="JournalUnavailableException">Whether it was carried out is unknown.</exception>
    Task<Refusal?> HandleAsync(string authority, PeopleCommand command);

    /// <summary>Invites somebody, or gives a new link to somebody who is there.</summary>
    /// <param name="displayName">Null: somebody who is there.</param>
    Task<(Refusal? Refusal, string? Link)> InviteAsync(string authority, string name, string? displayName, string by);

    /// <summary>Ends all sessions of somebody who went home, and closes the counters where they sit.</summary>
    /// <returns>The number of counters that stay open, because a citizen is there.</returns>
    Task<int> LogOffAsync(string authority, string name, string by);
}

/// <param name="Key">"alsdorf.rathaus.hall".</param>
public sealed record RolePlace(string Key, string Name);
