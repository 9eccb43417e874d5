using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

public class VisitTests
{
    private static QueueDay CalledToOne() => Given(Opened(One), ForPassport(1), Called(1, One));

    private static QueueDay ServingAtOne() => Given(Opened(One), ForPassport(1), Called(1, One), Arrived(1, One));

    [Fact]
    public void A_called_citizen_can_be_called_again()
    {
        var day = CalledToOne().When(new Recall(One)).Then(new TicketRecalled(Id(1), One, Now));
        Assert.Equal(2, day.Queue.Tickets[Id(1)].Calls);
    }

    [Fact]
    public void A_recall_leaves_the_end_of_the_wait_where_it_was()
    {
        var later = Now.AddMinutes(2);
        var ticket = CalledToOne().Queue.Apply(new TicketRecalled(Id(1), One, later)).Tickets[Id(1)];
        Assert.Equal((Now, later), (ticket.CalledAt, ticket.LastCallAt));
    }

    [Fact]
    public void Who_stands_at_the_counter_can_still_be_called_again() =>
        ServingAtOne().When(new Recall(One)).Then(new TicketRecalled(Id(1), One, Now));

    [Fact]
    public void A_called_citizen_arrives()
    {
        var day = CalledToOne().When(new MarkArrived(One)).Then(Arrived(1, One));
        Assert.Equal((TicketState.Serving, Now), (day.Queue.Tickets[Id(1)].State, day.Queue.Tickets[Id(1)].ArrivedAt));
    }

    [Fact]
    public void A_citizen_arrives_once() => ServingAtOne().When(new MarkArrived(One)).ThenRefused(Refusal.AlreadyArrived);

    [Fact]
    public void A_visit_is_finished()
    {
        var day = ServingAtOne().When(new Finish(One)).Then(Served(1, One));
        Assert.Equal((TicketState.Served, Now), (day.Queue.Tickets[Id(1)].State, day.Queue.Tickets[Id(1)].EndedAt));
        Assert.Equal(1, day.Queue.ServedAt(One));
    }

    [Fact]
    public void A_clerk_may_finish_without_having_said_that_the_citizen_came() => CalledToOne().When(new Finish(One)).Then(Served(1, One));

    [Fact]
    public void What_was_really_given_is_written_down_with_its_quantity()
    {
        var day = ServingAtOne();
        var revision = day.Queue.At(One).Revision;
        day.When(new Finish(One) { Given = [new(Passport, 3), new(Residence, 1)] }).Then(new ServicesGiven(Id(1), One, [new(Passport, 3), new(Residence, 1)], Now), Served(1, One));
        Assert.True(day.Queue.At(One).Revision > revision);
    }

    [Fact]
    public void What_cannot_have_been_given_is_refused()
    {
        ServingAtOne().When(new Finish(One) { Given = [new(new("dog-licence"), 1)] }).ThenRefused(Refusal.UnknownService);
        ServingAtOne().When(new Finish(One) { Given = [new(Passport, 0)] }).ThenRefused(Refusal.WrongQuantity);
        ServingAtOne().When(new Finish(One) { Given = [new(Passport, 100)] }).ThenRefused(Refusal.WrongQuantity);
    }

    [Fact]
    public void A_missed_citizen_frees_the_counter()
    {
        var day = CalledToOne().When(new MarkMissed(One)).Then(Missed(1, One));
        Assert.Null(day.Queue.VisitAt(One));
        Assert.Equal(TicketState.Missed, day.Queue.Tickets[Id(1)].State);
        Assert.Equal(0, day.Queue.ServedAt(One));
    }

    [Fact]
    public void A_missed_citizen_is_not_called_again_by_call_next() =>
        Given(Opened(One), ForPassport(1), Called(1, One), Missed(1, One)).When(new CallNext(One)).ThenRefused(Refusal.NobodyWaiting);

    [Fact]
    public void Who_stands_at_the_counter_cannot_be_missed() => ServingAtOne().When(new MarkMissed(One)).ThenRefused(Refusal.AlreadyArrived);

    public static TheoryData<QueueCommand> VisitWishes => [new Recall(One), new MarkArrived(One), new Finish(One), new MarkMissed(One)];

    [Theory, MemberData(nameof(VisitWishes))]
    public void At_an_idle_counter_there_is_nothing_to_recall_or_finish(QueueCommand wish) =>
        Given(Opened(One)).When(wish).ThenRefused(Refusal.CounterIdle);

    [Fact]
    public void A_visit_at_a_counter_that_left_the_configuration_can_still_be_finished()
    {
        var withoutOne = Area with { Counters = [.. Area.Counters.Skip(1)] };
        At(withoutOne, Opened(One), ForPassport(1), Called(1, One)).When(new Finish(One)).Then(Served(1, One))
            .When(new CallNext(One)).ThenRefused(Refusal.UnknownCounter);
    }

    [Fact]
    public void What_one_counter_does_changes_no_other()
    {
        var before = Given(Opened(One), Opened(Three), ForPassport(1), ForPassport(2), Called(1, One), Called(2, Three));
        var three = before.Queue.At(Three);
        Assert.Equal(three, before.When(new Finish(One)).Queue.At(Three));
    }
}
