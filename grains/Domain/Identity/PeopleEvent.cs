namespace Aufruf.Domain.Identity;

/// <summary>Facts about people, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(FirstLinkOffered), "first-link-offered")]
[JsonDerivedType(typeof(PersonInvited), "person-invited")]
[JsonDerivedType(typeof(LinkOffered), "link-offered")]
[JsonDerivedType(typeof(PasswordSet), "password-set")]
[JsonDerivedType(typeof(SignInFailed), "sign-in-failed")]
[JsonDerivedType(typeof(SignInUnlocked), "sign-in-unlocked")]
[JsonDerivedType(typeof(SessionBegun), "session-begun")]
[JsonDerivedType(typeof(KeyMade), "key-made")]
[JsonDerivedType(typeof(SessionEnded), "session-ended")]
[JsonDerivedType(typeof(SessionLocked), "session-locked")]
[JsonDerivedType(typeof(SessionUnlocked), "session-unlocked")]
[JsonDerivedType(typeof(PersonDisabled), "person-disabled")]
[JsonDerivedType(typeof(PersonEnabled), "person-enabled")]
[JsonDerivedType(typeof(RoleGranted), "role-granted")]
[JsonDerivedType(typeof(RoleTaken), "role-taken")]
[JsonDerivedType(typeof(SubstituteNamed), "substitute-named")]
[JsonDerivedType(typeof(RoleDefined), "role-defined")]
[JsonDerivedType(typeof(RoleRemoved), "role-removed")]
[JsonDerivedType(typeof(TotpTurnedOn), "totp-turned-on")]
[JsonDerivedType(typeof(TotpTurnedOff), "totp-turned-off")]
[JsonDerivedType(typeof(PersonEntered), "person-entered")]
[JsonDerivedType(typeof(ProviderAwaited), "provider-awaited")]
[JsonDerivedType(typeof(ClaimMapped), "claim-mapped")]
[JsonDerivedType(typeof(ClaimUnmapped), "claim-unmapped")]
[JsonDerivedType(typeof(ProviderLoggedOut), "provider-logged-out")]
[JsonDerivedType(typeof(PasskeyAdded), "passkey-added")]
[JsonDerivedType(typeof(PasskeyRenamed), "passkey-renamed")]
[JsonDerivedType(typeof(PasskeyRemoved), "passkey-removed")]
[JsonDerivedType(typeof(PasskeyUsed), "passkey-used")]
public abstract record PeopleEvent
{
    private PeopleEvent() { }
    public sealed record FirstLinkOffered(string LinkHash, DateTimeOffset Until, DateTimeOffset At) : PeopleEvent;
    public sealed record PersonInvited(string Name, string DisplayName, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record LinkOffered(string Name, string LinkHash, DateTimeOffset Until, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record PasswordSet(string Name, string PasswordHash, bool ByLink, DateTimeOffset At) : PeopleEvent;
    public sealed record SignInFailed(string Name, DateTimeOffset? LockedUntil, DateTimeOffset At) : PeopleEvent;
    public sealed record SignInUnlocked(string Name, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record SessionBegun(string Name, string Session, SignInWay Way, DateTimeOffset Until, long? Step, DateTimeOffset At)
        : PeopleEvent
    {
        /// <summary>Of a session by the provider, if it named one.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Sid { get; init; }
    }

    public sealed record KeyMade(string Name, string Session, string Label, DateTimeOffset Until, string By, DateTimeOffset At)
        : PeopleEvent;
    public sealed record SessionEnded(string Name, string Session, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record SessionLocked(string Name, string Session, DateTimeOffset At) : PeopleEvent;
    public sealed record SessionUnlocked(string Name, string Session, DateTimeOffset At) : PeopleEvent;
    public sealed record PersonDisabled(string Name, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record PersonEnabled(string Name, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record RoleGranted(string Name, string Role, string Place, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record RoleTaken(string Name, string Role, string Place, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record SubstituteNamed(string Name, string? Substitute, DateTimeOffset? Until, string By, DateTimeOffset At)
        : PeopleEvent;
    public sealed record RoleDefined(string Id, Texts RoleName, IReadOnlyList<Permission> Permissions, string By, DateTimeOffset At)
        : PeopleEvent;
    public sealed record RoleRemoved(string Id, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record TotpTurnedOn(string Name, string SealedSecret, long Step, DateTimeOffset At) : PeopleEvent;
    public sealed record TotpTurnedOff(string Name, string By, DateTimeOffset At) : PeopleEvent;

    /// <summary>By the provider, for the first time or with something new about the person.</summary>
    public sealed record PersonEntered(string Name, ProviderAccount Account, string DisplayName, IReadOnlyList<string> Claims,
        DateTimeOffset At) : PeopleEvent;
    public sealed record ProviderAwaited(string Name, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record ClaimMapped(string Value, string Role, string Place, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record ClaimUnmapped(string Value, string Role, string Place, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record ProviderLoggedOut(string Token, DateTimeOffset At) : PeopleEvent;
    public sealed record PasskeyAdded(string Name, NewPasskey Passkey, DateTimeOffset At) : PeopleEvent;
    public sealed record PasskeyRenamed(string Name, string Passkey, string Label, DateTimeOffset At) : PeopleEvent;
    public sealed record PasskeyRemoved(string Name, string Passkey, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record PasskeyUsed(string Name, PasskeyAnswer Answer, DateTimeOffset At) : PeopleEvent;
}
