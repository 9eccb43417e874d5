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
[JsonDerivedType(typeof(RoleDefined), "role-defined")]
[JsonDerivedType(typeof(TotpTurnedOn), "totp-turned-on")]
[JsonDerivedType(typeof(TotpTurnedOff), "totp-turned-off")]
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
        : PeopleEvent;
    public sealed record KeyMade(string Name, string Session, string Label, DateTimeOffset Until, string By, DateTimeOffset At)
        : PeopleEvent;
    public sealed record SessionEnded(string Name, string Session, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record SessionLocked(string Name, string Session, DateTimeOffset At) : PeopleEvent;
    public sealed record SessionUnlocked(string Name, string Session, DateTimeOffset At) : PeopleEvent;
    public sealed record PersonDisabled(string Name, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record PersonEnabled(string Name, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record RoleGranted(string Name, string Role, string Place, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record RoleTaken(string Name, string Role, string Place, string By, DateTimeOffset At) : PeopleEvent;
    public sealed record RoleDefined(string Id, Texts RoleName, IReadOnlyList<Permission> Permissions, string By, DateTimeOffset At)
        : PeopleEvent;
    public sealed record TotpTurnedOn(string Name, string SealedSecret, long Step, DateTimeOffset At) : PeopleEvent;
    public sealed record TotpTurnedOff(string Name, string By, DateTimeOffset At) : PeopleEvent;
}
