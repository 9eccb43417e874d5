using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Running.Backups;

/// <summary>The clerk of a drill: a person with a key, written beside the running hub.</summary>
internal static class DrillClerk
{
    private const string Name = "drill";

    // No person has such a name: the command itself gives the role.
    private const string By = "@drill";

    /// <returns>The key.</returns>
    public static async Task<string> HireAsync(string data, string office, TimeProvider clock)
    {
        var key = Secret.New(office.Split('.')[0], Name);
        await using var journal = await CommandSettings.OpenJournalAsync(
            CommandSettings.Read([$"--Hub:Data={data}", "--ConnectionStrings:Aufruf="]), readOnly: false);
        var people = Journaled.Of<People, PeopleCommand, PeopleEvent>(People.StreamOf(key.Place), journal, new PeopleCache(clock), clock);
        var until = clock.GetUtcNow().AddDays(1);
        foreach (var command in (PeopleCommand[])[
            new PeopleCommand.Invite(Name, Name, SessionPass.HashOf(SessionPass.NewCode()), until, Name),
            new PeopleCommand.Grant(Name, Role.InCharge.Id, office, By), new PeopleCommand.MakeKey(Name, key.Hash, Name, until, Name)])
        {
            if ((await people.Handle(new RequestId(Guid.CreateVersion7()), command)).Refusal is { } refusal)
            {
                throw new InvalidOperationException(refusal.English);
            }
        }

        return key.Token;
    }
}
