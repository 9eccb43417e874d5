using System.Collections.Frozen;

namespace Aufruf.Domain.Identity;

/// <summary>The one who asks for something, whatever the way in: a person's session or key, a device, a screen, a citizen.</summary>
/// <remarks>It holds no personal data besides the holder's name.</remarks>
public sealed class Principal
{
    private static readonly FrozenSet<Permission> Everybodys =
        [Permission.Public, Permission.OwnTicket, Permission.OwnAppointment, Permission.OwnCase];

    /// <summary>The one place that says which permissions a kind of credential gives.</summary>
    private static readonly FrozenDictionary<CredentialKind, FrozenSet<Permission>> Given =
        new Dictionary<CredentialKind, FrozenSet<Permission>>
        {
            [CredentialKind.Display] = [Permission.WatchBoard],
            [CredentialKind.Kiosk] = [Permission.WatchKiosk, Permission.TakeTicket],
            [CredentialKind.Device] = [Permission.SpeakAsDevice],
            [CredentialKind.Feed] = [Permission.ReadFeed],
            [CredentialKind.Mail] = [Permission.ReturnMail],
        }.ToFrozenDictionary();

    private readonly (string Place, IReadOnlySet<Permission> Permissions)[] _grants;

    private Principal(string who, IReadOnlySet<Permission> everywhere, params (string, IReadOnlySet<Permission>)[] grants) =>
        (Who, Everywhere, _grants) = (who, everywhere, grants);

    /// <summary>Anybody without a credential. To a ticket or an appointment they show its code.</summary>
    public static Principal Citizen { get; } = new("", Everybodys);

    /// <summary>A program on the hub's own machine, for example a collector of metrics.</summary>
    public static Principal ThisMachine { get; } = new("", (FrozenSet<Permission>)[.. Everybodys, Permission.Operate]);

    /// <summary>The holder's name, as it stands in the credential; empty without one.</summary>
    public string Who { get; }

    /// <summary>The permissions that hold in every place.</summary>
    private IReadOnlySet<Permission> Everywhere { get; }

    /// <summary>The authority of the places, "alsdorf"; null without a place.</summary>
    public string? Authority => _grants is [var (place, _), ..] ? place.Split('.')[0] : null;

    /// <summary>Where some permission holds: an authority "alsdorf", an office "alsdorf.rathaus", an area of it.</summary>
    public IEnumerable<string> Places => _grants.Select(grant => grant.Place).Distinct();

    public static Principal Of(CredentialKind kind, string office, string holder) => new(holder, Everybodys, (office, Given[kind]));

    /// <summary>A person with the roles that were granted. One without any may still enter the own account.</summary>
    public static Principal Of(string authority, Person person, People people) => new(person.Name, Everybodys,
    [
        (authority, OwnOnly),
        .. people.GrantsOf(person).Where(grant => IsIn(grant.Place, authority))
            .Select(grant => (grant.Place, people.Role(grant.Role)?.Permissions ?? None)),
    ]);

    private static readonly FrozenSet<Permission> OwnOnly = [Permission.OwnAccount];
    private static readonly IReadOnlySet<Permission> None = FrozenSet<Permission>.Empty;

    /// <summary>The one check. A grant holds in its place and in all places inside it.</summary>
    /// <param name="place">Null: whether there is any place where the permission holds.</param>
    public bool May(Permission permission, string? place = null) => Everywhere.Contains(permission)
        || _grants.Any(grant => grant.Permissions.Contains(permission) && (place is null || IsIn(place, grant.Place)));

    /// <summary>Whether the permission holds in the place, or in some place inside it.</summary>
    public bool MayWithin(Permission permission, string place) => May(permission, place)
        || _grants.Any(grant => grant.Permissions.Contains(permission) && IsIn(grant.Place, place));

    /// <summary>False: a role was granted, taken away or changed between the two.</summary>
    public bool HasRightsOf(Principal other) => _grants.Length == other._grants.Length && _grants.Zip(other._grants)
        .All(pair => pair.First.Place == pair.Second.Place && pair.First.Permissions.SetEquals(pair.Second.Permissions));

    internal static bool IsIn(string place, string whole) => place == whole
        || (place.Length > whole.Length && place[whole.Length] == '.' && place.StartsWith(whole, StringComparison.Ordinal));
}
