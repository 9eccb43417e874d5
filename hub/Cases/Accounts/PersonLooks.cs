using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Cases.Accounts;

/// <summary>Follows the log of access: a look at a case that was sent with an account comes into the file of its person.</summary>
internal sealed class PersonLooks(PersonFiles persons, IGrainFactory grains, FollowUpNeeds needs, ILogger<PersonLooks> log)
    : FollowUp("looks at persons", AccessLog.StreamKind, needs, log, "case")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var authority = entry.Stream[(AccessLog.StreamKind.Length + 1)..].Split('.')[0];
        var looks = EntryContent<AccessLogEvent>.Read(entry).Events.OfType<AccessLogEvent.AccessNoted>()
            .Where(noted => noted.Access.What is AccessKind.Case);
        foreach (var (noted, index) in looks.Select((noted, index) => (noted, index)))
        {
            var number = noted.Access.Subject.Split(' ')[0]; // The path of a file may follow it.
            var stream = CitizenCase.StreamOf(authority, number);
            if (await Journal.LastVersionAsync(stream) is > 0 and var last
                && await grains.GetGrain<ICaseGrain>(stream).View(last) is var found
                && !found.State.IsEnd() && PersonFile.PersonOf(found) is { } person)
            {
                await persons.AddAsync(authority, person, number); // Another process does it too, and may come later.
                await persons.DoAsync(authority, person, $"look {entry.Stream} {entry.Version} {index}",
                    new PersonFileCommand.NoteLook(new(number, new(noted.Access.Who), noted.At)));
            }
        }
    }
}
