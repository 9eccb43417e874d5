using Aufruf.Contracts;
using Aufruf.Domain.Towns;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Towns;

/// <summary>Prepares, checks and publishes a town's settings for the administration's pages and for its API.</summary>
internal sealed class TownAdministration(OfficeDirectory offices, TownCache towns, ITownMails mails, IJournal journal,
    Announcements<TownConfiguration, TownEvent> announcements, IGrainFactory grains) : ITownAdministration
{
    public TownDesk? Find(string authority)
    {
        if (NameOf(authority) is not { } name)
        {
            return null;
        }

        var known = towns.Of(authority);
        return new(authority, name, known, known.Draft is { } draft ? Between(known.Settings, draft.Settings) : []);
    }

    public TownCheck Check(string authority, TownSettings settings) => new(ThemeRules.FaultsOf(settings.Theme),
        [.. settings.Mails.Select(mail => new WrongMail(mail.Key, mails.FaultsOf(mail.Key, mail.Value)))
            .Where(mail => mail.Faults.Count > 0)]);

    public async Task<TownAnswer> SaveAsync(string authority, TownSettings settings, int basedOn, int seen, string who)
    {
        if (settings.Logo is { } logo)
        {
            var picture = IsOurs(authority, logo) ? logo.Picture : await Task.Run(() => LogoPicture.Read(logo.Picture));
            if (picture is null || string.IsNullOrWhiteSpace(logo.Alt.GetValueOrDefault("de")))
            {
                return new(Find(authority), picture is null ? Refusal.LogoWrong : Refusal.LogoUnnamed);
            }

            settings = settings with { Logo = logo with { Picture = picture } };
        }

        return await HandleAsync(authority, new TownCommand.SaveDraft(settings, basedOn, seen, OfficeConfiguration.ByStaff(who)));
    }

    /// <summary>A picture that was drawn anew already is not drawn again.</summary>
    private bool IsOurs(string authority, TownLogo logo) => towns.Of(authority) is var known
        && (known.Settings.Logo?.Picture == logo.Picture || known.Draft?.Settings.Logo?.Picture == logo.Picture);

    public Task<TownAnswer> DiscardAsync(string authority, int seen, string who) =>
        HandleAsync(authority, new TownCommand.DiscardDraft(seen, OfficeConfiguration.ByStaff(who)));

    public async Task<TownAnswer> PublishAsync(string authority, int seen, string who) =>
        towns.Of(authority).Draft is not { } draft ? new(Find(authority), Refusal.NoDraft)
        : draft.Revision != seen ? new(Find(authority), Refusal.DraftChanged) // Other settings than those that are checked here.
        : !Check(authority, draft.Settings).MayBePublished ? new(Find(authority), Refusal.DraftWrong)
        : await HandleAsync(authority, new TownCommand.PublishDraft(seen, OfficeConfiguration.ByStaff(who)));

    public async Task<TownAnswer> TakeBackAsync(string authority, int edition, int seen, string who) =>
        await new TownChronicle(journal, authority).SettingsOfAsync(edition) is not { } earlier
            ? new(Find(authority), Refusal.UnknownEdition)
            : !Check(authority, earlier).MayBePublished ? new(Find(authority), Refusal.DraftWrong)
            : await HandleAsync(authority, new TownCommand.TakeBack(earlier, edition, seen, OfficeConfiguration.ByStaff(who)));

    public Task<OfficeHistory> HistoryAsync(string authority) =>
        new TownChronicle(journal, authority).ReadAsync(NameOf(authority) ?? []);

    public IReadOnlyList<OfficeDifference> Between(TownSettings before, TownSettings after) => TownChronicle.Between(before, after);

    private Texts? NameOf(string authority) => offices.All.FirstOrDefault(office => office.Authority.Id == authority)?.Authority.Name;

    private async Task<TownAnswer> HandleAsync(string authority, TownCommand command)
    {
        var stream = TownConfiguration.StreamOf(authority);
        var answer = await grains.GetGrain<ITownGrain>(stream).Handle(new RequestId(Guid.CreateVersion7()), command);
        await announcements.CatchUpAsync(stream); // Its grain may live in another hub.
        return new(Find(authority), answer.Refusal);
    }
}
