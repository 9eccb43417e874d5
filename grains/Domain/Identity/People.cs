using static Aufruf.Domain.Identity.PeopleCommand;
using static Aufruf.Domain.Identity.PeopleEvent;

namespace Aufruf.Domain.Identity;

/// <summary>The staff of an authority: who they are, what they may, and where they are signed in.</summary>
/// <param name="ByName">By log-in name.</param>
/// <param name="OwnRoles">The roles that the town has defined, by id.</param>
public sealed record People(ImmutableSortedDictionary<string, Person> ByName, ImmutableSortedDictionary<string, Role> OwnRoles)
    : IAggregate<People, PeopleCommand, PeopleEvent>
{
    public const string StreamKind = "people";

    /// <summary>Has the first link of a hub without any town, and never people.</summary>
    public const string NewTown = "-";

    public const int MostPeople = 2_000;

    public const int MostGrants = 50;

    public static int Schema => 5;

    public static People Empty { get; } = new(ImmutableSortedDictionary.Create<string, Person>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, Role>(StringComparer.Ordinal));

    /// <summary>Opens the page that creates the first administrator; null: somebody is there, or none was offered.</summary>
    public OneTimeLink? FirstLink { get; init; }

    /// <summary>The roles that the provider's claims give.</summary>
    public ImmutableList<ClaimRole> ClaimRoles { get; init; } = [];

    /// <summary>The last log-outs by the provider, each with the hash of its id.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> UsedLogouts { get; init; } =
        ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    public static string StreamOf(string authority) => $"{StreamKind}/{authority}";

    public Person? Find(string name) => ByName.GetValueOrDefault(name);

    [JsonIgnore]
    public IEnumerable<Role> Roles => Identity.Role.BuiltIn.Concat(OwnRoles.Values);

    public Role? Role(string id) => Identity.Role.BuiltIn.FirstOrDefault(role => role.Id == id) ?? OwnRoles.GetValueOrDefault(id);

    /// <summary>The roles that hold now: those that were granted here, and those that the claims of the last entry give.</summary>
    public IEnumerable<RoleGrant> GrantsOf(Person person) => person.Grants.Concat(ProvidedTo(person)).Distinct();

    public IEnumerable<Person> HoldersOf(string role) =>
        ByName.Values.Where(person => GrantsOf(person).Any(grant => grant.Role == role));

    /// <summary>The roles by the table: a row that was removed gives nothing any more.</summary>
    public IEnumerable<RoleGrant> ProvidedTo(Person person) => ClaimRoles.Where(row => person.Claims.Contains(row.Value))
        .Select(row => new RoleGrant(row.Role, row.Place)).Distinct();

    public Decision<PeopleEvent> Decide(PeopleCommand command, DateTimeOffset now) => command switch
    {
        _ when Giving.IsBeyond(this, command) => Refusal.BeyondOwnRights,
        OfferFirst c => ByName.Count > 0 ? Array.Empty<PeopleEvent>() : new FirstLinkOffered(c.LinkHash, c.Until, now),
        CreateFirst c => Inviting.Decide(this, c, now),
        Invite c => Inviting.Decide(this, c, now),
        DefineRole c => Granting.Decide(this, c, now),
        EnterByProvider c => ByProvider.Decide(this, c, now),
        MapClaim c => ByProvider.Decide(this, c, now),
        UnmapClaim c => ByProvider.Decide(this, c, now),
        EndByProvider c => ByProvider.Decide(this, c, now),
        RemoveRole c => Granting.Decide(this, c, now),
        _ => Find(NameIn(command)) is { } person ? DecideFor(person, command, now) : Refusal.PersonUnknown,
    };

    private Decision<PeopleEvent> DecideFor(Person person, PeopleCommand command, DateTimeOffset now) => command switch
    {
        OfferLink c => new LinkOffered(c.Name, c.LinkHash, c.Until, c.By, now),
        SetPassword c => Inviting.Decide(person, c, now),
        ChangePassword c => new Decision<PeopleEvent>([new PasswordSet(c.Name, c.PasswordHash, ByLink: false, now),
            .. SigningIn.Endings(person, c.Session, c.Name, now)]),
        CountFailure => SigningIn.CountFailure(person, now),
        Unlock c => new SignInUnlocked(c.Name, c.By, now),
        BeginSession c => SigningIn.Decide(person, c, now),
        MakeKey c => SigningIn.Decide(person, c, now),
        EndSession c => person.Sessions.ContainsKey(c.Session) ? new SessionEnded(c.Name, c.Session, c.By, now) : Refusal.SessionUnknown,
        EndAllSessions c => new Decision<PeopleEvent>([.. SigningIn.Endings(person, c.Kept, c.By, now)]),
        LockSession c => SigningIn.Lock(person, c.Session, isLocked: true, new SessionLocked(c.Name, c.Session, now)),
        UnlockSession c => SigningIn.Lock(person, c.Session, isLocked: false, new SessionUnlocked(c.Name, c.Session, now)),
        Disable c => Granting.Decide(this, person, c, now),
        Enable c => person.IsEnabled ? Array.Empty<PeopleEvent>() : new PersonEnabled(c.Name, c.By, now),
        Grant c => Granting.Decide(this, person, c, now),
        TakeAway c => Granting.Decide(this, person, c, now),
        NameSubstitute c => Granting.Decide(this, person, c, now),
        TurnOnTotp c => new TotpTurnedOn(c.Name, c.SealedSecret, c.Step, now),
        AwaitProvider c => ByProvider.Decide(person, c, now),
        TurnOffTotp c => person.Totp is null ? Array.Empty<PeopleEvent>() : new TotpTurnedOff(c.Name, c.By, now),
        AddPasskey c => HoldingPasskeys.Decide(this, person, c, now),
        RenamePasskey c => HoldingPasskeys.Decide(person, c, now),
        RemovePasskey c => HoldingPasskeys.Decide(person, c, now),
        EnterByPasskey c => HoldingPasskeys.Decide(person, c, now),
        UnlockByPasskey c => HoldingPasskeys.Decide(person, c, now),
        _ => throw new UnreachableException(),
    };

    private static string NameIn(PeopleCommand command) => command switch
    {
        OfferLink c => c.Name,
        SetPassword c => c.Name,
        ChangePassword c => c.Name,
        CountFailure c => c.Name,
        Unlock c => c.Name,
        BeginSession c => c.Name,
        MakeKey c => c.Name,
        EndSession c => c.Name,
        EndAllSessions c => c.Name,
        LockSession c => c.Name,
        UnlockSession c => c.Name,
        Disable c => c.Name,
        Enable c => c.Name,
        Grant c => c.Name,
        TakeAway c => c.Name,
        NameSubstitute c => c.Name,
        TurnOnTotp c => c.Name,
        TurnOffTotp c => c.Name,
        AwaitProvider c => c.Name,
        AddPasskey c => c.Name,
        RenamePasskey c => c.Name,
        RemovePasskey c => c.Name,
        EnterByPasskey c => c.Name,
        UnlockByPasskey c => c.Name,
        _ => throw new UnreachableException(),
    };

    public People Apply(PeopleEvent happened) => happened switch
    {
        FirstLinkOffered e => this with { FirstLink = new(e.LinkHash, e.Until) },
        PersonInvited e => this with { FirstLink = null, ByName = ByName.Add(e.Name, new(e.Name, e.DisplayName)) },
        LinkOffered e => With(e.Name, p => p with { Link = new(e.LinkHash, e.Until) }),
        PasswordSet e => With(e.Name, p => p with
        {
            PasswordHash = e.PasswordHash,
            Link = null,
            Failures = new(0, 0, null, null),
        }),
        SignInFailed e => With(e.Name, p => SigningIn.Apply(p, e)),
        SignInUnlocked e => With(e.Name, p => p with { Failures = new(0, 0, null, null) }),
        SessionBegun e => With(e.Name, p => SigningIn.Apply(p, e)),
        KeyMade e => With(e.Name, p => p with
        {
            Sessions = p.Sessions.SetItem(e.Session, new(SignInWay.Key, e.At, e.Until) { Label = e.Label }),
        }),
        SessionEnded e => With(e.Name, p => p with { Sessions = p.Sessions.Remove(e.Session) }),
        SessionLocked e => With(e.Name, p => SigningIn.Apply(p, e.Session, isLocked: true)),
        SessionUnlocked e => With(e.Name, p => SigningIn.Apply(p, e.Session, isLocked: false)),
        PersonDisabled e => With(e.Name, p => p with { IsEnabled = false, Link = null, Sessions = p.Sessions.Clear() }),
        PersonEnabled e => With(e.Name, p => p with { IsEnabled = true }),
        RoleGranted e => With(e.Name, p => p with { Grants = p.Grants.Add(new(e.Role, e.Place)) }),
        RoleTaken e => With(e.Name, p => p with { Grants = p.Grants.Remove(new(e.Role, e.Place)) }),
        SubstituteNamed e => With(e.Name, p => p with
        {
            Absence = e is { Substitute: { } other, Until: { } until } ? new(other, until) : null,
        }),
        RoleDefined e => this with { OwnRoles = OwnRoles.SetItem(e.Id, Granting.RoleOf(e)) },
        RoleRemoved e => this with { OwnRoles = OwnRoles.Remove(e.Id) },
        TotpTurnedOn e => With(e.Name, p => p with { Totp = new(e.SealedSecret, e.Step) }),
        TotpTurnedOff e => With(e.Name, p => p with { Totp = null }),
        PersonEntered e => ByProvider.Apply(this, e),
        ProviderAwaited e => With(e.Name, p => p with { Provider = null, AwaitsProvider = true, Claims = [] }),
        ClaimMapped e => this with { ClaimRoles = ClaimRoles.Add(new(e.Value, e.Role, e.Place)) },
        ClaimUnmapped e => this with { ClaimRoles = ClaimRoles.Remove(new(e.Value, e.Role, e.Place)) },
        ProviderLoggedOut e => ByProvider.Apply(this, e),
        PasskeyAdded e => With(e.Name, p => HoldingPasskeys.Apply(p, e)),
        PasskeyRenamed e => With(e.Name, p => HoldingPasskeys.Apply(p, e)),
        PasskeyRemoved e => With(e.Name, p => p with { Passkeys = p.Passkeys.Remove(e.Passkey) }),
        PasskeyUsed e => With(e.Name, p => HoldingPasskeys.Apply(p, e)),
        _ => throw new UnreachableException(),
    };

    private People With(string name, Func<Person, Person> change) => this with { ByName = ByName.SetItem(name, change(ByName[name])) };
}
