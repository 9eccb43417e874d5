using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Ten seconds in which the last step did not happen.</summary>
public class UndoTests
{
    private static readonly StepUndone Undone = new(Id(1), One, Now);

    private static QueueDay ServingAtOne() => Given(Opened(One), ForPassport(1), ForPassport(2), Called(1, One), Arrived(1, One));

    public static TheoryData<QueueCommand> Steps =>
    [
        new Finish(One), new Finish(One) { Given = [new(Passport, 2)] }, new Finish(One) { ForPickup = true }, new Park(One),
        new ReturnTicket(One, ReturnWay.KeepPlace), new ReturnTicket(One, ReturnWay.ToEnd),
            new ReturnTicket(One, ReturnWay.After, After: 3),
        new ReturnTicket(One, ReturnWay.AtTime, Until: Now.AddMinutes(20)), new Transfer(One, new(Service: Residence)),
            new Transfer(One, new(Counter: Three)),
        new SwitchService(One, Collection),
    ];

    [Theory, MemberData(nameof(Steps))]
    public void Everything_is_as_it_was_but_for_the_revision(QueueCommand step)
    {
        var day = ServingAtOne();
        var (before, revision) = (day.Queue, day.Queue.At(One).Revision);
        day.Later(seconds: 3).When(step).Later(seconds: 10).When(new UndoStep(One)).Then(Undone);
        var changes = day.Ticket(1).Changes;
        Assert.Equal(before.Tickets[Id(1)] with { Changes = changes }, day.Ticket(1));
        Assert.Equal(before.At(One) with { Revision = day.Queue.At(One).Revision, LastStep = null }, day.Queue.At(One));
        Assert.True(day.Queue.At(One).Revision > revision + 1);
        Assert.Equal((1, Id(2)), (day.Queue.Waiting.Count, day.Next(One)));
    }

    [Theory, MemberData(nameof(Steps))]
    public void After_ten_seconds_it_stands(QueueCommand step) => ServingAtOne().When(step).Later(seconds: 11).When(new UndoStep(One))
        .ThenRefused(Refusal.NothingToUndo);

    [Theory, MemberData(nameof(Steps))]
    public void It_is_taken_back_once(QueueCommand step) => ServingAtOne().When(step).When(new UndoStep(One)).When(new UndoStep(One))
        .ThenRefused(Refusal.NothingToUndo);

    [Fact]
    public void Missed_and_arrived_can_be_taken_back()
    {
        var called = Given(Opened(One), ForPassport(1), Called(1, One));
        Assert.Equal(TicketState.Called, called.When(new MarkArrived(One)).When(new UndoStep(One)).Then(Undone).Ticket(1).State);
        Assert.Equal((TicketState.Called, 0), (called.When(new MarkMissed(One)).When(new UndoStep(One)).Then(Undone).Ticket(1).State,
            called.Ticket(1).Misses));
        Assert.Equal(Id(1), called.Queue.VisitAt(One)?.Id);
    }

    [Fact]
    public void Going_on_with_a_parked_ticket_can_be_taken_back()
    {
        var day = ServingAtOne().When(new Park(One)).When(new Resume(Three, Id(1))).When(new UndoStep(Three))
            .Then(new StepUndone(Id(1), Three, Now));
        Assert.Equal((TicketState.Parked, null), (day.Ticket(1).State, day.Queue.At(Three).Ticket));
        day.When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo); // Others have had it in their hands since.
    }

    [Fact]
    public void A_call_puts_the_citizen_back_as_if_never_called()
    {
        var day = Given(Opened(One), ForPassport(1), ForPassport(2));
        var before = day.Ticket(1);
        day.When(new CallNext(One)).Later(seconds: 4).When(new Recall(One)).Later(seconds: 6).When(new UndoStep(One)).Then(Undone);
        Assert.Equal(before with { Changes = day.Ticket(1).Changes }, day.Ticket(1));
        Assert.Equal((null, Id(1), 2), (day.Queue.At(One).Ticket, day.Next(One), day.Queue.Waiting.Count));
        day.When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);
    }

    public static TheoryData<QueueCommand, TicketState> Nexts => new()
    {
        { new CallNext(One), TicketState.Serving }, { new CallTicket(One, Id(3)), TicketState.Serving },
        { new CallNext(One) { Became = VisitOutcome.Served }, TicketState.Called },
        { new CallNext(One) { Became = VisitOutcome.Missed }, TicketState.Called },
        { new CallTicket(One, Id(3)) { Became = VisitOutcome.Missed }, TicketState.Called },
    };

    [Theory, MemberData(nameof(Nexts))]
    public void Next_puts_the_called_citizen_back_and_reopens_the_visit_it_ended(QueueCommand next, TicketState was)
    {
        var day = Given(Opened(One), ForPassport(1), ForPassport(2), ForPassport(3), Called(1, One));
        day = was is TicketState.Serving ? day.And(Arrived(1, One)) : day;
        var before = day.Queue;
        day.Later(seconds: 3).When(next);
        var called = day.Queue.VisitAt(One)?.Id ?? default;
        day.Later(seconds: 10).When(new UndoStep(One)).Then(new StepUndone(called, One, Now), Undone);
        Assert.All(before.Tickets.Values, t => Assert.Equal(t with { Changes = 0 }, day.Queue.Tickets[t.Id] with { Changes = 0 }));
        Assert.Equal((Id(1), was, 0, 2), (day.Queue.VisitAt(One)?.Id, day.Queue.VisitAt(One)?.State, day.Queue.ServedAt(One),
            day.Queue.Waiting.Count));
        day.When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);
    }

    [Fact]
    public void Next_stands_when_somebody_has_gone_on_with_either_of_the_two()
    {
        ServingAtOne().When(new CallNext(One)).Later(seconds: 11).When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);
        ServingAtOne().When(new CallNext(One)).When(new WriteRemark(Id(1), "sealed")).When(new UndoStep(One))
            .ThenRefused(Refusal.NothingToUndo);
        var missed = Given(Opened(One), ForPassport(1), ForPassport(2), Called(1, One))
            .When(new CallNext(One) { Became = VisitOutcome.Missed }).When(new Reactivate(Id(1)));
        missed.When(new CallTicket(Three, Id(1))).When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);
        Assert.Equal((Id(2), Id(1)), (missed.Queue.At(One).Ticket, missed.Queue.At(Three).Ticket));
    }

    [Fact]
    public void After_the_arrival_only_that_comes_back_and_the_call_stands() =>
        ServingAtOne().When(new CallNext(One)).Later(seconds: 2).When(new MarkArrived(One)).When(new UndoStep(One))
            .Then(new StepUndone(Id(2), One, Now)).When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);

    [Fact]
    public void When_the_next_one_was_called_and_has_gone_too_only_the_last_step_comes_back() =>
        ServingAtOne().When(new Finish(One)).When(new CallNext(One)).When(new MarkMissed(One)).When(new UndoStep(One))
            .Then(new StepUndone(Id(2), One, Now));

    [Fact]
    public void What_another_counter_has_called_since_does_not_come_back()
    {
        var day = ServingAtOne().When(new Transfer(One, new(Service: Residence))).When(new CallTicket(Two, Id(1)))
            .Then(Opened(Two), Called(1, Two));
        day.When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);
        Assert.Equal((Id(1), null), (day.Queue.At(Two).Ticket, day.Queue.At(One).Ticket));
    }

    [Fact]
    public void What_others_wrote_about_the_ticket_since_is_not_lost_by_it() =>
        ServingAtOne().When(new Park(One)).When(new WriteRemark(Id(1), "sealed")).When(new UndoStep(One))
            .ThenRefused(Refusal.NothingToUndo);

    [Fact]
    public void A_number_that_was_given_again_is_not_taken_away() =>
        Given(Opened(One), ForPassport(1), Called(1, One)).When(new Finish(One)).And(Taken(2, 'A', 999, Passport)).When(Take(3, Passport))
            .Then(Taken(3, 'A', 1, Passport))
            .When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);

    [Fact]
    public void A_pause_that_began_with_the_step_ends_with_it()
    {
        var day = ServingAtOne().When(new SetPresence(One, Presence.Pause)).When(new Finish(One))
            .Then(Served(1, One), new PresenceChanged(One, Presence.Pause, Now));
        day.When(new UndoStep(One)).Then(Undone, new PresenceChanged(One, Presence.PauseAfter, Now));
        day.When(new Finish(One)).Then(Served(1, One), new PresenceChanged(One, Presence.Pause, Now));
    }

    [Fact]
    public void A_pause_that_waited_for_the_visit_begins_when_there_is_none() =>
        ServingAtOne().When(new Park(One)).When(new Resume(One, Id(1))).When(new SetPresence(One, Presence.PauseAfter))
            .When(new UndoStep(One))
            .Then(Undone, new PresenceChanged(One, Presence.Pause, Now));

    [Fact]
    public void Nothing_comes_back_to_a_closed_counter() =>
        ServingAtOne().When(new Finish(One)).When(new CloseCounter(One)).When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);

    [Fact]
    public void Nobody_takes_back_what_the_clerk_before_did() =>
        ServingAtOne().When(new Finish(One)).When(new LogIn(One, new("bert"))).When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);

    [Fact]
    public void Nothing_comes_back_after_the_day_has_ended() =>
        ServingAtOne().When(new Finish(One)).When(new EndDay()).When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);

    [Fact]
    public void Where_nothing_was_done_nothing_is_taken_back() => Given(Opened(One)).When(new UndoStep(One))
        .ThenRefused(Refusal.NothingToUndo);
}
