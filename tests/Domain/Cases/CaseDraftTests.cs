using Aufruf.Domain;
using Aufruf.Domain.Cases;
using static Aufruf.Domain.Cases.CaseDraftCommand;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>An application is kept page by page, is sent once, and ends by itself.</summary>
public class CaseDraftTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    private static readonly CaseDraft Begun = After(CaseDraft.Empty, new Begin("permit", 1, "de", Now.AddDays(30)));

    private static CaseDraft After(CaseDraft draft, CaseDraftCommand command, DateTimeOffset? at = null)
    {
        var decision = draft.Decide(command, at ?? Now);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(draft, (state, happened) => state.Apply(happened));
    }

    [Fact]
    public void Each_page_is_added_to_what_was_seen_and_a_second_window_has_to_look_again()
    {
        var saved = After(Begun, new Save("sealed", 0));
        Assert.Equal(("sealed", 1), (saved.Answers, saved.Revision));
        Assert.Equal(Refusal.ApplicationChanged, saved.Decide(new Save("other", 0), Now).Refusal);
        Assert.Equal(Refusal.ApplicationChanged, saved.Decide(new Send(0, new(2026, 11, 27)), Now).Refusal);
    }

    [Fact]
    public void It_is_sent_once_and_its_day_stays_and_nothing_is_added_afterwards()
    {
        var sent = After(After(Begun, new Save("sealed", 0)), new Send(1, new(2026, 11, 27)));
        Assert.Empty(sent.Decide(new Send(1, new(2026, 11, 28)), Now.AddDays(1)).Events);
        Assert.Equal(Refusal.ApplicationSent, sent.Decide(new Save("other", 1), Now).Refusal);
        Assert.Equal(Refusal.ApplicationSent, sent.Decide(new Discard(), Now).Refusal);
        var numbered = After(sent, new SetNumber("1-2026-000001"), Now.AddDays(60)); // A hub was away for long.
        Assert.Equal(("1-2026-000001", ""), (numbered.Number, numbered.Answers));
        Assert.Empty(numbered.Decide(new SetNumber("1-2026-000002"), Now).Events);
    }

    [Fact]
    public void A_repeated_page_is_the_same_request_and_a_correction_knows_its_case()
    {
        Assert.Equal(CaseDraft.Compared(new Save("sealed", 0)), CaseDraft.Compared(new Save("sealed anew", 1)));
        Assert.Equal("1-2026-000001", After(CaseDraft.Empty,
            new Begin("permit", 1, "de", Now.AddDays(30)) { Amends = "1-2026-000001" }).Amends);
    }

    [Fact]
    public void After_its_time_and_before_its_beginning_there_is_no_draft()
    {
        Assert.Equal(Refusal.ApplicationGone, CaseDraft.Empty.Decide(new Save("sealed", 0), Now).Refusal);
        Assert.Equal(Refusal.ApplicationGone, CaseDraft.Empty.Decide(new SetNumber("1"), Now).Refusal);
        Assert.Equal(Refusal.ApplicationGone, Begun.Decide(new Save("sealed", 0), Now.AddDays(30)).Refusal);
        Assert.Equal(Refusal.ApplicationGone, After(Begun, new Discard()).Decide(new Send(0, new(2026, 11, 27)), Now).Refusal);
        Assert.Empty(Begun.Decide(new Begin("other", 2, "en", Now), Now).Events);
        Assert.Equal(Refusal.ApplicationFull, Begun.Decide(new Save(new('x', CitizenCase.LongestAnswers + 1), 0), Now).Refusal);
    }

    [Fact]
    public void A_discarded_draft_comes_back_with_its_answers_for_a_time_and_never_after_its_own_end()
    {
        var saved = After(Begun, new Save("sealed", 0), Now.AddHours(1));
        Assert.Equal(Now.AddHours(1), saved.SavedAt);
        var aside = After(saved, new Discard());
        Assert.Equal(Refusal.ApplicationGone, aside.Decide(new Send(1, new(2026, 11, 27)), Now).Refusal);
        Assert.Empty(aside.Decide(new EndRestoring(Now), Now).Events); // A deadline of an earlier time.
        var back = After(aside, new Restore(), Now + CaseDraft.TimeToRestore - TimeSpan.FromTicks(1));
        Assert.Equal(("sealed", 1, true), (back.Answers, back.Revision, back.IsOpenAt(Now)));
        Assert.Empty(back.Decide(new Restore(), Now).Events);
        Assert.Empty(back.Decide(new EndRestoring(Now + CaseDraft.TimeToRestore), Now).Events);
        Assert.Equal(Refusal.ApplicationGone, aside.Decide(new Restore(), Now + CaseDraft.TimeToRestore).Refusal);
        var ended = After(aside, new EndRestoring(Now + CaseDraft.TimeToRestore));
        Assert.Equal(("", null), (ended.Answers, ended.RestorableUntil));
        Assert.Equal(Refusal.ApplicationGone, ended.Decide(new Restore(), Now).Refusal);
        Assert.Equal(Begun.Until, After(Begun, new Discard(), Begun.Until.AddMinutes(-1)).RestorableUntil);
        Assert.Equal(Refusal.ApplicationGone, (Begun with { Amends = "20-2026-000001" }).Decide(new Discard(), Now).Refusal);
        Assert.Equal(Refusal.ApplicationSent, After(Begun, new Send(0, new(2026, 11, 27))).Decide(new Restore(), Now).Refusal);
    }
}
