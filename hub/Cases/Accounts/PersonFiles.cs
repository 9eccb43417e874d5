using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;

namespace Aufruf.Hub.Cases.Accounts;

/// <summary>Keeps the references of persons to their drafts and cases.</summary>
internal sealed class PersonFiles(IGrainFactory grains)
{
    public IPersonFileGrain Of(string authority, string person) =>
        grains.GetGrain<IPersonFileGrain>(PersonFile.StreamOf(authority, person));

    public Task AddAsync(string authority, string person, string number) =>
        DoAsync(authority, person, $"own case {authority} {number}", new PersonFileCommand.AddCase(number));

    public Task DropAsync(string authority, string person, string number) =>
        DoAsync(authority, person, $"no case {authority} {number}", new PersonFileCommand.DropCase(number));

    /// <returns>Null: it stands there.</returns>
    public async Task<Refusal?> AddDraftAsync(string authority, string person, string codeHash, DateTimeOffset until) =>
        (await Of(authority, person).Handle(Bookings.RequestOf($"own draft {authority} {codeHash}"),
            new PersonFileCommand.AddDraft(codeHash, until))).Refusal;

    public Task DropDraftAsync(string authority, string person, string codeHash) =>
        DoAsync(authority, person, $"no draft {authority} {codeHash}", new PersonFileCommand.DropDraft(codeHash));

    public async Task DoAsync(string authority, string person, string about, PersonFileCommand command)
    {
        if ((await Of(authority, person).Handle(Bookings.RequestOf(about), command)).Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The file of a person was refused: {refusal.English}");
        }
    }
}

/// <summary>The process of persons: a case that was sent with an account is in the person's file until its end.</summary>
internal sealed class PersonProcess(PersonFiles persons, IGrainFactory grains, FollowUpNeeds needs, ILogger<PersonProcess> log)
    : CaseFollowUp("persons", grains, needs, log, "participant-added", "destroyed", "handed-over")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (await PersonAsync(entry.Stream) is { } person)
        {
            var found = await CaseOf(entry).View();
            var authority = CitizenCase.AuthorityOf(entry.Stream);
            await (found.State.IsEnd() ? persons.DropAsync(authority, person, found.Number)
                : persons.AddAsync(authority, person, found.Number));
        }
    }

    /// <summary>A case forgets its participants at its end. Its entries have them.</summary>
    private async Task<string?> PersonAsync(string stream)
    {
        await foreach (var entry in Journal.ReadAsync(stream, 0, CancellationToken.None))
        {
            if (EntryContent<CaseEvent>.Read(entry).Events.OfType<CaseEvent.ParticipantAdded>()
                .FirstOrDefault(added => added.Part == PersonFile.Part) is { } added)
            {
                return added.Person;
            }
        }

        return null;
    }
}
