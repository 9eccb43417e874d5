using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using Aufruf.Domain.Reports;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain.Reports;

/// <summary>The facts of a day that reports keep.</summary>
public class DayFactsTests
{
    private static DateTimeOffset At(double minutes) => Nine.AddMinutes(minutes);

    private static TicketTaken Taken(int n, double minutes) =>
        new(QueueDay.Id(n), QueueDay.Code(n), new('A', n), Passport, "de", At(minutes));

    private static TicketFact Only(params QueueEvent[] events) => Assert.Single(DayFacts.Of(Key, events).Tickets);

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    [Fact]
    public void A_visit_is_told_by_its_wait_its_walk_and_its_service()
    {
        var ticket = Only(Taken(1, 0), new CounterOpened(One, At(5)), new TicketCalled(QueueDay.Id(1), One, At(12)),
            new TicketArrived(QueueDay.Id(1), One, At(13)), new TicketServed(QueueDay.Id(1), One, At(20)));
        Assert.Equal((Minutes(12), Minutes(7), TicketState.Served, One),
            (ticket.WaitTime, ticket.ServiceTime, ticket.State, ticket.FirstCounter));
        var part = Assert.Single(ticket.Parts);
        Assert.Equal((Minutes(1), Minutes(7), PartEnd.Served, true), (part.WalkTime, part.ServiceTime, part.End, part.Accurate));
        Assert.Equal([new GivenService(Passport, 1)], ticket.Given);
        Assert.Equal([new Span(At(0), At(12))], ticket.Waits);
    }

    [Fact]
    public void The_wait_ends_with_the_first_call_however_often_one_is_called_again()
    {
        var ticket = Only(Taken(1, 0), new CounterOpened(One, At(0)), new TicketCalled(QueueDay.Id(1), One, At(10)),
            new TicketRecalled(QueueDay.Id(1), One, At(11)),
            new TicketReturned(QueueDay.Id(1), One, ReturnWay.After, 2, null, Missed: true, At(12)),
                new TicketCalled(QueueDay.Id(1), One, At(30)),
            new TicketArrived(QueueDay.Id(1), One, At(31)), new TicketServed(QueueDay.Id(1), One, At(35)));
        Assert.Equal((Minutes(10), 3, 1, TicketState.Served), (ticket.WaitTime, ticket.Calls, ticket.Misses, ticket.State));
        Assert.Equal([PartEnd.Missed, PartEnd.Served], ticket.Parts.Select(p => p.End));
        Assert.Equal(Minutes(4), ticket.ServiceTime);
        Assert.Equal([new Span(At(0), At(10)), new Span(At(12), At(30))], ticket.Waits);
    }

    [Fact]
    public void An_appointment_waits_from_its_time_and_not_at_all_when_it_is_called_before()
    {
        CheckedIn checkedIn = new(QueueDay.Id(1), QueueDay.Code(1), new('A', 1), Passport, "en", At(20), At(0));
        var late = Only(checkedIn, new CounterOpened(One, At(0)), new TicketCalled(QueueDay.Id(1), One, At(26)));
        Assert.Equal((Minutes(6), WaitingClass.Appointment, At(20)), (late.WaitTime, late.Class, late.Due));
        var early = Only(checkedIn, new CounterOpened(One, At(0)), new TicketCalled(QueueDay.Id(1), One, At(15)));
        Assert.Equal(TimeSpan.Zero, early.WaitTime);
    }

    [Fact]
    public void Who_is_served_without_a_marked_arrival_has_no_service_time()
    {
        var ticket = Only(Taken(1, 0), new CounterOpened(One, At(0)), new TicketCalled(QueueDay.Id(1), One, At(2)),
            new TicketServed(QueueDay.Id(1), One, At(9)));
        Assert.Null(ticket.ServiceTime);
        Assert.Equal((false, null), (ticket.Parts[0].Accurate, ticket.Parts[0].WalkTime));
    }

    [Fact]
    public void What_the_end_of_the_day_closes_is_marked_and_its_times_do_not_count()
    {
        var facts = DayFacts.Of(Key, [Taken(1, 0), Taken(2, 1), new CounterOpened(One, At(0)), new TicketCalled(QueueDay.Id(1), One, At(2)),
            new TicketArrived(QueueDay.Id(1), One, At(3)),
            new VisitCutOff(QueueDay.Id(1), One, At(600)), new TicketExpired(QueueDay.Id(2), At(600)), new CounterClosed(One, At(600)),
                new DayEnded(At(600))]);
        Assert.True(facts.Ended);
        Assert.Equal((true, TicketState.Served, null), (facts.Tickets[0].CutOff, facts.Tickets[0].State, facts.Tickets[0].ServiceTime));
        Assert.Equal((TicketState.Expired, null), (facts.Tickets[1].State, facts.Tickets[1].WaitTime));
        Assert.Equal([new Span(At(1), At(600))], facts.Tickets[1].Waits);
    }

    [Fact]
    public void A_parked_visit_adds_up_and_going_on_without_a_call_is_no_walk()
    {
        var ticket = Only(Taken(1, 0), new CounterOpened(One, At(0)), new TicketCalled(QueueDay.Id(1), One, At(2)),
            new TicketArrived(QueueDay.Id(1), One, At(3)),
            new TicketParked(QueueDay.Id(1), One, null, At(8)), new TicketResumed(QueueDay.Id(1), One, At(20)),
                new TicketServed(QueueDay.Id(1), One, At(22)));
        Assert.Equal(Minutes(7), ticket.ServiceTime);
        Assert.Equal([Minutes(1), null], ticket.Parts.Select(p => p.WalkTime));
    }

    [Fact]
    public void A_step_that_was_taken_back_did_not_happen_and_neither_did_what_was_given_in_it()
    {
        var ticket = Only(Taken(1, 0), new CounterOpened(One, At(0)), new TicketCalled(QueueDay.Id(1), One, At(2)),
            new TicketArrived(QueueDay.Id(1), One, At(3)),
            new ServicesGiven(QueueDay.Id(1), One, [new(Passport, 9)], At(8)), new TicketServed(QueueDay.Id(1), One, At(8)),
                new StepUndone(QueueDay.Id(1), One, At(8.1)),
            new ServicesGiven(QueueDay.Id(1), One, [new(Passport, 2)], At(10)), new TicketServed(QueueDay.Id(1), One, At(10)));
        Assert.Equal([new GivenService(Passport, 2)], ticket.Given);
        Assert.Equal((Minutes(7), 1), (ticket.ServiceTime, ticket.Parts.Count));
    }

    [Theory]
    [InlineData("reopened")]
    [InlineData("reactivated")]
    [InlineData("fetched")]
    public void A_visit_that_was_taken_up_again_gave_each_service_once(string how)
    {
        var id = QueueDay.Id(1);
        QueueEvent[] GivenTwice(IReadOnlyList<GivenService>? first, IReadOnlyList<GivenService>? then) =>
        [
            Taken(1, 0), new CounterOpened(One, At(0)), new TicketCalled(id, One, At(2)), new TicketArrived(id, One, At(3)),
            .. first is null ? [] : (QueueEvent[])[new ServicesGiven(id, One, first, At(8))],
            how is "fetched" ? new PickupPromised(id, One, At(8)) : new TicketServed(id, One, At(8)),
            .. how switch
            {
                "reopened" => [new TicketReopened(id, One, At(20))],
                "reactivated" => [new TicketReactivated(id, At(20)), new TicketCalled(id, One, At(21)), new TicketArrived(id, One, At(22))],
                _ => (QueueEvent[])[new TicketResumed(id, One, At(20))],
            },
            .. then is null ? [] : (QueueEvent[])[new ServicesGiven(id, One, then, At(25))],
            new TicketServed(id, One, At(25)),
        ];
        GivenService passport = new(Passport, 1), two = new(Passport, 2), residence = new(Residence, 1);
        Assert.Equal([passport], Only(GivenTwice([passport], [passport])).Given);
        Assert.Equal([two, residence], Only(GivenTwice([two], [passport, residence])).Given);
        Assert.Equal([passport, residence], Only(GivenTwice(null, [residence])).Given); // The first end gave what was asked for.
        Assert.Equal([two], Only(GivenTwice([two], null)).Given);
        Assert.Equal([passport], Only(GivenTwice(null, null)).Given);
    }

    [Fact]
    public void A_visit_that_ended_with_nothing_done_gave_nothing_before_it_was_taken_up_again()
    {
        var ticket = Only(Taken(1, 0), new CounterOpened(One, At(0)), new TicketCalled(QueueDay.Id(1), One, At(2)),
            new TicketServed(QueueDay.Id(1), One, At(8), ServedOutcome.NothingDone), new TicketReopened(QueueDay.Id(1), One, At(20)),
            new ServiceSwitched(QueueDay.Id(1), One, Residence, At(21)),
            new ServicesGiven(QueueDay.Id(1), One, [new(Residence, 1)], At(25)), new TicketServed(QueueDay.Id(1), One, At(25)));
        Assert.Equal([new GivenService(Residence, 1)], ticket.Given);
    }

    [Fact]
    public void Clerks_are_kept_only_where_the_authority_has_switched_it_on()
    {
        QueueEvent[] events = [Taken(1, 0), new CounterOpened(One, At(0)), new ClerkLoggedIn(One, new("clerk-7"), null, At(0)),
            new TicketCalled(QueueDay.Id(1), One, At(2)),
            new TicketArrived(QueueDay.Id(1), One, At(3)), new TicketServed(QueueDay.Id(1), One, At(8)), Taken(2, 9),
                new TicketCancelled(QueueDay.Id(2), new("clerk-7"), At(9))];
        Assert.Equal(new ClerkId("clerk-7"), DayFacts.Of(Key, events, perClerk: true).Tickets[0].Parts[0].Clerk);
        var kept = System.Text.Json.JsonSerializer.Serialize(DayFacts.Of(Key, events), DomainJson.Options);
        Assert.DoesNotContain("clerk-7", kept, StringComparison.Ordinal);
        Assert.Contains("\"cancelledBy\":\"clerk\"", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_personal_is_kept()
    {
        var text = System.Text.Json.JsonSerializer.Serialize(DayFacts.Of(Key, [Taken(1, 0), new RemarkWritten(
            QueueDay.Id(1), "sealed remark", At(1)), new PriorityGiven(QueueDay.Id(1), "child", At(1))]), DomainJson.Options);
        Assert.All([QueueDay.Code(1).Value, QueueDay.Id(1).ToString(), "A001", "sealed remark"], secret =>
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Contains("\"priority\":\"child\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_is_open_on_pause_or_closed_and_a_stop_has_a_beginning_and_an_end()
    {
        var facts = DayFacts.Of(Key, [new CounterOpened(One, At(0)), new PresenceChanged(One, Presence.PauseAfter, At(5)),
            new PresenceChanged(One, Presence.Pause, At(10)),
            new PresenceChanged(One, Presence.Ready, At(25)), new CounterClosed(One, At(60)),
                new ServiceStopped(Passport, StopKind.Automatic, At(30)),
            new ServiceStopped(Passport, StopKind.ByClerk, At(40)), new ServiceReleased(Passport, At(50))]);
        Assert.Equal([new CounterSpan(One, false, new(At(0), At(10))), new CounterSpan(One, true, new(At(10), At(25))),
            new CounterSpan(One, false, new(At(25), At(60)))], facts.Counters);
        Assert.Equal([new StopSpan(Passport, StopKind.Automatic, new(At(30), At(40))),
            new StopSpan(Passport, StopKind.ByClerk, new(At(40), At(50)))], facts.Stops);
    }

    [Fact]
    public void Every_generated_day_has_a_row_for_every_ticket_and_the_same_rows_after_a_journey_through_JSON()
    {
        foreach (var seed in Enumerable.Range(1, 5))
        {
            var (key, entries) = PlausibleDay.Of(Office, Area, Day, seed);
            var facts = DayFacts.Of(key, entries.SelectMany(e => e.Events));
            Assert.InRange(facts.Tickets.Count, 60, 300);
            Assert.True(facts.Ended);
            Assert.All(facts.Tickets, t =>
                Assert.True(t.State is TicketState.Served or TicketState.Missed or TicketState.Cancelled or TicketState.Expired, $"{t}"));
            Assert.All(facts.Tickets.SelectMany(t => t.Waits), wait => Assert.True(wait.To >= wait.From));
            Assert.All(facts.Counters, span => Assert.True(span.Time.To >= span.Time.From));
            var text = System.Text.Json.JsonSerializer.Serialize(facts, DomainJson.Options);
            Assert.Equal(text, System.Text.Json.JsonSerializer.Serialize(
                System.Text.Json.JsonSerializer.Deserialize<DayFacts>(text, DomainJson.Options), DomainJson.Options));
        }
    }
}
