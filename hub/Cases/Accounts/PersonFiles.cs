using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Cases.Payments;

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
internal sealed class PersonProcess(PersonFiles persons, IGrainFactory grains, IJournal journal, ICheckpoints checkpoints, ILeases leases,
    TimeProvider clock, ILogger<PersonProcess> log)
    : FollowUp("persons", CitizenCase.StreamKind, journal, checkpoints, leases, clock, log)
{
    private readonly IJournal _journal = journal;

    protected override bool Concerns(JournalEntry entry) => entry.Entry.Span.IndexOf("\"participant-added\""u8) >= 0
        || entry.Entry.Span.IndexOf("\"destroyed\""u8) >= 0 || entry.Entry.Span.IndexOf("\"handed-over\""u8) >= 0;

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (await PersonAsync(entry.Stream) is { } person)
        {
            var found = await grains.GetGrain<ICaseGrain>(entry.Stream).View();
            var authority = CaseClaims.AuthorityOf(entry.Stream);
            await (found.State.IsEnd() ? persons.DropAsync(authority, person, found.Number)
                : persons.AddAsync(authority, person, found.Number));
        }
    }

    /// <summary>A case forgets its participants at its end. Its entries have them.</summary>
    private async Task<string?> PersonAsync(string stream)
    {
        await foreach (var entry in _journal.ReadAsync(stream, 0, CancellationToken.None))
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
