using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

public class CallingTests
{
    [Fact]
    public void The_first_to_come_is_the_first_to_be_called() =>
        Given(Opened(One), ForPassport(1), ForPassport(2)).When(new CallNext(One)).Then(Called(1, One));

    [Fact]
    public void Of_several_services_the_earliest_arrival_is_next_whatever_its_letter() =>
        Given(Opened(Three), ForResidence(1), ForPassport(2), ForResidence(3)).When(new CallNext(Three)).Then(Called(1, Three))
            .And(Arrived(1, Three)).When(new CallNext(Three)).Then(Served(1, Three), Called(2, Three))
            .And(Arrived(2, Three)).When(new CallNext(Three)).Then(Served(2, Three), Called(3, Three));

    [Fact]
    public void A_counter_passes_over_those_it_does_not_serve() =>
        Given(Opened(Two), ForPassport(1), ForResidence(2)).When(new CallNext(Two)).Then(Called(2, Two));

    [Fact]
    public void Calling_at_a_closed_counter_opens_it() =>
        Given(ForPassport(1)).When(new CallNext(One)).Then(Opened(One), Called(1, One));

    [Fact]
    public void Calling_next_finishes_the_visit_at_the_counter() =>
        Given(Opened(One), ForPassport(1), ForPassport(2), Called(1, One), Arrived(1, One))
            .When(new CallNext(One)).Then(Served(1, One), Called(2, One));

    [Fact]
    public void When_nobody_waits_the_open_visit_stays_open()
    {
        var day = Given(Opened(One), ForPassport(1), Called(1, One)).When(new CallNext(One)).ThenRefused(Refusal.NobodyWaiting);
        Assert.Equal(Id(1), day.Queue.VisitAt(One)?.Id);
    }

    [Fact]
    public void Nobody_is_called_while_only_others_services_wait() =>
        Given(Opened(Two), ForPassport(1)).When(new CallNext(Two)).ThenRefused(Refusal.NobodyWaiting);

    [Fact]
    public void A_clerk_who_calls_into_an_empty_area_has_opened_the_counter() =>
        Given().When(new CallNext(One)).ThenRefused(Refusal.NobodyWaiting, Opened(One));

    [Fact]
    public void Two_counters_get_two_different_tickets() =>
        Given(Opened(One), Opened(Three), ForPassport(1), ForPassport(2))
            .When(new CallNext(One)).Then(Called(1, One))
            .When(new CallNext(Three)).Then(Called(2, Three));

    [Fact]
    public void A_counter_the_office_does_not_have_calls_nobody() =>
        Given(ForPassport(1)).When(new CallNext(new CounterId("9"))).ThenRefused(Refusal.UnknownCounter);

    [Fact]
    public void A_service_that_no_counter_lists_any_more_may_be_called_by_everybody()
    {
        var withoutResidence = Area with { Counters = [new(One, "1", [Passport]), new(Two, "2", [Passport])] };
        At(withoutResidence, Opened(Two), ForResidence(1)).When(new CallNext(Two)).Then(Called(1, Two));
    }

    [Fact]
    public void A_ticket_whose_service_left_the_configuration_is_still_called()
    {
        var withoutResidence = Area with { Services = [Area.Services[0]], Counters = [new(One, "1", [Passport])] };
        At(withoutResidence, Opened(One), ForResidence(1), ForPassport(2)).When(new CallNext(One)).Then(Called(1, One));
    }

    [Fact]
    public void A_call_writes_down_where_and_when()
    {
        var ticket = Given(ForPassport(1)).When(new CallNext(One)).Queue.Tickets[Id(1)];
        Assert.Equal((TicketState.Called, One, 1, Now, Now),
            (ticket.State, ticket.Counter, ticket.Calls, ticket.CalledAt, ticket.LastCallAt));
    }

    [Fact]
    public void The_place_before_a_ticket_counts_those_who_came_earlier()
    {
        var queue = Given(ForPassport(1), ForResidence(2), ForPassport(3), ForPassport(4)).Queue;
        Assert.Equal(3, queue.AheadOf(queue.Tickets[Id(4)], new(Office, Area), Now)); // Counter 3 calls them all.
        var apart = Area with { Counters = [.. Area.Counters.Take(2)] };
        Assert.Equal(2, queue.AheadOf(queue.Tickets[Id(4)], new(Office, apart), Now));
        Assert.Equal(1, queue.Waiting.CountOf(service => service == SmallOffice.Residence));
        Assert.Equal(4, queue.Waiting.Count);
    }
}
