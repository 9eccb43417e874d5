using static Aufruf.Domain.Identity.PeopleCommand;
using static Aufruf.Domain.Identity.PeopleEvent;

namespace Aufruf.Domain.Identity;

/// <summary>Sessions begin and end. Wrong passwords lock the sign-in for a time, on all hubs together.</summary>
internal static class SigningIn
{
    // OWASP ASVS 5, 6.3.1: guesses are slowed down. Five a window leave 60 guesses in the first day.
    internal const int FailuresBeforeLock = 5;

    internal const int MostSessions = 20;
    internal const int MostKeys = 20;
    internal const int LongestLabel = 60;

    // A program that nobody remembers stops within a year.
    internal static readonly TimeSpan LongestKey = TimeSpan.FromDays(366);

    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    internal static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(5);
    internal static readonly TimeSpan LongestLock = TimeSpan.FromHours(1);

    internal static Decision<PeopleEvent> CountFailure(Person person, DateTimeOffset now)
    {
        if (person.IsLockedAt(now))
        {
            return Refusal.SignInLocked;
        }

        var isLast = CountIn(person.Failures, now) + 1 >= FailuresBeforeLock;
        var length = FirstLock * Math.Pow(2, Math.Min(person.Failures.Locks, 10));
        return new SignInFailed(person.Name, isLast ? now + (length < LongestLock ? length : LongestLock) : null, now);
    }

    internal static Decision<PeopleEvent> Decide(Person person, BeginSession command, DateTimeOffset now) =>
        !person.IsEnabled ? Refusal.PersonDisabled
        : person.IsLockedAt(now) ? Refusal.SignInLocked
        : person.Totp is { } totp && !(command.Step > totp.LastStep) ? Refusal.CodeUsed
        : new Decision<PeopleEvent>([
            .. Over(person, now)
                .Concat(person.Sessions.Where(s => s.Value.Until > now && s.Value.Way is not SignInWay.Key)
                    .OrderByDescending(s => s.Value.BegunAt).Skip(MostSessions - 1).Select(s => s.Key))
                .Select(session => new SessionEnded(person.Name, session, person.Name, now)),
            new SessionBegun(person.Name, command.Session, command.Way, command.Until, command.Step, now),
        ]);

    internal static Decision<PeopleEvent> Decide(Person person, MakeKey command, DateTimeOffset now) =>
        !person.IsEnabled ? Refusal.PersonDisabled
        : command.Label.Length is 0 or > LongestLabel || string.IsNullOrWhiteSpace(command.Label) || command.Label.Any(char.IsControl)
            || command.Until <= now || command.Until > now + LongestKey ? Refusal.KeyMalformed
        : person.Sessions.Values.Count(s => s.Way is SignInWay.Key && s.Until > now) >= MostKeys ? Refusal.TooManyKeys
        : new Decision<PeopleEvent>([
            .. Over(person, now).Select(session => new SessionEnded(person.Name, session, person.Name, now)),
            new KeyMade(person.Name, command.Session, command.Label, command.Until, command.By, now),
        ]);

    private static IEnumerable<string> Over(Person person, DateTimeOffset now) =>
        person.Sessions.Where(s => s.Value.Until <= now).Select(s => s.Key);

    /// <summary>A key has no desk that could be locked.</summary>
    internal static Decision<PeopleEvent> Lock(Person person, string session, bool isLocked, PeopleEvent happened) =>
        !person.Sessions.TryGetValue(session, out var known) || known.Way is SignInWay.Key ? Refusal.SessionUnknown
        : known.IsLocked == isLocked ? Array.Empty<PeopleEvent>() : happened;

    /// <summary>The ends of all sessions but one.</summary>
    internal static IEnumerable<PeopleEvent> Endings(Person person, string? kept, string by, DateTimeOffset now) =>
        person.Sessions.Keys.Where(session => session != kept).Select(session => new SessionEnded(person.Name, session, by, now));

    internal static Person Apply(Person person, SignInFailed e) => person with
    {
        Failures = e.LockedUntil is { } until ? new(0, person.Failures.Locks + 1, null, until)
            : new(CountIn(person.Failures, e.At) + 1, person.Failures.Locks,
                CountIn(person.Failures, e.At) == 0 ? e.At : person.Failures.Since, null),
    };

    internal static Person Apply(Person person, SessionBegun e) => person with
    {
        Sessions = person.Sessions.SetItem(e.Session, new(e.Way, e.At, e.Until)),
        Failures = new(0, 0, null, null),
        Totp = person.Totp is { } totp && e.Step is { } step ? totp with { LastStep = step } : person.Totp,
    };

    internal static Person Apply(Person person, string session, bool isLocked) =>
        person with { Sessions = person.Sessions.SetItem(session, person.Sessions[session] with { IsLocked = isLocked }) };

    private static int CountIn(Failures failures, DateTimeOffset now) =>
        failures.Since is { } since && now - since < Window ? failures.Count : 0;
}
