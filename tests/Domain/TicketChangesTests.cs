using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Changes of a ticket, wherever it is: reactivate, cancel, priority, remark; and entering somebody at the
/// desk.</summary>
public class TicketChangesTests
{
    private static readonly ClerkId Anna = new("anna");

    private static QueueDay MissedAtOne() => Given(Opened(One), ForPassport(1), On(ForPassport(2), Now.AddMinutes(1)), Called(1, One),
        Missed(1, One)).Later(5);

    [Fact]
    public void A_missed_citizen_can_be_brought_back_with_the_first_arrival()
    {
        var day = MissedAtOne().When(new Reactivate(Id(1))).Then(new TicketReactivated(Id(1), Now));
        Assert.Equal((TicketState.Waiting, Now, Id(1)), (day.Ticket(1).State, day.Ticket(1).DueAt, day.Next(One)));
        Assert.Equal(2, day.Queue.Waiting.Count);
    }

    [Fact]
    public void Brought_back_it_has_all_its_chances_again() =>
        Under(new() { MissedReturns = 1 }, Opened(One), ForPassport(1), Called(1, One), Missed(1, One)).When(new Reactivate(Id(1)))
            .When(new CallNext(One))
            .When(new MarkMissed(One)).Then(new TicketReturned(Id(1), One, ReturnWay.After, 2, null, true, Now));

    [Fact]
    public void A_number_that_somebody_else_has_by_now_is_not_given_twice() =>
        MissedAtOne().And(Taken(3, 'A', 999, Passport)).When(Take(4, Passport)).Then(Taken(4, 'A', 1, Passport)).When(new Reactivate(Id(1)))
            .ThenRefused(Refusal.NumberTaken);

    [Fact]
    public void Who_waits_or_is_at_a_counter_is_not_brought_back()
    {
        MissedAtOne().When(new Reactivate(Id(2))).ThenRefused(Refusal.NotMissed);
        Given(ForPassport(1), Called(1, One)).When(new Reactivate(Id(1))).ThenRefused(Refusal.NotMissed);
        MissedAtOne().When(new Reactivate(Id(9))).ThenRefused(Refusal.UnknownTicket);
    }

    [Fact]
    public void Nobody_is_brought_back_after_the_days_end() => MissedAtOne().When(new EndDay()).When(new Reactivate(Id(1)))
        .ThenRefused(Refusal.DayIsOver);

    [Fact]
    public void A_citizen_gives_the_ticket_back()
    {
        var day = Given(ForPassport(1), ForPassport(2)).When(new Cancel(Id(1))).Then(new TicketCancelled(Id(1), null, Now));
        Assert.Equal((TicketState.Cancelled, 1, Id(2)), (day.Ticket(1).State, day.Queue.Waiting.Count, day.Next(One)));
        day.When(new Cancel(Id(1))).Then();
    }

    [Fact]
    public void A_clerk_strikes_off_who_is_parked_or_held_back()
    {
        var day = Given(Opened(One), ForPassport(1), Called(1, One)).When(new ReturnTicket(One, ReturnWay.After, After: 9))
            .When(new Cancel(Id(1), Anna)).Then(new TicketCancelled(Id(1), Anna, Now));
        Assert.Equal(0, day.Queue.Waiting.Count);
        day.When(new Reactivate(Id(1))).When(new CallNext(One)).Then(Called(1, One)).When(new Park(One)).When(new Cancel(Id(1), Anna))
            .Then(new TicketCancelled(Id(1), Anna, Now));
    }

    [Fact]
    public void Who_is_at_a_counter_is_not_struck_off() => Given(ForPassport(1), Called(1, One)).When(new Cancel(Id(1), Anna))
        .ThenRefused(Refusal.NotWaiting);

    [Fact]
    public void A_cancelled_ticket_frees_its_number() =>
        Given(ForPassport(1), new TicketCancelled(Id(1), null, Now), Taken(2, 'A', 999, Passport)).When(Take(3, Passport))
            .Then(Taken(3, 'A', 1, Passport));

    [Fact]
    public void A_priority_has_a_reason_from_the_offices_list()
    {
        Given(ForPassport(1)).When(new Prioritise(Id(1), "mayors-friend")).ThenRefused(Refusal.UnknownPriority);
        var day = Given(ForPassport(1)).When(new Prioritise(Id(1), "frail")).Then(new PriorityGiven(Id(1), "frail", Now))
            .When(new Prioritise(Id(1), "frail")).Then();
        Assert.Null(day.When(new Prioritise(Id(1), null)).Then(new PriorityGiven(Id(1), null, Now)).Ticket(1).Priority);
    }

    [Fact]
    public void Who_has_left_is_not_given_priority() => MissedAtOne().When(new Prioritise(Id(1), "frail")).ThenRefused(Refusal.NotWaiting);

    [Fact]
    public void No_remark_is_written_after_the_days_end() => MissedAtOne().When(new EndDay()).When(new WriteRemark(Id(1), "sealed"))
        .ThenRefused(Refusal.DayIsOver);

    [Fact]
    public void A_remark_may_be_written_at_any_time_and_deleted()
    {
        var day = MissedAtOne().When(new WriteRemark(Id(1), "sealed")).Then(new RemarkWritten(Id(1), "sealed", Now))
            .When(new WriteRemark(Id(1), "sealed")).Then();
        Assert.Null(day.When(new WriteRemark(Id(1), null)).Then(new RemarkWritten(Id(1), null, Now)).Ticket(1).Remark);
    }

    [Fact]
    public void A_ticket_is_for_a_case_and_an_undone_step_does_not_lose_it()
    {
        var day = Given(Opened(One), ForPassport(1), Called(1, One), Arrived(1, One))
            .When(new AttachCase(Id(1), "1-2026-000007", Anna)).Then(new CaseAttached(Id(1), "1-2026-000007", Anna, Now))
            .When(new AttachCase(Id(1), "1-2026-000007", Anna)).Then();
        Assert.Equal("1-2026-000007", day.When(new Finish(One)).When(new UndoStep(One)).Ticket(1).Case);
        Assert.Null(day.When(new AttachCase(Id(1), null, Anna)).Ticket(1).Case);
        day.When(new AttachCase(Id(1), new('1', 61), Anna)).ThenRefused(Refusal.UnknownCase);
    }

    [Fact]
    public void What_a_colleague_writes_about_a_ticket_makes_no_ones_press_stale()
    {
        var day = Given(Opened(One), ForPassport(1), Called(1, One));
        var seen = day.Queue.At(One).Revision;
        day.When(new WriteRemark(Id(1), "sealed")).When(new Prioritise(Id(1), "child")).Later(seconds: 2)
            .When(new MarkArrived(One, seen)).Then(Arrived(1, One));
    }

    [Fact]
    public void A_clerk_enters_somebody_with_all_that_is_known() =>
        Given().When(Take(1, Passport) with
        {
            By = Anna,
            Also = [Residence],
            Priority = "child",
            Remark = "sealed",
            Forecast =
            new(2, 5, 9)
        }).Then(
            Taken(1, 'A', 1, Passport), new ServicesChosen(Id(1), [Residence], Now), new PriorityGiven(Id(1), "child", Now),
                new RemarkWritten(Id(1), "sealed", Now), new ForecastGiven(Id(1), 2, 5, 9, Now));

    [Fact]
    public void A_reason_nobody_knows_gives_no_ticket() => Given().When(Take(1, Passport) with { By = Anna, Priority = "hurry" })
        .ThenRefused(Refusal.UnknownPriority);

    [Fact]
    public void A_further_service_nobody_knows_gives_no_ticket() => Given().When(Take(1, Passport) with { Also = [new("dog")] })
        .ThenRefused(Refusal.UnknownService);

    [Fact]
    public void One_ticket_is_given_once_however_often_it_is_asked_for()
    {
        Given(ForPassport(1)).When(Take(1, Passport)).Then();
        Given(Booked(1, Now.AddMinutes(10))).When(new CheckIn(Id(1), Code(1), Passport, "de", Now.AddMinutes(10))).Then();
    }

    [Fact]
    public void A_booked_citizen_who_comes_early_is_due_at_the_booked_time_and_a_late_one_on_arrival()
    {
        var early = Given().When(new CheckIn(Id(1), Code(1), Passport, "de", Now.AddMinutes(10))).Ticket(1);
        var late = Given().When(new CheckIn(Id(1), Code(1), Passport, "de", Now.AddMinutes(-10))).Ticket(1);
        Assert.Equal((Now.AddMinutes(10), Now), (early.DueAt, late.DueAt));
    }

    [Fact]
    public void The_wait_of_a_booked_citizen_begins_at_the_booked_time()
    {
        var day = Given(Booked(1, Now.AddMinutes(10))).Later(14).When(new CallNext(One));
        Assert.Equal(TimeSpan.FromMinutes(4), TicketTimes.Of(day.Ticket(1)).Wait);
        Assert.Equal(TimeSpan.Zero, TicketTimes.Of(Given(Booked(1, Now.AddMinutes(10))).Later(4).When(new CallNext(One)).Ticket(1)).Wait);
    }

    [Fact]
    public void Somebody_who_was_never_called_has_no_times() =>
        Assert.Equal(new TicketTimes(null, null, null, true), TicketTimes.Of(Given(ForPassport(1)).Ticket(1)));
}
