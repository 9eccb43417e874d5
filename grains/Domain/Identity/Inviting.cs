using static Aufruf.Domain.Identity.PeopleCommand;
using static Aufruf.Domain.Identity.PeopleEvent;

namespace Aufruf.Domain.Identity;

/// <summary>People come by a one-time link, on which they choose a password.</summary>
internal static class Inviting
{
    private const int LongestDisplayName = 100;

    internal static Decision<PeopleEvent> Decide(People people, CreateFirst command, DateTimeOffset now) =>
        people.ByName.Count > 0 || !IsGood(people.FirstLink, command.LinkHash, now) ? Refusal.LinkInvalid
        : !IsName(command.Name) || !IsDisplayName(command.DisplayName) ? Refusal.PersonMalformed
        : new Decision<PeopleEvent>([
            new PersonInvited(command.Name, command.DisplayName, command.Name, now),
            new PasswordSet(command.Name, command.PasswordHash, ByLink: true, now),
            new RoleGranted(command.Name, Role.AdministratorId, command.Authority, command.Name, now),
            .. from role in command.Works ? [Role.InCharge.Id, Role.CaseWork.Id] : Array.Empty<string>()
               select new RoleGranted(command.Name, role, command.Authority, command.Name, now),
        ]);

    internal static Decision<PeopleEvent> Decide(People people, Invite command, DateTimeOffset now) =>
        !IsName(command.Name) || !IsDisplayName(command.DisplayName) ? Refusal.PersonMalformed
        : people.Find(command.Name) is not null ? Refusal.PersonKnown
        : people.ByName.Count >= People.MostPeople ? Refusal.TooManyPeople
        : new Decision<PeopleEvent>([
            new PersonInvited(command.Name, command.DisplayName, command.By, now),
            new LinkOffered(command.Name, command.LinkHash, command.Until, command.By, now),
        ]);

    internal static Decision<PeopleEvent> Decide(Person person, SetPassword command, DateTimeOffset now) =>
        !person.IsEnabled || !IsGood(person.Link, command.LinkHash, now) ? Refusal.LinkInvalid
        : new Decision<PeopleEvent>([new PasswordSet(command.Name, command.PasswordHash, ByLink: true, now),
            .. SigningIn.Endings(person, kept: null, command.Name, now)]);

    internal static bool IsGood(OneTimeLink? link, string hash, DateTimeOffset now) =>
        link is not null && link.Until > now && link.Hash == hash;

    /// <summary>A name stands in a session, in an address and in the log. '@' goes before the authority.</summary>
    internal static bool IsName(string name) => name.Length is > 0 and <= Credentials.LongestHolder && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');

    internal static bool IsDisplayName(string name) => name.Length is > 0 and <= LongestDisplayName && !name.Any(char.IsControl)
        && !string.IsNullOrWhiteSpace(name);
}
