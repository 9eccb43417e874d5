using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using Aufruf.Domain.Reports;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>A counter in the hall calls a ticket that waits upstairs: it is called once, or it waits where it was.</summary>
public class FetchingTests
{
    private static readonly ServiceId Vehicle = new("vehicle");
    private static readonly Setting Hall = new(Joined, Joined.Areas[0]), Upstairs = new(Joined, Joined.Areas[1]);
    private static readonly ClerkId Anna = new("anna");

    private Queue _hall = Given(Opened(One), new ClerkLoggedIn(One, Anna, "both", Now)).Queue;
    private Queue _upstairs = Queue.Empty(Key with { Area = "upstairs" }).Apply(Taken(1, 'K', 1, Vehicle)).Apply(Taken(2, 'K', 2, Vehicle));
    private DateTimeOffset _now = Now.AddMinutes(10);

    private Decision<QueueEvent> InHall(QueueCommand command) => Do(ref _hall, command, Hall);

    private Decision<QueueEvent> Above(QueueCommand command) => Do(ref _upstairs, command, Upstairs);

    private Decision<QueueEvent> Do(ref Queue queue, QueueCommand command, Setting setting)
    {
        var decision = queue.Decide(command, setting, _now);
        queue = decision.Events.Aggregate(queue, (q, e) => q.Apply(e));
        return decision;
    }

    private FetchCall Call(CounterId? counter = null) => new("hall", counter ?? One, _hall.At(counter ?? One).Revision,
        new(Guid.CreateVersion7()), new(WhyKind.LongestWait, Now), Anna, false, null, _now.AddSeconds(15));

    private OfferTransfer Fetch(int n = 1)
    {
        Assert.Null(Above(new Fetch(Id(n), _upstairs.Tickets[Id(n)].Changes, Call())).Refusal);
        return Assert.Single(_upstairs.OpenOffers).Offer;
    }

    private TicketId? Next => _hall.NextOver(One, Hall, [_upstairs], _now)?.Next.Ticket.Id;

    private void SendHome()
    {
        var home = Assert.Single(_hall.OpenOffers).Offer;
        Assert.Null(Above(home).Refusal);
        InHall(new CloseTransfer(home.Ticket, TransferState.Accepted, home.Attempt));
    }

    [Fact]
    public void The_one_who_is_due_first_over_both_floors_is_next_by_the_rules_of_the_counters_area()
    {
        Assert.Equal(Id(1), Next);
        _hall = _hall.Apply(On(ForPassport(3), Now.AddMinutes(-1)));
        Assert.Equal(Id(3), Next);
        _upstairs = _upstairs.Apply(new PriorityGiven(Id(2), "frail", _now)); // Earns two points a minute.
        Assert.Equal(Id(2), Next);
        _hall = _hall.Apply(On(ForResidence(4), Now.AddMinutes(-30))); // In the second group of the profile.
        Assert.Equal(Id(2), Next);
        Assert.Equal(Id(4), _hall.NextOver(Two, Hall, [_upstairs], _now)?.Next.Ticket.Id); // Without the profile it calls from the hall.
    }

    [Fact]
    public void It_comes_and_is_called_in_one_step_with_its_whole_wait()
    {
        var offer = Fetch();
        Assert.Equal(TicketState.Transferred, _upstairs.Tickets[Id(1)].State);
        Assert.Null(InHall(offer).Refusal);
        Above(new CloseTransfer(Id(1), TransferState.Accepted, offer.Attempt));
        var called = _hall.VisitAt(One)!;
        Assert.Equal((Id(1), TicketState.Called, Vehicle, "upstairs"), (called.Id, called.State, called.Service, called.FromArea));
        Assert.Equal(TimeSpan.FromMinutes(10), TicketTimes.Of(called).Wait);
        Assert.Empty(InHall(offer).Events); // Once more.
        InHall(new MarkArrived(One));
        Assert.Null(InHall(new Finish(One) { Given = [new(Vehicle, 1)] }).Refusal);
        Assert.Equal(TicketState.Served, _hall.Tickets[Id(1)].State);
    }

    [Fact]
    public void Reports_count_its_wait_once_for_its_own_service_and_its_visit_at_the_counter_that_served_it()
    {
        var (hall, above) = (new DayReader(Key), new DayReader(Key with { Area = "upstairs" }));
        Read(hall, Opened(One), new ClerkLoggedIn(One, Anna, "both", Now));
        Read(above, Taken(1, 'K', 1, Vehicle), Taken(2, 'K', 2, Vehicle));
        Read(above, [.. Above(new Fetch(Id(1), _upstairs.Tickets[Id(1)].Changes, Call() with { Why = new(WhyKind.Chosen) })).Events]);
        var offer = Assert.Single(_upstairs.OpenOffers).Offer;
        Read(hall, [.. InHall(offer).Events]);
        Read(above, [.. Above(new CloseTransfer(Id(1), TransferState.Accepted, offer.Attempt)).Events]);
        _now = _now.AddMinutes(1);
        Read(hall, [.. InHall(new MarkArrived(One)).Events]);
        _now = _now.AddMinutes(7);
        Read(hall, [.. InHall(new Finish(One)).Events]);

        var report = OfficeReport.Of([hall.Facts(perClerk: false), above.Facts(perClerk: false)],
            new(Joined, new(Key.Day, Key.Day), _now));
        Assert.Equal((2, 1), (Assert.Single(report.Days).Tickets, report.Days[0].Served));
        var wait = Assert.Single(report.TimesOf(Measure.Wait, By.Service).Groups);
        Assert.Equal(("vehicle", 1, 10.0), (wait.Key, wait.Times.Count, wait.Times.Mean));
        var visit = Assert.Single(report.TimesOf(Measure.Service, By.Counter).Groups);
        Assert.Equal((One.Value, 1, 7.0), (visit.Key, visit.Times.Count, visit.Times.Mean));

        static void Read(DayReader reader, params QueueEvent[] happened) => Array.ForEach(happened, reader.Read);
    }

    [Fact]
    public void Where_tickets_are_called_in_order_only_the_first_one_is_fetched_by_choice()
    {
        var inOrder = Hall with
        {
            Office = Joined with { Areas = [Joined.Areas[0], Joined.Areas[1] with { Rules = new() { MayCallAny = false } }] },
        };
        Assert.Equal(Id(1), _hall.FurtherOf(new CallTicket(One, Id(1)), inOrder, [_upstairs], _now).Fetched?.Next.Ticket.Id);
        Assert.Equal(Refusal.NotPermitted, _hall.FurtherOf(new CallTicket(One, Id(2)), inOrder, [_upstairs], _now).Refusal);
        Assert.Equal(Id(2), _hall.FurtherOf(new CallTicket(One, Id(2)), Hall, [_upstairs], _now).Fetched?.Next.Ticket.Id);
    }

    [Fact]
    public void A_ticket_that_was_called_meanwhile_is_not_fetched()
    {
        var changes = _upstairs.Tickets[Id(1)].Changes;
        Above(new CallNext(new("21")));
        Assert.Equal(Refusal.NotWaiting, Above(new Fetch(Id(1), changes, Call())).Refusal);
        Assert.Equal(Refusal.NotWaiting, Above(new Fetch(Id(2), changes - 1, Call())).Refusal);
        Assert.Equal(Refusal.UnknownTicket, Above(new Fetch(Id(9), 0, Call())).Refusal);
    }

    [Theory]
    [InlineData("changed"), InlineData("late"), InlineData("number"), InlineData("closed")]
    public void If_its_counter_cannot_call_it_any_more_it_waits_at_its_old_place(string why)
    {
        var offer = Fetch();
        switch (why)
        {
            case "changed":
                _hall = _hall.Apply(ForPassport(3));
                InHall(new CallNext(One));
                break;
            case "late":
                _now = _now.AddMinutes(1);
                break;
            case "number":
                _hall = _hall.Apply(Taken(7, 'K', 1, Passport));
                break;
            default:
                InHall(new CloseCounter(One));
                break;
        }

        var rejected = InHall(offer);
        Assert.NotNull(rejected.Refusal);
        Assert.IsType<TransferRejected>(Assert.Single(rejected.Events));
        Above(new CloseTransfer(Id(1), TransferState.Rejected, offer.Attempt));
        Assert.Equal((TicketState.Waiting, Now), (_upstairs.Tickets[Id(1)].State, _upstairs.Tickets[Id(1)].DueAt));
        Assert.Equal(Id(1), _upstairs.NextFor(new CounterId("21"), Upstairs, _now)?.Ticket.Id);
        Assert.Equal(TransferState.Rejected, _upstairs.Tickets[Id(1)].Transfer?.State);
    }

    [Fact]
    public void Undone_missed_or_put_back_it_waits_upstairs_again_at_its_place()
    {
        foreach (var back in (QueueCommand[])[new UndoStep(One), new ReturnTicket(One, ReturnWay.KeepPlace)])
        {
            var offer = Fetch();
            InHall(offer);
            Above(new CloseTransfer(Id(1), TransferState.Accepted, offer.Attempt));
            Assert.IsType<TicketSentHome>(InHall(back).Events[^1]);
            SendHome();
            Assert.Equal((TicketState.Waiting, Now, false),
                (_upstairs.Tickets[Id(1)].State, _upstairs.Tickets[Id(1)].DueAt, _hall.Tickets[Id(1)].Alive));
            Assert.Equal(Id(1), Next);
            _now = _now.AddSeconds(20);
        }
    }

    [Fact]
    public void Undo_of_putting_it_back_brings_it_to_the_counter_again()
    {
        var offer = Fetch();
        InHall(offer);
        Above(new CloseTransfer(Id(1), TransferState.Accepted, offer.Attempt));
        InHall(new ReturnTicket(One, ReturnWay.ToEnd));
        SendHome();
        InHall(new UndoStep(One));
        var release = Assert.Single(_hall.OpenWithdrawals).Release;
        Assert.Null(Above(release).Refusal);
        InHall(new CloseWithdrawal(Id(1), TransferState.Rejected, release.Attempt));
        Assert.Equal((Id(1), TicketState.Called, false),
            (_hall.VisitAt(One)!.Id, _hall.VisitAt(One)!.State, _upstairs.Tickets[Id(1)].Alive));
    }

    [Fact]
    public void A_citizen_who_does_not_come_is_called_again_upstairs_after_some_calls_and_counts_as_missed_then()
    {
        var rules = Hall with { Area = Hall.Area with { Rules = new() { MissedReturns = 1, MissedReturnsAfter = 1 } } };
        var offer = Fetch();
        InHall(offer);
        Above(new CloseTransfer(Id(1), TransferState.Accepted, offer.Attempt));
        var missed = _hall.Decide(new MarkMissed(One), rules, _now);
        _hall = missed.Events.Aggregate(_hall, (q, e) => q.Apply(e));
        SendHome();
        Assert.Equal((1, TicketState.Waiting), (_upstairs.Tickets[Id(1)].Misses, _upstairs.Tickets[Id(1)].State));
        Assert.Equal(Id(2), Next); // After one other call.
        Above(new CallNext(new("21")));
        Assert.Equal(Id(1), Next);
        var again = Fetch();
        InHall(again);
        Assert.IsType<TicketMissed>(_hall.Decide(new MarkMissed(One), rules, _now).Events[0]);
    }

    [Fact]
    public void A_ticket_kept_for_a_clerk_is_called_where_the_clerk_sits_as_long_as_it_is_kept()
    {
        _hall = _hall.Apply(new ClerkLoggedIn(One, Anna, null, Now));
        Assert.Null(Next);
        var sitsInHall = Upstairs with { SitsElsewhere = clerk => clerk == Anna };
        Assert.Equal(Refusal.ClerkNotHere, Above(new SendOn(Id(1), new(Clerk: Anna), Anna)).Refusal);
        Assert.Null(Do(ref _upstairs, new SendOn(Id(1), new(Clerk: Anna), Anna), sitsInHall).Refusal);
        Assert.Equal(Id(1), Next);
        Assert.Equal(Id(2), _upstairs.NextFor(new CounterId("21"), sitsInHall, _now)?.Ticket.Id);
        Assert.Equal(Id(1), _upstairs.NextFor(new CounterId("21"), Upstairs, _now)?.Ticket.Id); // Anna has gone home.
        Assert.Equal(Id(1), _upstairs.NextFor(new CounterId("21"), sitsInHall, _now.AddMinutes(21))?.Ticket.Id); // Kept too long.
    }
}
