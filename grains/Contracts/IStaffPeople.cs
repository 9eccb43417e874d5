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

    /// <summary>Invites somebody with a first role. When the role is refused, nobody is invited.</summary>
    /// <returns>The path of the link on which the person chooses a password. It is shown once.</returns>
    Task<(Refusal? Refusal, string? Link)> HireAsync(string authority, string name, string displayName, RoleGrant role, string by);

    /// <summary>A new link for somebody who is there.</summary>
    Task<(Refusal? Refusal, string? Link)> OfferLinkAsync(string authority, string name, string by);

    /// <summary>Ends all sessions of somebody who went home, and closes the counters where they sit.</summary>
    /// <returns>The number of counters that stay open, because a citizen is there.</returns>
    Task<int> LogOffAsync(string authority, string name, string by);
}

/// <param name="Key">"alsdorf.rathaus.hall".</param>
public sealed record RolePlace(string Key, string Name);
