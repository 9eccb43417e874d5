using static Aufruf.Domain.Identity.PeopleCommand;
using static Aufruf.Domain.Identity.PeopleEvent;

namespace Aufruf.Domain.Identity;

/// <summary>Passkeys are added, named and removed. Each opens the account of its person only, and each answer is good once.</summary>
internal static class HoldingPasskeys
{
    internal const int MostPasskeys = 10;

    private const int LongestLabel = 60;

    // WebAuthn: an id has at most 1,023 bytes. The largest key here is RSA with 4,096 bits.
    private const int LongestId = 1_364;
    private const int LongestKey = 1_000;
    private const int MostTransports = 8;
    private const int LongestTransport = 20;

    internal static Decision<PeopleEvent> Decide(People people, Person person, AddPasskey command, DateTimeOffset now) =>
        !person.IsEnabled ? Refusal.PersonDisabled
        : !IsWell(command.Passkey) ? Refusal.PasskeyMalformed
        : people.ByName.Values.Any(known => known.Passkeys.ContainsKey(command.Passkey.Id)) ? Refusal.PasskeyKnown
        : person.Passkeys.Count >= MostPasskeys ? Refusal.TooManyPasskeys
        : new PasskeyAdded(command.Name, command.Passkey, now);

    internal static Decision<PeopleEvent> Decide(Person person, RenamePasskey command, DateTimeOffset now) =>
        !person.Passkeys.TryGetValue(command.Passkey, out var known) ? Refusal.PasskeyUnknown
        : !IsLabel(command.Label) ? Refusal.PasskeyMalformed
        : known.Label == command.Label ? Array.Empty<PeopleEvent>()
        : new PasskeyRenamed(command.Name, command.Passkey, command.Label, now);

    /// <summary>It may be lost: the other sessions that began with a passkey end.</summary>
    internal static Decision<PeopleEvent> Decide(Person person, RemovePasskey command, DateTimeOffset now) =>
        !person.Passkeys.ContainsKey(command.Passkey) ? Refusal.PasskeyUnknown
        : new Decision<PeopleEvent>([new PasskeyRemoved(command.Name, command.Passkey, command.By, now),
            .. SigningIn.Endings(person, command.Kept, command.By, now)
                .Where(ending => person.Sessions[ending.Session].Way is SignInWay.Passkey)]);

    internal static Decision<PeopleEvent> Decide(Person person, EnterByPasskey command, DateTimeOffset now) =>
        !person.IsEnabled ? Refusal.PersonDisabled
        : WhyNot(person, command.Answer) is { } refusal ? refusal
        : new Decision<PeopleEvent>([Used(command.Name, command.Answer, now),
            .. SigningIn.Beginning(person,
                new(person.Name, command.Session, SignInWay.Passkey, command.Until, null, now))]);

    internal static Decision<PeopleEvent> Decide(Person person, UnlockByPasskey command, DateTimeOffset now) =>
        !person.Sessions.ContainsKey(command.Session) ? Refusal.SessionUnknown
        : WhyNot(person, command.Answer) is { } refusal ? refusal
        : new Decision<PeopleEvent>([Used(command.Name, command.Answer, now),
            .. person.Sessions[command.Session].IsLocked ? [new SessionUnlocked(command.Name, command.Session, now)]
                : Array.Empty<PeopleEvent>()]);

    internal static Person Apply(Person person, PasskeyAdded e) => person with
    {
        Passkeys = person.Passkeys.SetItem(e.Passkey.Id, new(e.Passkey.Id, e.Passkey.Label, e.Passkey.PublicKey, e.Passkey.SignCount,
            e.Passkey.Transports, e.Passkey.IsBackupEligible, e.Passkey.IsBackedUp, e.At)),
    };

    internal static Person Apply(Person person, PasskeyRenamed e) => With(person, e.Passkey, known => known with { Label = e.Label });

    internal static Person Apply(Person person, PasskeyUsed e) => With(person, e.Answer.Passkey, known => known with
    {
        SignCount = e.Answer.SignCount,
        IsBackedUp = e.Answer.IsBackedUp,
        LastChallenge = e.Answer.ChallengedAt,
        UsedAt = e.At,
    });

    private static Person With(Person person, string passkey, Func<Passkey, Passkey> change) =>
        person with { Passkeys = person.Passkeys.SetItem(passkey, change(person.Passkeys[passkey])) };

    private static PasskeyUsed Used(string name, PasskeyAnswer answer, DateTimeOffset now) => new(name, answer, now);

    /// <summary>An answer to a used challenge comes a second time. A count that does not grow comes from a copied device.</summary>
    private static Refusal? WhyNot(Person person, PasskeyAnswer answer) =>
        !person.Passkeys.TryGetValue(answer.Passkey, out var known) ? Refusal.PasskeyUnknown
        : answer.ChallengedAt <= known.LastChallenge
            || (answer.SignCount <= known.SignCount && (answer.SignCount, known.SignCount) is not (0, 0)) ? Refusal.PasskeyAnswered
        : null;

    private static bool IsWell(NewPasskey passkey) => passkey.Id.Length is > 0 and <= LongestId
        && passkey.PublicKey.Length is > 0 and <= LongestKey && IsLabel(passkey.Label)
        && passkey.Transports.Count <= MostTransports && passkey.Transports.All(transport => transport.Length <= LongestTransport);

    private static bool IsLabel(string label) => label.Length is > 0 and <= LongestLabel && !string.IsNullOrWhiteSpace(label)
        && !label.Any(char.IsControl);
}
