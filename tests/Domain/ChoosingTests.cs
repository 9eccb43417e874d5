using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Calling a chosen ticket instead of the next one.</summary>
public class ChoosingTests
{
    [Fact]
    public void A_clerk_may_call_any_ticket_that_waits() =>
        Given(ForPassport(1), ForPassport(2), ForResidence(3)).When(new CallTicket(One, Id(3))).Then(Opened(One), Called(3, One));

    [Fact]
    public void It_finishes_the_visit_at_the_counter() =>
        Given(Opened(One), ForPassport(1), ForPassport(2), ForPassport(3), Called(1, One), Arrived(1, One))
            .When(new CallTicket(One, Id(3))).Then(Served(1, One), Called(3, One));

    [Fact]
    public void Where_the_area_does_not_permit_it_only_the_next_one_may_be_called()
    {
        var strict = new Aufruf.Domain.Offices.AreaRules { MayCallAny = false };
        Under(strict, ForPassport(1), ForPassport(2)).When(new CallTicket(One, Id(2))).ThenRefused(Refusal.NotPermitted);
        Under(strict, ForPassport(1), ForPassport(2)).When(new CallTicket(One, Id(1))).Then(Opened(One), Called(1, One));
    }

    [Fact]
    public void Even_there_whoever_was_parked_or_comes_for_a_document_may_be_called()
    {
        var strict = new Aufruf.Domain.Offices.AreaRules { MayCallAny = false };
        var day = Under(strict, Opened(One), ForPassport(1), ForPassport(2), ForPassport(3), Called(2, One),
            new TicketParked(Id(2), One, null, Now),
            Called(3, One), new PickupPromised(Id(3), One, Now));
        day.When(new CallTicket(One, Id(2))).Then(Called(2, One))
            .When(new CallTicket(One, Id(3)) { Became = VisitOutcome.Served }).Then(Served(2, One), Called(3, One));
    }

    [Fact]
    public void Who_is_at_another_counter_cannot_be_called_away() =>
        Given(Opened(One), ForPassport(1), Called(1, One)).When(new CallTicket(Three, Id(1))).ThenRefused(Refusal.NotWaiting);

    [Fact]
    public void Who_is_here_already_is_not_called_once_more() =>
        Given(Opened(One), ForPassport(1), Called(1, One)).When(new CallTicket(One, Id(1))).ThenRefused(Refusal.NotWaiting);

    [Fact]
    public void Who_was_served_is_not_called() =>
        Given(Opened(One), ForPassport(1), Called(1, One), Served(1, One)).When(new CallTicket(One, Id(1))).ThenRefused(Refusal.NotWaiting);

    [Fact]
    public void A_ticket_of_another_day_is_unknown() => Given(ForPassport(1)).When(new CallTicket(One, Id(9)))
        .ThenRefused(Refusal.UnknownTicket);

    [Fact]
    public void Of_two_clerks_who_choose_one_ticket_the_first_has_it() =>
        Given(ForPassport(1)).When(new CallTicket(One, Id(1))).When(new CallTicket(Three, Id(1))).ThenRefused(Refusal.NotWaiting);
}
