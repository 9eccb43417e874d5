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
    private static TicketReturned BackAfter(int calls, CounterId? counter = null) =>
        new(Id(1), counter ?? One, ReturnWay.After, calls, null, true, Now);

    [Fact]
    public void Who_did_not_come_is_called_again_as_often_as_the_area_says()
    {
        var day = Under(new() { MissedReturns = 2, MissedReturnsAfter = 1 }, Opened(One), ForPassport(1), ForPassport(2), ForPassport(3),
            ForPassport(4), Called(1, One));
        day.When(new MarkMissed(One)).Then(BackAfter(1));
        var over = new CallNext(One) { Became = VisitOutcome.Served };
        day.When(over).Then(Called(2, One)).When(over).Then(Served(2, One), Called(1, One));
        day.When(new MarkMissed(One)).Then(BackAfter(1));
        day.When(over).Then(Called(3, One)).When(over).Then(Served(3, One), Called(1, One));
        day.When(new MarkMissed(One)).Then(Missed(1, One));
        Assert.Equal((3, 3), (day.Ticket(1).Misses, day.Ticket(1).Calls));
    }

    [Fact]
    public void The_wait_of_who_did_not_come_at_first_ended_with_the_first_call()
    {
        var day = Under(new() { MissedReturns = 1 }, Opened(One), ForPassport(1)).Later(10).When(new CallNext(One)).Later(2)
            .When(new MarkMissed(One))
            .Later(5).When(new CallNext(One)).Then(Called(1, One)).Later(1).When(new MarkArrived(One)).Later(8).When(new Finish(One));
        Assert.Equal(new TicketTimes(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(8), true),
            TicketTimes.Of(day.Ticket(1)));
    }

    private static CallNext Next(long? seen = null) => new(One, seen) { ByButton = true };

    private static PressIgnored Held => new(One, Refusal.TooSoon, Now);

    public static TheoryData<QueueCommand> CallsOver => [new CallNext(One), new CallTicket(One, Id(3))];

    [Theory, MemberData(nameof(CallsOver))]
    public void A_call_over_a_called_citizen_has_to_say_what_became_of_them(QueueCommand call)
    {
        var day = Under(new() { MissedReturns = 1, MissedReturnsAfter = 1 }, Opened(One), ForPassport(1), ForPassport(2), ForPassport(3),
            Called(1, One));
        day.Later(9).When(call).ThenRefused(Refusal.OutcomeUnknown);
        Assert.Equal((TicketState.Called, Id(1)), (day.Ticket(1).State, day.Queue.At(One).Ticket));
        day.When(Said(call, VisitOutcome.Missed)).Then(BackAfter(1), Called(call is CallNext ? 2 : 3, One));
        day.When(new MarkArrived(One)).When(new CallNext(One) { Became = VisitOutcome.Missed }).ThenRefused(Refusal.AlreadyArrived);
    }

    [Theory, MemberData(nameof(CallsOver))]
    public void Or_that_they_were_served_though_nobody_marked_it(QueueCommand call) =>
        Given(Opened(One), ForPassport(1), ForPassport(2), ForPassport(3), Called(1, One)).When(Said(call, VisitOutcome.Served))
            .Then(Served(1, One), Called(call is CallNext ? 2 : 3, One));

    [Fact]
    public void An_announced_pause_asks_too() =>
        Given(Opened(One), ForPassport(1), ForPassport(2), Called(1, One)).When(new SetPresence(One, Presence.Pause))
            .When(new CallNext(One)).ThenRefused(Refusal.OutcomeUnknown)
            .When(new CallNext(One) { Became = VisitOutcome.Missed })
            .Then(Missed(1, One), new PresenceChanged(One, Presence.Pause, Now));

    private static QueueCommand Said(QueueCommand call, VisitOutcome became) => call switch
    {
        CallNext next => next with { Became = became },
        CallTicket ticket => ticket with { Became = became },
        _ => call,
    };

    [Fact]
    public void A_box_counts_a_called_citizen_as_missed_when_the_time_for_the_way_is_over()
    {
        var day = Under(new() { TwiceNextSeconds = 30 }, ForPassport(1), ForPassport(2)).When(Next()).Later(seconds: 29);
        day.When(Next()).ThenRefused(Refusal.TooSoon, Held);
        day.Later(seconds: 1).When(Next()).Then(Missed(1, One), Called(2, One));
    }

    [Fact]
    public void However_late_the_next_press_comes_and_whoever_is_logged_in() =>
        Given(Opened(One), new ClerkLoggedIn(One, new("anna"), null, Now), ForPassport(1), ForPassport(2)).When(Next()).Later(20)
            .When(Next()).Then(Missed(1, One), Called(2, One));

    [Fact]
    public void At_a_box_the_same_chances_are_left_as_with_the_button_for_missed() =>
        Under(new() { MissedReturns = 1, MissedReturnsAfter = 2 }, ForPassport(1), ForPassport(2))
            .When(Next()).Later(seconds: 3).When(Next()).Then(BackAfter(2), Called(2, One));

    [Fact]
    public void A_recall_gives_the_time_for_the_way_once_more() =>
        Given(ForPassport(1), ForPassport(2)).When(Next()).Later(8).When(new Recall(One) { ByButton = true })
            .When(Next()).ThenRefused(Refusal.TooSoon, Held);

    [Fact]
    public void Who_was_marked_as_here_was_not_missed() =>
        Given(ForPassport(1), ForPassport(2)).When(Next()).When(new MarkArrived(One)).When(Next()).Then(Served(1, One), Called(2, One));

    [Fact]
    public void Boxes_without_a_button_for_arrivals_count_the_citizen_as_served() =>
        Under(new() { TwiceNextSeconds = 0 }, ForPassport(1), ForPassport(2)).When(Next()).When(Next())
            .Then(Served(1, One), Called(2, One));

    public static TheoryData<AtCounter> Hasty =>
    [
        new CallNext(One) { ByButton = true }, new MarkArrived(One) { ByButton = true }, new Finish(One) { ByButton = true },
        new MarkMissed(One) { ByButton = true },
    ];

    [Theory, MemberData(nameof(Hasty))]
    public void A_press_of_a_box_so_soon_after_a_new_state_was_meant_for_the_state_before(AtCounter press)
    {
        foreach (var step in (QueueCommand[])[new CallNext(One), new MarkArrived(One), new Finish(One)])
        {
            var day = Given(Opened(One), ForPassport(1), ForPassport(2), ForPassport(3)).Later(5);
            day = step is CallNext ? day : day.When(new CallNext(One)).Later(5);
            day = step is Finish ? day.When(new MarkArrived(One)).Later(5) : day;
            day.When(step).Later(seconds: 1).When(press with { Seen = day.Queue.At(One).Revision })
                .ThenRefused(Refusal.TooSoon, Held);
        }
    }

    [Fact]
    public void When_nobody_else_waits_a_second_press_leaves_the_called_ticket_where_it_is()
    {
        var day = Given(ForPassport(1)).When(Next()).Later(seconds: 5).When(Next())
            .ThenRefused(Refusal.NobodyWaiting);
        Assert.Equal(TicketState.Called, day.Ticket(1).State);
    }
}
