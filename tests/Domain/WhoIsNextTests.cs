using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>The next ticket of a counter, and why it is next.</summary>
public class WhoIsNextTests
{
    [Fact]
    public void The_call_says_why_this_ticket_is_next()
    {
        var called = Given(ForPassport(1)).Later(31).When(new CallNext(One)).Queue;
        Assert.Equal(TicketState.Called, called.Tickets[Id(1)].State);
        Assert.Equal(new Why(WhyKind.LongestWait, Now), Given(ForPassport(1)).Later(31).WhyNext(One));
    }

    [Fact]
    public void A_due_appointment_overtakes_walk_ins_that_came_little_earlier()
    {
        var day = Given(ForPassport(1), Booked(2, Now.AddMinutes(20)));
        Assert.Equal(Id(1), day.Later(20).Next(One)); // It has waited 20 minutes, the appointment none.
        Assert.Equal(Id(2), day.Later(10).Next(One)); // 30 points against 40.
        Assert.Equal(new Why(WhyKind.AppointmentDue, Now.AddMinutes(20)), day.WhyNext(One));
    }

    [Fact]
    public void Nobody_starves_behind_appointments() =>
        Assert.Equal(Id(1), Given(ForPassport(1), Booked(2, Now.AddMinutes(40))).Later(45).Next(One));

    [Fact]
    public void An_early_appointment_waits_while_others_are_due() =>
        Assert.Equal(Id(2), Given(Booked(1, Now.AddMinutes(2)), ForPassport(2)).Next(One));

    [Fact]
    public void An_early_appointment_is_called_when_nobody_else_waits()
    {
        var day = Given(Booked(1, Now.AddMinutes(2)));
        Assert.Equal(new Why(WhyKind.EarlyAppointment, Now.AddMinutes(2)), day.WhyNext(One));
        day.When(new CallNext(One)).Then(Opened(One), Called(1, One));
    }

    [Fact]
    public void A_future_appointment_with_priority_hides_no_due_one() =>
        Assert.Equal(Id(2), Given(Booked(1, Now.AddMinutes(30)), new PriorityGiven(Id(1), "frail", Now), Booked(2, Now.AddMinutes(5)))
            .Later(6).Next(One));

    [Fact]
    public void A_stated_priority_goes_before_and_says_for_what_reason()
    {
        var day = Given(ForPassport(1), On(ForPassport(2), Now.AddMinutes(5)), new PriorityGiven(Id(2), "frail", Now)).Later(20);
        Assert.Equal(new Why(WhyKind.Priority, Now.AddMinutes(5), "frail"), day.WhyNext(One));
    }

    [Theory]
    [InlineData(PolicyKind.Fifo, 1)]
    [InlineData(PolicyKind.AppointmentsFirst, 2)]
    [InlineData(PolicyKind.AccumulatingPriority, 2)]
    public void The_area_chooses_its_policy(PolicyKind policy, int next) =>
        Assert.Equal(Id(next), Under(new() { Policy = policy }, ForPassport(1), Booked(2, Now.AddMinutes(20))).Later(28).Next(One));

    [Fact]
    public void With_appointments_first_patience_ends() =>
        Assert.Equal(Id(1), Under(new() { Policy = PolicyKind.AppointmentsFirst, PatienceMinutes = 30 }, ForPassport(1),
            Booked(2, Now.AddMinutes(31))).Later(40).Next(One));

    private static readonly WaitingArea WithProfiles = Area with
    {
        Profiles =
        [
            new("residence-first", Both("Wohnsitz zuerst", "Residence first"), [[Residence], [Passport]]),
            new("residence", Both("Wohnsitz", "Residence"), [[Residence]]) { Also = [new(Passport, 20)] },
        ],
    };

    private static QueueDay At(string profile, params IEnumerable<QueueEvent> past) =>
        QueueDay.At(WithProfiles, [Opened(One), new ClerkLoggedIn(One, new("anna"), profile, Now), .. past]);

    [Fact]
    public void A_later_group_is_called_when_nobody_of_an_earlier_one_waits() =>
        At("residence-first", ForPassport(1), On(ForResidence(2), Now.AddMinutes(5))).Later(6)
            .When(new CallNext(One)).Then(Called(2, One)).And(On(Arrived(2, One), Now.AddMinutes(6)))
            .When(new CallNext(One)).Then(Served(2, One), Called(1, One));

    [Fact]
    public void An_order_of_groups_starves_nobody_longer_than_an_hour()
    {
        var day = At("residence-first", ForPassport(1), On(ForResidence(2), Now.AddMinutes(59))).Later(60);
        Assert.Equal(Id(2), day.Next(One));
        Assert.Equal(Id(1), day.Later(seconds: 1).Next(One));
        Assert.Equal(new Why(WhyKind.WaitsTooLong, Now), day.WhyNext(One));
    }

    [Fact]
    public void A_service_of_another_counter_is_also_called_when_somebody_waits_too_long()
    {
        var day = At("residence", ForPassport(1)).Later(20).When(new CallNext(One)).ThenRefused(Refusal.NobodyWaiting);
        day.Later(seconds: 1).When(new CallNext(One)).Then(Called(1, One));
    }

    [Fact]
    public void Who_has_not_waited_long_is_not_said_to_have()
    {
        var day = At("residence", ForPassport(1), Booked(2, Now.AddMinutes(10))).Later(21); // 21 points against 44.
        Assert.Equal((Id(2), WhyKind.AppointmentDue), (day.Next(One), day.WhyNext(One)?.Kind));
    }

    [Fact]
    public void Who_comes_back_at_a_time_is_nobodys_longest_wait()
    {
        var day = At("residence", ForPassport(1), Called(1, Three), new TicketReturned(Id(1), Three, ReturnWay.AtTime, null,
            Now.AddMinutes(120), false, Now), On(ForPassport(2), Now.AddMinutes(55))).Later(61);
        day.When(new CallNext(One)).ThenRefused(Refusal.NobodyWaiting);
    }

    [Fact]
    public void A_profile_the_configuration_no_longer_has_leaves_the_counters_own_services() =>
        QueueDay.At(Area, Opened(One), new ClerkLoggedIn(One, new("anna"), "gone", Now), ForResidence(1), ForPassport(2))
            .When(new CallNext(One)).Then(Called(2, One));

    [Fact]
    public void The_place_before_a_ticket_counts_those_who_came_back_from_being_held()
    {
        var day = Given(ForPassport(1), Called(1, One), new TicketReturned(Id(1), One, ReturnWay.AtTime, null, Now.AddMinutes(10), false,
            Now), On(ForPassport(2), Now.AddMinutes(1)));
        Assert.Equal(0, day.Queue.AheadOf(day.Ticket(2), day.Setting, Now.AddMinutes(9)));
        Assert.Equal(1, day.Queue.AheadOf(day.Ticket(2), day.Setting, Now.AddMinutes(10)));
    }
}
