using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Identity;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Offices;

/// <summary>Prepares, checks and publishes offices for the administration's pages and for its API.</summary>
internal sealed class OfficeAdministration(OfficeDirectory offices, OfficeChanges changes, IJournal journal, CredentialIssuer credentials,
    IOptions<HubOptions> options, TimeProvider clock) : IOfficeAdministration
{
    public string Schema { get; } = OfficeFile.SchemaText;

    public int EditionOf(string office) => offices.ConfigurationOf(office).Known.Edition;

    public OfficeDesk? Find(string office)
    {
        var known = offices.ConfigurationOf(office).Known;
        if (known.Office is null && known.Draft is null)
        {
            return null;
        }

        var text = known.Office is { } inForce ? OfficeForm.Write(inForce) : null;
        return new(office, known.Office?.Name ?? new() { ["de"] = office }, known.Edition, known.By, known.Since,
            known.Office?.TimeZone ?? "Europe/Berlin", text, known.Draft,
            known.Draft is { } draft ? OfficeDifferences.Between(text ?? "{}", draft.Text) : [], OthersOf(office));
    }

    public IReadOnlyList<DraftFault> FaultsOf(string text) => OfficeFile.Check(text).Faults;

    public IReadOnlyList<OfficeDifference> Between(string before, string after) => OfficeDifferences.Between(before, after);

    public async Task<DraftCheck> CheckAsync(string office, string text)
    {
        var (read, faults) = Read(office, text);
        if (read is null)
        {
            return new(faults, [], [], null);
        }

        var before = offices.Find(office);
        var hits = await changes.HitByAsync(before, read);
        return new([], [.. WarningsOf(read).Select(found => OfficeFile.Fault(text, found))],
            [.. from hit in hits
                group hit by (Day: read.Day(hit.Booked.From), hit.Week.Calendar) into day
                orderby day.Key.Day
                select new DraftHit(day.Key.Day, day.Key.Calendar, day.Count())],
            before is null ? null : await changes.ObjectionAsync(before, read));
    }

    public Task<DraftAnswer> SaveAsync(string office, string text, int basedOn, int seen, string who) =>
        HandleAsync(office, new OfficeCommand.SaveDraft(text, basedOn, seen, OfficeConfiguration.ByStaff(who)));

    public Task<DraftAnswer> DiscardAsync(string office, int seen, string who) =>
        HandleAsync(office, new OfficeCommand.DiscardDraft(seen, OfficeConfiguration.ByStaff(who)));

    public async Task<DraftAnswer> PublishAsync(string office, int seen, string who)
    {
        if (offices.ConfigurationOf(office).Known.Draft is not { } draft)
        {
            return new(Find(office), Refusal.NoDraft);
        }

        if (draft.Revision != seen)
        {
            return new(Find(office), Refusal.DraftChanged); // Another text than the one that is checked here.
        }

        return await CheckAsync(office, draft.Text) is { MayBePublished: false } wrong
            ? new(Find(office), Refusal.DraftWrong, wrong.Objection)
            : await HandleAsync(office, new OfficeCommand.PublishDraft(
                Read(office, draft.Text).Office!, seen, OfficeConfiguration.ByStaff(who)));
    }

    public async Task<DraftAnswer> TakeBackAsync(string office, int edition, int seen, string who)
    {
        if (await new OfficeChronicle(journal, office).OfficeOfAsync(edition) is not { } earlier)
        {
            return new(Find(office), Refusal.UnknownEdition);
        }

        return await CheckAsync(office, OfficeForm.Write(earlier)) is { MayBePublished: false } wrong
            ? new(Find(office), Refusal.DraftWrong, wrong.Objection)
            : await HandleAsync(office, new OfficeCommand.TakeBack(earlier, edition, seen, OfficeConfiguration.ByStaff(who)));
    }

    public Task<OfficeHistory> HistoryAsync(string office) => new OfficeChronicle(journal, office).ReadAsync();

    public Task<string?> DraftTextAsync(string office, int revision) => new OfficeChronicle(journal, office).DraftTextAsync(revision);

    public async Task<IReadOnlyList<FirstAddress>> IssueScreensAsync(string office)
    {
        if (offices.Find(office) is not { } made)
        {
            return [];
        }

        var screens = new List<FirstAddress>();
        foreach (var (kind, id) in made.Kiosks.Select(kiosk => (CredentialKind.Kiosk, kiosk.Id))
            .Concat(made.Areas.SelectMany(area => area.Boards).Select(board => (CredentialKind.Display, board.Id))))
        {
            var secret = await credentials.IssueAsync(office, kind, ScreenHolder.Of(kind, id));
            screens.Add(kind is CredentialKind.Kiosk ? new("kiosk", $"/kiosk/?kiosk={office}.{id}#token={secret.Token}")
                : new("board", $"/board/?board={office}.{id}#token={secret.Token}"));
        }

        return [.. screens, new("desk", $"/desk/?area={office}.{made.Areas[0].Id}&counter={made.Areas[0].Counters[0].Id}")];
    }

    private IEnumerable<OfficeRules.Finding> WarningsOf(Office office) => HoursWarnings.Of(office, office.Day(clock.GetUtcNow()))
        .Concat(HomeTicketWarnings.Of(office)).Concat(PaperWarnings.Of(office, options.Value.PublicUrl, clock.GetUtcNow()));

    /// <summary>The keys of an office never change: journal, tickets and credentials stand under them.</summary>
    private static (Office? Office, IReadOnlyList<DraftFault> Faults) Read(string office, string text) =>
        OfficeFile.Check(text) is var (read, faults) && read is not null && read.Key != office
            ? (null, [OfficeFile.Fault(text, new("id", $"is of office '{read.Key}'; expected that of '{office}', which never changes.",
                $"Gehört zu „{read.Key}“; der Kurzname „{office}“ ändert sich nie."))])
            : (read, faults);

    private IReadOnlyList<string> OthersOf(string office) =>
        [.. offices.All.Where(other => other.Key != office && other.Authority.Id == office.Split('.')[0])
            .Select(other => other.Id).Order(StringComparer.Ordinal)];

    private async Task<DraftAnswer> HandleAsync(string office, OfficeCommand command)
    {
        var answer = await changes.HandleAsync(office, command);
        return new(Find(office), answer.Refusal);
    }
}
