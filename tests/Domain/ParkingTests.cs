using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Set aside and gone on with, by the same clerk or another; and documents that are fetched the same day.</summary>
public class ParkingTests
{
    private static TicketParked Parked(DateTimeOffset? wake = null) => new(Id(1), One, wake, Now);

    private static QueueDay ServingAtOne() => Given(Opened(One), ForPassport(1), ForPassport(2), Called(1, One), Arrived(1, One));

    [Fact]
    public void A_parked_ticket_frees_the_counter_and_is_not_next()
    {
        var day = ServingAtOne().Later(5).When(new Park(One)).Then(Parked());
        Assert.Equal((TicketState.Parked, Id(2)), (day.Ticket(1).State, day.Next(One)));
        Assert.Null(day.Queue.VisitAt(One));
    }

    [Fact]
    public void Its_clerk_goes_on_with_it_without_a_call()
    {
        var day = ServingAtOne().Later(5).When(new Park(One)).Later(10).When(new Resume(One, Id(1))).Then(new TicketResumed(Id(1), One, Now));
        Assert.Equal((TicketState.Serving, 1, day.Time), (day.Ticket(1).State, day.Ticket(1).Calls, day.Ticket(1).ArrivedAt));
    }

    [Fact]
    public void Another_clerk_goes_on_with_it_and_the_times_of_both_add_up()
    {
        var day = ServingAtOne().Later(5).When(new Park(One)).Later(10).When(new Resume(Three, Id(1))).Then(Opened(Three), new TicketResumed(Id(1), Three, Now))
            .Later(7).When(new Finish(Three)).Then(Served(1, Three));
        Assert.Equal(TimeSpan.FromMinutes(12), TicketTimes.Of(day.Ticket(1)).Service);
        Assert.Equal([One, Three], day.Ticket(1).Parts.Select(p => p.Counter));
    }

    [Fact]
    public void Two_clerks_cannot_go_on_with_one_ticket() =>
        ServingAtOne().When(new Park(One)).When(new Resume(Three, Id(1))).When(new Resume(One, Id(1))).ThenRefused(Refusal.NotWaiting);

    [Fact]
    public void Who_has_a_visit_finishes_it_first() =>
        ServingAtOne().When(new Park(One)).When(new CallNext(One)).When(new Resume(One, Id(1))).ThenRefused(Refusal.VisitOpen);

    [Fact]
    public void A_parked_ticket_may_be_called_in_again_by_name() =>
        ServingAtOne().When(new Park(One)).When(new CallTicket(Three, Id(1))).Then(Opened(Three), Called(1, Three));

    private static DateTimeOffset Midnight => Now.AddHours(15);

    [Fact]
    public void A_reminder_lies_in_the_future_and_before_tomorrow()
    {
        ServingAtOne().When(new Park(One, Now.AddMinutes(-1))).ThenRefused(Refusal.WrongTime);
        ServingAtOne().When(new Park(One, Now.AddHours(25))).ThenRefused(Refusal.WrongTime);
        ServingAtOne().When(new Park(One, Midnight)).ThenRefused(Refusal.WrongTime);
        ServingAtOne().When(new Park(One, Midnight.AddMinutes(-1))).Then(new TicketParked(Id(1), One, Midnight.AddMinutes(-1), Now));
        var day = ServingAtOne().When(new Park(One, Now.AddMinutes(15))).Then(Parked(Now.AddMinutes(15)));
        Assert.Equal(Now.AddMinutes(15), day.Ticket(1).WakeAt);
        Assert.Null(day.When(new Resume(One, Id(1))).Ticket(1).WakeAt);
    }

    [Fact]
    public void A_parked_ticket_keeps_its_number() =>
        Given(Opened(One), ForPassport(1), Called(1, One), Parked(), Taken(2, 'A', 999, Passport)).When(Take(3, Passport)).Then(Taken(3, 'A', 2, Passport));

    [Fact]
    public void A_parked_ticket_can_be_given_priority_and_does_not_wait_by_it()
    {
        var day = ServingAtOne().When(new Park(One)).When(new Prioritise(Id(1), "frail")).Then(new PriorityGiven(Id(1), "frail", Now));
        Assert.Equal(1, day.Queue.Waiting.Count);
        Assert.Equal(Id(2), day.Next(One));
    }

    [Fact]
    public void A_finished_document_is_fetched_the_same_day()
    {
        var day = ServingAtOne().Later(5).When(new Finish(One) { ForPickup = true }).Then(new PickupPromised(Id(1), One, Now));
        Assert.Equal((TicketState.Pickup, 1), (day.Ticket(1).State, day.Queue.ServedAt(One)));
        day.Later(60).When(new CallTicket(Three, Id(1))).Then(Opened(Three), Called(1, Three)).Later(1).When(new MarkArrived(Three)).Later(2).When(new Finish(Three)).Then(Served(1, Three));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(7)), (TicketTimes.Of(day.Ticket(1)).Wait, TicketTimes.Of(day.Ticket(1)).Service));
    }

    [Fact]
    public void Who_fetches_a_document_may_stand_at_the_counter_already() =>
        ServingAtOne().When(new Finish(One) { ForPickup = true }).When(new Resume(Three, Id(1))).Then(Opened(Three), new TicketResumed(Id(1), Three, Now));

    [Fact]
    public void What_does_not_exist_cannot_be_gone_on_with() => ServingAtOne().When(new Resume(Three, Id(9))).ThenRefused(Refusal.UnknownTicket);
}
