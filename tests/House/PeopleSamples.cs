using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Identity.PeopleEvent;

namespace Aufruf.Tests.House;

/// <summary>Examples of all that happens to people, with every value set.</summary>
internal static class PeopleSamples
{
    private static readonly DateTimeOffset At = SmallOffice.Nine.AddMilliseconds(120);

    private static readonly ProviderAccount Account = new("https://login.alsdorf.example", "248289761001");

    private const string Hash = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    private static NewPasskey Laptop { get; } = new("c0dEpQj8HBSa", "Laptop", "pQECAyYgASFY", 7, ["internal", "hybrid"], true, false);

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
        Of("substitute-named", new SubstituteNamed("anna", "bert", At.AddDays(14), "bert", At)),
        Of("role-defined", new RoleDefined("front-desk", SmallOffice.Both("Empfang", "Front desk"),
            [Permission.Tickets, Permission.WatchDesk], "bert", At)),
        Of("role-removed", new RoleRemoved("front-desk", "bert", At)),
        Of("totp-turned-on", new TotpTurnedOn("anna", "sealed", 59_000_000, At)),
        Of("totp-turned-off", new TotpTurnedOff("anna", "bert", At)),
        Of("session-begun-by-provider",
            new SessionBegun("anna", Hash, SignInWay.Provider, At.AddHours(10), null, At) { Sid = Hash }, "sid", "step"),
        Of("person-entered", new PersonEntered("anna", Account, "Anna Schmitz", ["rathaus-service"], At)),
        Of("provider-awaited", new ProviderAwaited("anna", "bert", At)),
        Of("claim-mapped", new ClaimMapped("rathaus-service", "clerk", "alsdorf.rathaus", "bert", At)),
        Of("claim-unmapped", new ClaimUnmapped("rathaus-service", "clerk", "alsdorf.rathaus", "bert", At)),
        Of("provider-logged-out", new ProviderLoggedOut(Hash, At)),
        Of("passkey-added", new PasskeyAdded("anna", Laptop, At)),
        Of("passkey-renamed", new PasskeyRenamed("anna", Laptop.Id, "Dienst-Laptop", At)),
        Of("passkey-removed", new PasskeyRemoved("anna", Laptop.Id, "bert", At)),
        Of("passkey-used", new PasskeyUsed("anna", new(Laptop.Id, 8, true, At.AddSeconds(-9)), At)),
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
        new SubstituteNamed("anna", "bert", At.AddDays(14), "bert", At), new SubstituteNamed("bert", "anna", At.AddDays(14), "bert", At),
        new SubstituteNamed("bert", null, null, "bert", At),
        new RoleTaken("anna", "clerk", "alsdorf.rathaus", "bert", At), new TotpTurnedOff("anna", "bert", At),
        new PasskeyAdded("anna", Laptop, At), new PasskeyAdded("anna", Laptop with { Id = "other", Label = "Stick" }, At),
        new PasskeyAdded("anna", Laptop with { Id = "lost" }, At), new PasskeyRemoved("anna", "lost", "bert", At),
        new PasskeyRenamed("anna", "other", "USB", At), new PasskeyUsed("anna", new(Laptop.Id, 8, true, At.AddSeconds(-9)), At),
        new SessionBegun("anna", "three", SignInWay.Passkey, At.AddHours(10), null, At),
        new RoleDefined("gone", SmallOffice.Both("Fort", "Gone"), [Permission.Plans], "bert", At), new RoleRemoved("gone", "bert", At),
        new PersonDisabled("anna", "bert", At), new PersonEnabled("anna", "bert", At), new SignInFailed("anna", null, At),
        new ClaimMapped("group-1", "clerk", "alsdorf.rathaus", "bert", At), new ClaimMapped("group-2", "auditor", "alsdorf", "bert", At),
        new PersonEntered("carla", Account, "Carla", ["group-1"], At), new ProviderAwaited("anna", "bert", At),
        new SessionBegun("carla", "three", SignInWay.Provider, At.AddHours(10), null, At) { Sid = "sid" },
        new ClaimUnmapped("group-2", "auditor", "alsdorf", "bert", At), new ProviderLoggedOut("order", At),
    ];

    private static KeyValuePair<string, Sample> Of(string name, PeopleEvent value, params string[] mayLack) =>
        new($"journal/{name}", new Sample<PeopleEvent>(value, WireSamples.Domain<PeopleEvent>()) { MayLack = mayLack });
}
