using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Towns;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain;

/// <summary>The settings of a town: a draft, an edition, and an earlier one again.</summary>
public class TownTests
{
    private static readonly TownSettings Blue = TownSettings.Usual with { Theme = Theme.Usual with { Action = "#005a8c" } };
    private static readonly TownSettings Pale = TownSettings.Usual with { Theme = Theme.Usual with { Action = "#ccddee" } };

    [Fact]
    public void A_draft_changes_nothing_until_it_is_published_and_an_edition_comes_back()
    {
        var town = Do(TownConfiguration.Empty, new TownCommand.SaveDraft(Blue, 0, 0, "staff:anna"));
        Assert.Equal((TownSettings.Usual, Blue), (town.Settings, town.Draft?.Settings));
        town = Do(town, new TownCommand.PublishDraft(1, "staff:bert"));
        Assert.Equal((Blue, 1, "staff:bert", null), (town.Settings, town.Edition, town.By, town.Draft));
        town = Do(town, new TownCommand.SaveDraft(Pale, 1, 0, "staff:anna"));
        town = Do(town, new TownCommand.TakeBack(TownSettings.Usual, 0, 1, "staff:bert"));
        Assert.True(town.Settings.IsSame(TownSettings.Usual));
        Assert.Equal((2, 2), (town.Edition, town.Draft?.Revision)); // The draft of the other administrator stays.
        Assert.Equal(Refusal.OfficeChanged, Refused(town, new TownCommand.PublishDraft(2, "staff:anna")));
    }

    [Fact]
    public void Of_two_administrators_at_once_the_second_is_told()
    {
        var town = Do(TownConfiguration.Empty, new TownCommand.SaveDraft(Blue, 0, 0, "staff:anna"));
        Assert.Equal(Refusal.DraftChanged, Refused(town, new TownCommand.SaveDraft(Pale, 0, 0, "staff:bert")));
        Assert.Equal(Refusal.DraftChanged, Refused(town, new TownCommand.PublishDraft(0, "staff:bert")));
        Assert.Equal(Refusal.DraftChanged, Refused(town, new TownCommand.DiscardDraft(2, "staff:bert")));
        town = Do(town, new TownCommand.DiscardDraft(1, "staff:bert"));
        Assert.Null(town.Draft);
        Assert.Equal(Refusal.NoDraft, Refused(town, new TownCommand.PublishDraft(1, "staff:anna")));
        Assert.Equal(2, Do(town, new TownCommand.SaveDraft(Blue, 0, 0, "staff:anna")).Draft?.Revision);
    }

    [Fact]
    public void Unreadable_colours_stay_a_draft_and_an_endless_mail_not_even_that()
    {
        var town = Do(TownConfiguration.Empty, new TownCommand.SaveDraft(Pale, 0, 0, "staff:anna"));
        Assert.Equal(Refusal.DraftWrong, Refused(town, new TownCommand.PublishDraft(1, "staff:anna")));
        var endless = Blue with { Mails = Blue.Mails.Add("booked.de", new string('x', TownSettings.LongestMail + 1)) };
        Assert.Equal(Refusal.DraftTooLong, Refused(town, new TownCommand.SaveDraft(endless, 0, 1, "staff:anna")));
        Assert.Equal(Refusal.UnknownEdition, Refused(town, new TownCommand.SaveDraft(Blue, 7, 1, "staff:anna")));
        Assert.Equal(Refusal.UnknownEdition, Refused(town, new TownCommand.TakeBack(Blue, 0, 0, "staff:anna")));
    }

    [Fact]
    public void A_draft_that_changes_nothing_makes_no_edition()
    {
        var town = Do(TownConfiguration.Empty, new TownCommand.SaveDraft(TownSettings.Usual, 0, 0, "staff:anna"));
        Assert.Empty(town.Decide(new TownCommand.SaveDraft(TownSettings.Usual, 0, 1, "staff:bert"), SmallOffice.Nine).Events);
        town = Do(town, new TownCommand.PublishDraft(1, "staff:anna"));
        Assert.Equal((0, null), (town.Edition, town.Draft));
    }

    private static TownConfiguration Do(TownConfiguration town, TownCommand command)
    {
        var decision = town.Decide(command, SmallOffice.Nine);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(town, (known, happened) => known.Apply(happened));
    }

    private static Refusal? Refused(TownConfiguration town, TownCommand command) => town.Decide(command, SmallOffice.Nine).Refusal;
}
