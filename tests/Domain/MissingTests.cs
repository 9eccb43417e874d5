using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Called, did not come: the chances that are left, and the second press of "next" that says so.</summary>
public class MissingTests
{
    private static TicketReturned BackAfter(int calls, CounterId? counter = null) => new(Id(1), counter ?? One, ReturnWay.After, calls, null, true, Now);

    [Fact]
    public void Who_did_not_come_is_called_again_as_often_as_the_area_says()
    {
        var day = Under(new() { MissedReturns = 2, MissedReturnsAfter = 1 }, Opened(One), ForPassport(1), ForPassport(2), ForPassport(3), ForPassport(4), Called(1, One));
        day.When(new MarkMissed(One)).Then(BackAfter(1));
        day.When(new CallNext(One)).Then(Called(2, One)).When(new CallNext(One)).Then(Served(2, One), Called(1, One));
        day.When(new MarkMissed(One)).Then(BackAfter(1));
        day.When(new CallNext(One)).Then(Called(3, One)).When(new CallNext(One)).Then(Served(3, One), Called(1, One));
        day.When(new MarkMissed(One)).Then(Missed(1, One));
        Assert.Equal((3, 3), (day.Ticket(1).Misses, day.Ticket(1).Calls));
    }

    [Fact]
    public void The_wait_of_who_did_not_come_at_first_ended_with_the_first_call()
    {
        var day = Under(new() { MissedReturns = 1 }, Opened(One), ForPassport(1)).Later(10).When(new CallNext(One)).Later(2).When(new MarkMissed(One))
            .Later(5).When(new CallNext(One)).Then(Called(1, One)).Later(1).When(new MarkArrived(One)).Later(8).When(new Finish(One));
        Assert.Equal(new TicketTimes(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(8), true), TicketTimes.Of(day.Ticket(1)));
    }

    [Fact]
    public void Next_twice_within_seconds_at_a_box_says_that_nobody_came() =>
        Given(ForPassport(1), ForPassport(2)).When(new CallNext(One) { ByButton = true }).Later(seconds: 5)
            .When(new CallNext(One) { ByButton = true }).Then(Missed(1, One), Called(2, One));

    [Fact]
    public void Next_twice_gives_the_same_chances_as_the_button_for_missed() =>
        Under(new() { MissedReturns = 1, MissedReturnsAfter = 2 }, ForPassport(1), ForPassport(2)).When(new CallNext(One) { ByButton = true }).Later(seconds: 3)
            .When(new CallNext(One) { ByButton = true }).Then(BackAfter(2), Called(2, One));

    [Fact]
    public void After_those_seconds_somebody_has_been_served() =>
        Given(ForPassport(1), ForPassport(2)).When(new CallNext(One) { ByButton = true }).Later(seconds: 6)
            .When(new CallNext(One) { ByButton = true }).Then(Served(1, One), Called(2, One));

    [Fact]
    public void At_a_screen_next_twice_is_no_miss() =>
        Given(ForPassport(1), ForPassport(2)).When(new CallNext(One)).When(new CallNext(One)).Then(Served(1, One), Called(2, One));

    [Fact]
    public void Where_a_clerk_is_logged_in_there_are_better_words_than_pressing_twice() =>
        Given(Opened(One), new ClerkLoggedIn(One, new("anna"), null, Now), ForPassport(1), ForPassport(2)).When(new CallNext(One) { ByButton = true })
            .When(new CallNext(One) { ByButton = true }).Then(Served(1, One), Called(2, One));

    [Fact]
    public void Who_was_marked_as_here_was_not_missed() =>
        Given(ForPassport(1), ForPassport(2)).When(new CallNext(One) { ByButton = true }).When(new MarkArrived(One))
            .When(new CallNext(One) { ByButton = true }).Then(Served(1, One), Called(2, One));

    [Fact]
    public void A_recall_and_then_next_is_not_next_twice() =>
        Given(ForPassport(1), ForPassport(2)).When(new CallNext(One) { ByButton = true }).Later(8).When(new Recall(One))
            .When(new CallNext(One) { ByButton = true }).Then(Served(1, One), Called(2, One));

    [Fact]
    public void An_area_may_do_without_it() =>
        Under(new() { TwiceNextSeconds = 0 }, ForPassport(1), ForPassport(2)).When(new CallNext(One) { ByButton = true })
            .When(new CallNext(One) { ByButton = true }).Then(Served(1, One), Called(2, One));

    [Fact]
    public void When_nobody_else_waits_a_second_press_leaves_the_called_ticket_where_it_is()
    {
        var day = Given(ForPassport(1)).When(new CallNext(One) { ByButton = true }).When(new CallNext(One) { ByButton = true }).ThenRefused(Refusal.NobodyWaiting);
        Assert.Equal(TicketState.Called, day.Ticket(1).State);
    }
}
