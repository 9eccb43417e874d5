using System.Globalization;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Cases;
using static Aufruf.Domain.Cases.DispatchCommand;
using static Aufruf.Domain.Cases.LetterState;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>The letters of one day: printed in batches, posted, and some of them back.</summary>
public class DispatchTests
{
    private const string Case = "1-2026-000001", Notice = "notice.7";

    private static readonly DateTimeOffset Nine = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 27);
    private static readonly ClerkId Anna = new("anna");
    private static readonly DispatchCommand Print = new Print(Anna), Post = new Post(1, Day, Anna), Withdraw = new Withdraw(Case, Notice),
        Back = new TakeBack(Case, Notice, "sealed", Anna), Queue = new Queue(Case, Notice, ["tag"], true);

    private Dispatch _list = Dispatch.Empty;

    /// <summary>Every state of a letter and every command: the next state, or the refusal. The same state: nothing happens.</summary>
    [Theory]
    [InlineData(Queued, "queued printed batch-unknown withdrawn letter-not-posted")]
    [InlineData(Printed, "printed nothing-to-print posted withdrawn letter-not-posted")]
    [InlineData(Posted, "posted nothing-to-print posted letter-posted cameback")]
    [InlineData(CameBack, "cameback nothing-to-print cameback letter-posted cameback")]
    [InlineData(Withdrawn, "withdrawn nothing-to-print batch-unknown withdrawn letter-not-posted")]
    public void Every_command_moves_a_letter_on_or_is_refused_with_a_sentence(LetterState state, string outcomes)
    {
        DispatchCommand[] way = state switch
        {
            Queued => [Queue],
            Printed => [Queue, Print],
            Posted => [Queue, Print, Post],
            CameBack => [Queue, Print, Post, Back],
            _ => [Queue, Print, Withdraw],
        };
        foreach (var (command, outcome) in ((DispatchCommand[])[Queue, Print, Post, Withdraw, Back]).Zip(outcomes.Split(' ')))
        {
            _list = Dispatch.Empty;
            Assert.All(way, Do);
            Assert.Equal(state, _list.Letters[0].State);
            var decision = _list.Decide(command, Nine);
            _list = decision.Events.Aggregate(_list, (list, happened) => list.Apply(happened));
            Assert.Equal(outcome, decision.Refusal?.Code ?? $"{_list.Letters[0].State}".ToLowerInvariant());
            Assert.True(decision.Refusal is null || Refusal.Known.ContainsKey(decision.Refusal.Code));
        }
    }

    [Fact]
    public void A_letter_that_became_ready_after_the_printing_waits_for_the_next_batch()
    {
        Do(Queue);
        Do(Print);
        Do(new Queue("1-2026-000002", "notice.9", [], true));
        Do(Post);
        Assert.Equal([Posted, Queued], _list.Letters.Select(letter => letter.State));
        Do(Print);
        Assert.Equal(["1-2026-000002"], _list.In(2).Select(letter => letter.Number));
        Assert.True(_list.IsOpen);
        Do(new Post(2, Day.AddDays(1), Anna));
        Assert.Equal([Day, Day.AddDays(1)], _list.Letters.Select(letter => letter.PostedOn!.Value));
        Assert.False(_list.IsOpen);
        Refused(new Post(1, Day.AddDays(1), Anna), Refusal.LetterPosted); // The day of posting is never changed.
        Refused(new Post(3, Day, Anna), Refusal.BatchUnknown);
    }

    [Fact]
    public void A_letter_that_was_withdrawn_before_the_post_is_not_posted_with_its_batch()
    {
        Do(Queue);
        Do(new Queue("1-2026-000002", "notice.9", [], true));
        Do(Print);
        Do(Withdraw);
        Do(Post);
        Assert.Equal([Withdrawn, Posted], _list.Letters.Select(letter => letter.State));
        Assert.Null(_list.Letters[0].PostedOn);
    }

    [Fact]
    public void A_letter_is_named_once_and_a_list_has_its_bounds()
    {
        Do(Queue);
        Assert.Empty(_list.Decide(Queue, Nine).Events);
        Refused(new Queue(Case, new string('x', 200), [], true), Refusal.DispatchFull);
        Refused(new Queue(Case, "letter.7", [.. Enumerable.Repeat("tag", 21)], true), Refusal.DispatchFull);
        Refused(new Withdraw(Case, "letter.7"), Refusal.LetterUnknown);
        Refused(new TakeBack("1-2026-000009", Notice, "sealed", Anna), Refusal.LetterUnknown);
        Do(Print);
        Do(Post);
        Refused(new TakeBack(Case, Notice, "", Anna), Refusal.ReasonMissing);
        Do(new NoteRefusal(Case, Notice, Refusal.CaseClosed.Code));
        Assert.Equal("case-closed", _list.Letters[0].Refused);
        Assert.Equal(Dispatch.Compared(Back), Dispatch.Compared(new TakeBack(Case, Notice, "sealed again", Anna)));
    }

    /// <summary>The golden rows of the design: posted, announced, and the last day of the remedy.</summary>
    [Theory]
    [InlineData("2025-03-11", "2025-03-17", "2025-04-17")]
    [InlineData("2025-03-14", "2025-03-18", "2025-04-22")]
    [InlineData("2024-12-30", "2025-01-02", "2025-02-03")]
    public void The_day_of_posting_starts_the_clocks_of_a_case_in_local_time(string posted, string announced, string until)
    {
        var command = CasePosting.CommandOf(CitizenCaseTests.Plan, DayOf(posted), CaseActor.Engine, HolidaysOf.Nw, "Europe/Berlin")!;
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        Assert.Equal(DayOf(announced).ToDateTime(TimeOnly.MinValue), TimeZoneInfo.ConvertTime(command.AnnouncedAt, berlin).DateTime);
        Assert.Equal(DayOf(until).AddDays(1).ToDateTime(TimeOnly.MinValue),
            TimeZoneInfo.ConvertTime(command.RemedyUntil!.Value, berlin).DateTime);
        var decided = CitizenCase.Empty with { Plan = CitizenCaseTests.Plan with { FourEyes = false }, State = CaseState.Decided };
        var dispatched = decided.Decide(command, Nine).Events.Aggregate(decided, (state, happened) => state.Apply(happened));
        Assert.Equal((CaseState.Dispatched, command.AnnouncedAt), (dispatched.State, dispatched.Until));
        var over = command.RemedyUntil.Value;
        var announcedCase = dispatched.Decide(new CaseCommand.EndClock(CaseClock.Announcement), command.AnnouncedAt).Events
            .Aggregate(dispatched, (state, happened) => state.Apply(happened));
        Assert.Equal((CaseState.Announced, over), (announcedCase.State, announcedCase.Until));
    }

    private static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Do(DispatchCommand command)
    {
        var decision = _list.Decide(command, Nine);
        Assert.True(decision.Refusal is null, $"{command}: {decision.Refusal}");
        _list = decision.Events.Aggregate(_list, (list, happened) => list.Apply(happened));
    }

    private void Refused(DispatchCommand command, Refusal why) => Assert.Equal(why, _list.Decide(command, Nine).Refusal);
}
