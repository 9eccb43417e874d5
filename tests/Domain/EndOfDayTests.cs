using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Services stop and go on; in the end the day closes what is open, and nothing waits over night.</summary>
public class EndOfDayTests
{
    private static ServiceStopped Stopped(StopKind kind) => new(Passport, kind, Now);

    [Fact]
    public void A_clerk_stops_a_service_and_lets_it_go_on()
    {
        var day = Given().When(new StopService(Passport)).Then(Stopped(StopKind.ByClerk)).When(Take(1, Passport)).ThenRefused(Refusal.ServiceStopped);
        day.When(Take(1, Residence)).Then(Taken(1, 'C', 1, Residence));
        day.When(new ReleaseService(Passport)).Then(new ServiceReleased(Passport, Now)).When(Take(2, Passport)).Then(Taken(2, 'A', 1, Passport));
    }

    [Fact]
    public void A_clerk_may_still_enter_somebody() =>
        Given(Stopped(StopKind.ByClerk)).When(Take(1, Passport) with { By = new("anna") }).Then(Taken(1, 'A', 1, Passport));

    [Fact]
    public void A_stop_keeps_out_nobody_who_waits_or_has_booked() => Given(ForPassport(1), Stopped(StopKind.ByClerk)).When(new CallNext(One)).Then(Opened(One), Called(1, One))
        .When(new CheckIn(Id(2), Code(2), Passport, "de", Now)).Then(new CheckedIn(Id(2), Code(2), new('A', 2), Passport, "de", Now, Now));

    [Fact]
    public void What_a_clerk_stopped_no_forecast_sets_going_again()
    {
        Given(Stopped(StopKind.ByClerk)).When(new ReleaseService(Passport, Automatic: true)).Then();
        Given(Stopped(StopKind.Automatic)).When(new ReleaseService(Passport, Automatic: true)).Then(new ServiceReleased(Passport, Now));
        Given(Stopped(StopKind.Automatic)).When(new ReleaseService(Passport)).Then(new ServiceReleased(Passport, Now));
    }

    [Fact]
    public void A_clerks_stop_outlasts_an_automatic_one()
    {
        Given(Stopped(StopKind.Automatic)).When(new StopService(Passport)).Then(Stopped(StopKind.ByClerk));
        Given(Stopped(StopKind.ByClerk)).When(new StopService(Passport, Automatic: true)).Then();
        Given(Stopped(StopKind.ByClerk)).When(new StopService(Passport)).Then();
        Given(Stopped(StopKind.Automatic)).When(new StopService(Passport, Automatic: true)).Then();
        Given().When(new StopService(Passport, Automatic: true)).Then(Stopped(StopKind.Automatic));
        Given().When(new ReleaseService(Passport)).Then();
        Given().When(new StopService(new("dog"))).ThenRefused(Refusal.UnknownService);
    }

    private static QueueDay Evening() => Given(
        Opened(One), Opened(Three), ForPassport(1), ForPassport(2), ForPassport(3), ForPassport(4), ForPassport(5), ForResidence(6), ForPassport(7),
        Called(1, One), Arrived(1, One), new TicketParked(Id(1), One, Now.AddHours(1), Now),
        Called(2, One), Arrived(2, One), new PickupPromised(Id(2), One, Now),
        Called(3, One), new TicketReturned(Id(3), One, ReturnWay.After, 9, null, true, Now),
        Called(4, One), Called(5, Three), Arrived(5, Three),
        Called(7, Two), new TicketParked(Id(7), Two, null, Now), new EmergencyRaised(Three, Now)).Later(8 * 60);

    [Fact]
    public void The_day_closes_what_is_open() => Evening().When(new EndDay()).Then(
        new VisitCutOff(Id(4), One, Now), new VisitCutOff(Id(5), Three, Now),
        new TicketExpired(Id(1), Now), new TicketExpired(Id(2), Now), new TicketExpired(Id(3), Now), new TicketExpired(Id(6), Now), new TicketExpired(Id(7), Now),
        new CounterClosed(One, Now), new CounterClosed(Three, Now), new EmergencyEnded(Three, Now), new DayEnded(Now));

    [Fact]
    public void Every_ticket_has_a_final_state_and_cut_off_visits_say_that_their_times_are_not_accurate()
    {
        var day = Evening().When(new EndDay());
        Assert.Equal(
            [(1, TicketState.Served, true), (2, TicketState.Served, false), (3, TicketState.Expired, false), (4, TicketState.Served, true),
                (5, TicketState.Served, true), (6, TicketState.Expired, false), (7, TicketState.Expired, false)],
            Enumerable.Range(1, 7).Select(n => (n, day.Ticket(n).State, day.Ticket(n).CutOff)));
        Assert.Equal((0, true), (day.Queue.Waiting.Count, day.Queue.Ended));
        Assert.False(TicketTimes.Of(day.Ticket(5)).AreAccurate);
        Assert.All(day.Queue.Counters.Values, c => Assert.Equal((false, null), (c.Open, c.Ticket)));
        Assert.All(day.Queue.Tickets.Values, t => Assert.Equal(day.Time, t.EndedAt));
    }

    [Fact]
    public void It_ends_once() => Evening().When(new EndDay()).When(new EndDay()).Then();

    public static TheoryData<QueueCommand> TooLate => [
        Take(9, Passport), Take(9, Passport) with { By = new("anna") }, new CheckIn(Id(9), Code(9), Passport, "de", Now), new CallNext(One), new CallTicket(One, Id(6)), new Resume(One, Id(1)),
        new OpenCounter(One), new LogIn(One, new("anna")), new CloseCounter(One),
        new TakeOver(Id(9), Code(9), new('K', 1), Passport, "de", "upstairs", Now) { Journey = 1 }];

    [Theory, MemberData(nameof(TooLate))]
    public void Nothing_begins_after_it(QueueCommand wish) => Evening().When(new EndDay()).When(wish).ThenRefused(Refusal.DayIsOver);

    [Fact]
    public void A_visit_that_is_over_cannot_be_ended_again() => Evening().When(new EndDay()).When(new Finish(One)).ThenRefused(Refusal.CounterIdle);

    [Fact]
    public void An_empty_day_ends_too() => Given().When(new EndDay()).Then(new DayEnded(Now));
}
