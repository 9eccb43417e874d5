using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>A finished citizen comes back.</summary>
public class ReopeningTests
{
    private static readonly ClerkId Anna = new("anna");

    private static QueueDay ServedAtOne() => Given(Opened(One), ForPassport(1), On(ForPassport(2), Now.AddMinutes(1)), Called(1, One),
        Arrived(1, One), new TicketServed(Id(1), One, Now, ServedOutcome.PapersMissing)).Later(5);

    [Fact]
    public void A_served_citizen_waits_again_with_the_first_arrival()
    {
        Assert.Equal(ServedOutcome.PapersMissing, ServedAtOne().Ticket(1).Outcome);
        var day = ServedAtOne().When(new Reactivate(Id(1))).Then(new TicketReactivated(Id(1), Now));
        Assert.Equal((TicketState.Waiting, Now, null, null),
            (day.Ticket(1).State, day.Ticket(1).DueAt, day.Ticket(1).Outcome, day.Ticket(1).EndedAt));
        Assert.Equal(Id(1), day.Next(One));
    }

    [Fact]
    public void A_served_citizen_goes_on_at_a_counter_without_a_call()
    {
        var day = ServedAtOne().When(new ReopenVisit(Three, Id(1)) { By = Anna })
            .Then(new CounterOpened(Three, Now), new ClerkLoggedIn(Three, Anna, null, Now), new TicketReopened(Id(1), Three, Now));
        Assert.Equal((TicketState.Serving, Id(1)), (day.Ticket(1).State, day.Queue.VisitAt(Three)?.Id));
        day.Later(3).When(new Finish(Three)).Then(Served(1, Three));
        Assert.Equal(2, day.Ticket(1).Parts.Count);
    }

    [Fact]
    public void A_visit_is_not_taken_up_again_over_another_one() =>
        ServedAtOne().When(new CallNext(One)).When(new ReopenVisit(One, Id(1))).ThenRefused(Refusal.VisitOpen);

    [Fact]
    public void A_ticket_that_waits_is_called_and_not_taken_up_again()
    {
        ServedAtOne().When(new ReopenVisit(One, Id(2))).ThenRefused(Refusal.NotMissed);
        ServedAtOne().When(new ReopenVisit(One, Id(9))).ThenRefused(Refusal.UnknownTicket);
    }

    [Fact]
    public void A_citizen_who_was_never_called_waits_again_first() =>
        ServedAtOne().When(new Cancel(Id(2))).When(new ReopenVisit(One, Id(2))).ThenRefused(Refusal.NeverCalled);

    [Fact]
    public void A_number_that_another_ticket_has_by_now_stays_with_that_one() =>
        ServedAtOne().And(Taken(3, 'A', 999, Passport)).When(Take(4, Passport)).When(new ReopenVisit(One, Id(1)))
            .ThenRefused(Refusal.NumberTaken);

    [Fact]
    public void After_the_days_end_no_visit_is_taken_up_again() =>
        ServedAtOne().When(new EndDay()).When(new ReopenVisit(One, Id(1))).ThenRefused(Refusal.DayIsOver);

    [Fact]
    public void A_visit_with_nothing_done_has_given_no_service() =>
        Given(Opened(One), ForPassport(1), Called(1, One), Arrived(1, One))
            .When(new Finish(One) { Given = [new(Passport, 2)], Outcome = ServedOutcome.NothingDone })
            .Then(new TicketServed(Id(1), One, Now, ServedOutcome.NothingDone));
}
