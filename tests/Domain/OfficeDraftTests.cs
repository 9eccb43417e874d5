using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Offices.OfficeCommand;
using static Aufruf.Domain.Offices.OfficeEvent;

namespace Aufruf.Tests.Domain;

/// <summary>Administrators prepare an office beside the one in force, and see each other's changes.</summary>
public class OfficeDraftTests
{
    private const string Anna = "staff:anna", Bert = "staff:bert";
    private static readonly DateTimeOffset Now = SmallOffice.Nine;
    private static readonly Office Town = SmallOffice.Office, Moved = SmallOffice.Office with { Address = "Markt 2" };

    private static readonly OfficeEvent[] InForce = [new OfficePublished(Town, "file:town.json", "h1", Now)];
    private static readonly OfficeEvent[] WithDraft = [.. InForce, new DraftSaved("{}", 1, 1, Anna, Now)];
    private static readonly OfficeEvent[] Outdated = [.. WithDraft, new OfficePublished(Moved, "command:bert", null, Now)];
    private static readonly OfficeEvent[] Discarded = [.. WithDraft, new DraftDiscarded(1, Anna, Now)];

    public static TheoryData<string, OfficeEvent[], OfficeCommand, string> Table => new()
    {
        { "nothing", [], Save(seen: 0, basedOn: 0), "saved 1" },
        { "nothing", [], new DiscardDraft(0, Anna), "no-draft" },
        { "nothing", [], new PublishDraft(Town, 0, Anna), "no-draft" },
        { "nothing", [], new TakeBack(Town, 1, 0, Anna), "unknown-edition" },
        { "an office", InForce, Save(seen: 0), "saved 1" },
        { "an office", InForce, Save(seen: 1), "draft-changed" },
        { "an office", InForce, Save(seen: 0, basedOn: 2), "unknown-edition" },
        { "an office", InForce, new SaveDraft(new('x', OfficeDraft.LongestText + 1), 1, 0, Anna), "draft-too-long" },
        { "an office", InForce, new DiscardDraft(0, Anna), "no-draft" },
        { "an office", InForce, new PublishDraft(Moved, 0, Anna), "no-draft" },
        { "a draft", WithDraft, Save(seen: 0), "draft-changed" },
        { "a draft", WithDraft, Save(seen: 1), "saved 2" },
        { "a draft", WithDraft, new SaveDraft("{}", 1, 1, Bert), "" },
        { "a draft", WithDraft, new DiscardDraft(1, Bert), "discarded 1" },
        { "a draft", WithDraft, new DiscardDraft(2, Bert), "draft-changed" },
        { "a draft", WithDraft, new PublishDraft(Moved, 2, Bert), "draft-changed" },
        { "a draft", WithDraft, new PublishDraft(Moved, 1, Bert), "office by staff:bert, published 1" },
        { "a draft", WithDraft, new PublishDraft(Town, 1, Bert), "published 1" },
        { "a draft of an older edition", Outdated, new PublishDraft(Town, 1, Anna), "office-changed" },
        { "a draft of an older edition", Outdated, new SaveDraft("{}", 2, 1, Anna), "saved 2" },
        { "a draft of an older edition", Outdated, new TakeBack(Town, 1, 2, Bert), "office by staff:bert again 1" },
        { "a draft of an older edition", Outdated, new TakeBack(Town, 1, 1, Bert), "office-changed" },
        { "a draft of an older edition", Outdated, new TakeBack(Moved, 2, 2, Bert), "unknown-edition" },
        { "a discarded draft", Discarded, Save(seen: 1), "draft-changed" },
        { "a discarded draft", Discarded, Save(seen: 0), "saved 2" },
        { "a discarded draft", Discarded, new PublishDraft(Moved, 1, Anna), "no-draft" },
    };

    [Theory, MemberData(nameof(Table))]
    public void Every_command_has_its_answer_in_every_state(string state, OfficeEvent[] past, OfficeCommand command, string expected)
    {
        var decision = Given(past).Decide(command, Now);
        Assert.True(expected == (decision.Refusal?.Code ?? string.Join(", ", decision.Events.Select(Said))), $"{state}: {command}");
    }

    [Fact]
    public void A_published_draft_is_the_office_in_force_and_leaves_no_draft()
    {
        var known = Given([.. WithDraft, .. Given(WithDraft).Decide(new PublishDraft(Moved, 1, Bert), Now).Events]);
        Assert.Equal((Moved, Bert, 2, null, 1), (known.Office, known.By, known.Edition, known.Draft, known.Revisions));
        Assert.False(known.IsFromFile); // Its file does not bring the old office back.
    }

    [Fact]
    public void A_file_that_changes_leaves_the_draft_alone()
    {
        var known = Given(Outdated);
        Assert.Equal((2, 1), (known.Edition, known.Draft?.BasedOn));
    }

    private static SaveDraft Save(int seen, int basedOn = 1) => new("{ }", basedOn, seen, Anna);

    private static string Said(OfficeEvent happened) => happened switch
    {
        DraftSaved e => $"saved {e.Revision}",
        DraftDiscarded e => $"discarded {e.Revision}",
        DraftPublished e => $"published {e.Revision}",
        OfficePublished { Again: { } again } e => $"office by {e.By} again {again}",
        OfficePublished e => $"office by {e.By}",
        _ => happened.ToString(),
    };

    private static OfficeConfiguration Given(params IEnumerable<OfficeEvent> past) =>
        past.Aggregate(OfficeConfiguration.Empty, (known, happened) => known.Apply(happened));
}
