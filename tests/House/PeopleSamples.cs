using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Identity.PeopleEvent;

namespace Aufruf.Tests.House;

/// <summary>Examples of all that happens to people, with every value set.</summary>
internal static class PeopleSamples
{
    private static readonly DateTimeOffset At = SmallOffice.Nine.AddMilliseconds(120);

    private const string Hash = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    public static IEnumerable<KeyValuePair<string, Sample>> All { get; } =
    [
        Of("first-link-offered", new FirstLinkOffered(Hash, At.AddDays(1), At)),
        Of("person-invited", new PersonInvited("anna", "Anna Schmitz", "bert", At)),
        Of("link-offered", new LinkOffered("anna", Hash, At.AddDays(7), "bert", At)),
        Of("password-set", new PasswordSet("anna", "AQAAAAIAAzRQ", true, At)),
        Of("sign-in-failed", new SignInFailed("anna", At.AddMinutes(5), At)),
        Of("sign-in-unlocked", new SignInUnlocked("anna", "bert", At)),
        Of("session-begun", new SessionBegun("anna", Hash, SignInWay.PasswordAndCode, At.AddHours(10), 59_000_000, At)),
        Of("key-made", new KeyMade("anna", Hash, "Fachverfahren", At.AddDays(90), "command:root", At)),
        Of("session-ended", new SessionEnded("anna", Hash, "bert", At)),
        Of("session-locked", new SessionLocked("anna", Hash, At)),
        Of("session-unlocked", new SessionUnlocked("anna", Hash, At)),
        Of("person-disabled", new PersonDisabled("anna", "bert", At)),
        Of("person-enabled", new PersonEnabled("anna", "bert", At)),
        Of("role-granted", new RoleGranted("anna", "clerk", "alsdorf.rathaus.erdgeschoss", "bert", At)),
        Of("role-taken", new RoleTaken("anna", "clerk", "alsdorf.rathaus.erdgeschoss", "bert", At)),
        Of("role-defined", new RoleDefined("front-desk", SmallOffice.Both("Empfang", "Front desk"),
            [Permission.Tickets, Permission.WatchDesk], "bert", At)),
        Of("totp-turned-on", new TotpTurnedOn("anna", "sealed", 59_000_000, At)),
        Of("totp-turned-off", new TotpTurnedOff("anna", "bert", At)),
    ];

    /// <summary>Every event, in an order in which each can follow.</summary>
    public static PeopleEvent[] Events { get; } =
    [
        new FirstLinkOffered("hash-1", At.AddDays(1), At), new PersonInvited("bert", "Bert", "bert", At),
        new PasswordSet("bert", "secret", true, At), new RoleGranted("bert", "administrator", "alsdorf", "bert", At),
        new PersonInvited("anna", "Anna Schmitz", "bert", At), new LinkOffered("anna", "hash-2", At.AddDays(7), "bert", At),
        new PasswordSet("anna", "secret", true, At), new RoleGranted("anna", "clerk", "alsdorf.rathaus", "bert", At),
        new SignInFailed("anna", null, At), new SignInFailed("anna", At.AddMinutes(5), At), new SignInUnlocked("anna", "bert", At),
        new TotpTurnedOn("anna", "sealed", 5, At),
        new SessionBegun("anna", "one", SignInWay.PasswordAndCode, At.AddHours(10), 7, At), new SessionLocked("anna", "one", At),
        new SessionUnlocked("anna", "one", At), new SessionLocked("anna", "one", At),
        new SessionBegun("bert", "two", SignInWay.Password, At.AddHours(10), null, At), new SessionEnded("bert", "two", "bert", At),
        new KeyMade("bert", "three", "Fachverfahren", At.AddDays(90), "bert", At),
        new RoleDefined("front-desk", SmallOffice.Both("Empfang", "Front desk"), [Permission.Tickets], "bert", At),
        new RoleTaken("anna", "clerk", "alsdorf.rathaus", "bert", At), new TotpTurnedOff("anna", "bert", At),
        new PersonDisabled("anna", "bert", At), new PersonEnabled("anna", "bert", At), new SignInFailed("anna", null, At),
    ];

    private static KeyValuePair<string, Sample> Of(string name, PeopleEvent value) =>
        new($"journal/{name}", new Sample<PeopleEvent>(value, WireSamples.Domain<PeopleEvent>()));
}
