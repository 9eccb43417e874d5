using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>From one waiting area to another and back: two queues, two journals, and between them messages that come late, twice, or
/// not.</summary>
public partial class TwoAreasTests
{
    private static readonly CounterId TwentyOne = new("21");
    private static readonly ServiceId Vehicle = new("vehicle");
    private static readonly TransferTarget Up = new("upstairs", Service: Vehicle), Down = new("hall", Service: Residence);
    private static readonly Setting Hall = SettingWith(Area), Upstairs = new(Hall.Office, Hall.Office.Areas[1]);

    private Queue _hall = Given(Opened(One), ForPassport(1), Called(1, One), Arrived(1, One),
        new RemarkWritten(Id(1), "sealed", Now)).Queue;
    private Queue _upstairs = Queue.Empty(Key with { Area = "upstairs" });
    private DateTimeOffset _now = Now.AddMinutes(10);

    private Decision<QueueEvent> InHall(QueueCommand command) => Do(ref _hall, command, Hall);

    private Decision<QueueEvent> Above(QueueCommand command) => Do(ref _upstairs, command, Upstairs);

    private Decision<QueueEvent> Do(ref Queue queue, QueueCommand command, Setting setting)
    {
        var decision = queue.Decide(command, setting, _now);
        queue = decision.Events.Aggregate(queue, (q, e) => q.Apply(e));
        return decision;
    }

    private OfferTransfer SendUp()
    {
        Assert.Null(InHall(new Transfer(One, Up)).Refusal);
        return Assert.Single(_hall.OpenOffers).Offer;
    }

    private OfferTransfer SendDown()
    {
        Above(new CallNext(TwentyOne));
        Above(new MarkArrived(TwentyOne));
        Assert.Null(Above(new Transfer(TwentyOne, Down)).Refusal);
        return Assert.Single(_upstairs.OpenOffers).Offer;
    }

    private int Living => (_hall.Tickets.GetValueOrDefault(Id(1)) is { Alive: true } ? 1 : 0)
        + (_upstairs.Tickets.GetValueOrDefault(Id(1)) is { Alive: true } ? 1 : 0);

    [Fact]
    public void It_takes_its_number_its_code_and_all_that_is_known_along()
    {
        var offer = SendUp();
        Assert.Equal(TicketState.Transferred, _hall.Tickets[Id(1)].State);
        Assert.Null(Above(offer).Refusal);
        InHall(new CloseTransfer(Id(1), TransferState.Accepted, offer.Attempt));
        var there = _upstairs.Tickets[Id(1)];
        Assert.Equal((TicketState.Waiting, new TicketNumber('A', 1), Vehicle, "sealed", Now, "hall"),
            (there.State, there.Number, there.Service, there.Remark, there.TakenAt, there.FromArea));
        Assert.Equal(Id(1), _upstairs.Find(Code(1))?.Id);
        Assert.Empty(_hall.OpenOffers);
    }

    [Fact]
    public void Each_area_has_the_times_of_its_own_part()
    {
        Above(SendUp());
        _now = _now.AddMinutes(5);
        Above(new CallNext(TwentyOne));
        _now = _now.AddMinutes(1);
        Above(new MarkArrived(TwentyOne));
        _now = _now.AddMinutes(8);
        Above(new Finish(TwentyOne));
        Assert.Equal(new TicketTimes(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(10), true), TicketTimes.Of(_hall.Tickets[Id(1)]));
        Assert.Equal(new TicketTimes(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(8), true),
            TicketTimes.Of(_upstairs.Tickets[Id(1)]));
    }

    [Fact]
    public void A_message_that_comes_twice_gives_one_ticket()
    {
        var offer = SendUp();
        Above(offer);
        Assert.Empty(Above(offer).Events);
        Above(new CallNext(TwentyOne));
        Above(new Finish(TwentyOne));
        Assert.Empty(Above(offer).Events);
        Assert.Equal(TicketState.Served, _upstairs.Tickets[Id(1)].State);
    }

    [Fact]
    public void There_and_back_it_is_one_ticket_whenever_messages_come()
    {
        var up = SendUp();
        Above(up);
        var down = SendDown();
        InHall(down);
        Assert.Equal((1, TicketState.Waiting, Residence), (Living, _hall.Tickets[Id(1)].State, _hall.Tickets[Id(1)].Service));
        Above(up); // Once more, after it has moved on.
        InHall(new CloseTransfer(Id(1), TransferState.Accepted, up.Attempt));
        Above(new CloseTransfer(Id(1), TransferState.Accepted, down.Attempt));
        InHall(down);
        Assert.Equal(1, Living);
        Assert.Empty(_hall.OpenOffers.Concat(_upstairs.OpenOffers));
    }

    [Fact]
    public void A_late_answer_about_the_first_attempt_does_not_close_the_second()
    {
        var first = SendUp();
        Above(first);
        InHall(SendDown());
        InHall(new CallTicket(Three, Id(1)));
        InHall(new Transfer(Three, Up));
        Assert.Empty(InHall(new CloseTransfer(Id(1), TransferState.Accepted, first.Attempt)).Events);
        Assert.Empty(InHall(new CloseTransfer(Id(1), TransferState.Rejected, first.Attempt)).Events);
        Assert.Equal(0, Living);
        Above(Assert.Single(_hall.OpenOffers).Offer);
        Assert.Equal(1, Living);
    }

    [Fact]
    public void What_was_taken_away_meanwhile_does_not_come_back_with_it()
    {
        InHall(new Prioritise(Id(1), "frail"));
        Above(SendUp());
        Above(new Prioritise(Id(1), null));
        Above(new WriteRemark(Id(1), null));
        InHall(SendDown());
        Assert.Equal((null, null), (_hall.Tickets[Id(1)].Priority, _hall.Tickets[Id(1)].Remark));
    }

    [Fact]
    public void When_the_other_area_cannot_have_it_it_waits_here_at_its_place()
    {
        var offer = SendUp();
        _now = _now.AddHours(8);
        Above(new EndDay());
        Assert.Equal(Refusal.DayIsOver, Above(offer).Refusal);
        InHall(new CloseTransfer(Id(1), TransferState.Rejected, offer.Attempt));
        Assert.Equal((TicketState.Waiting, Now, null),
            (_hall.Tickets[Id(1)].State, _hall.Tickets[Id(1)].DueAt, _hall.Tickets[Id(1)].ToArea));
        Assert.Empty(_hall.OpenOffers);
    }

    [Fact]
    public void What_a_hub_on_another_day_has_refused_no_other_hub_accepts()
    {
        var offer = SendUp();
        _now = _now.AddDays(1);
        Assert.Equal(Refusal.DayIsOver, Above(offer).Refusal);
        _now = _now.AddDays(-1);
        InHall(new CloseTransfer(Id(1), TransferState.Rejected, offer.Attempt));
        Assert.Equal(Refusal.UnknownTarget, Above(offer).Refusal);
        Assert.Equal(1, Living);
    }

    [Fact]
    public void What_an_area_has_refused_while_it_was_not_configured_it_does_not_accept_afterwards()
    {
        var offer = SendUp();
        Assert.Equal(Refusal.UnknownService, Do(ref _upstairs, offer, Setting.Gone(_upstairs.Key)).Refusal);
        InHall(new CloseTransfer(Id(1), TransferState.Rejected, offer.Attempt));
        Assert.Equal(Refusal.UnknownTarget, Above(offer).Refusal);
        Assert.Equal(1, Living);
    }

    [Fact]
    public void Its_number_stays_its_own_until_the_other_area_has_it()
    {
        var offer = SendUp();
        Do(ref _hall, new TakeTicket(Id(2), Code(2), Passport, "de"), Hall);
        var again = _hall.Apply(Taken(3, 'A', 999, Passport));
        Do(ref again, Take(4, Passport), Hall);
        Assert.Equal(3, again.Tickets[Id(4)].Number.Value); // 1 may come back, 2 waits.
        Do(ref again, new CloseTransfer(Id(1), TransferState.Rejected, offer.Attempt), Hall);
        Assert.Equal(TicketState.Waiting, again.Tickets[Id(1)].State);
    }

    [Fact]
    public void A_number_that_is_somebody_elses_there_is_refused()
    {
        _upstairs = _upstairs.Apply(new TransferAccepted(Id(7), Code(7), new('A', 1), Vehicle, "de", "cellar", Now, null, null, 1, Now));
        var offer = SendUp();
        Assert.Equal(Refusal.NumberTaken, Above(offer).Refusal);
        Above(new Cancel(Id(7)));
        InHall(new CloseTransfer(Id(1), TransferState.Rejected, offer.Attempt));
        Assert.Equal(Refusal.UnknownTarget, Above(offer).Refusal); // The message comes once more: the ticket waits in the hall again.
        Assert.Equal(1, Living);
        InHall(new CallTicket(One, Id(1)));
        Assert.Null(Above(SendUp()).Refusal); // Another attempt is another offer.
    }

    [Fact]
    public void What_is_refused_after_the_day_has_ended_ends_too()
    {
        var offer = SendUp();
        InHall(new EndDay());
        InHall(new CloseTransfer(Id(1), TransferState.Rejected, offer.Attempt));
        Assert.Equal(TicketState.Expired, _hall.Tickets[Id(1)].State);
        Assert.Empty(_hall.OpenOffers);
    }

    [Fact]
    public void Areas_that_share_a_letter_send_each_other_nobody()
    {
        var shared = Hall.Office.Areas[1] with { Services = [new(Vehicle, 'A', new(), 8)] };
        var decision = _hall.Decide(new Transfer(One, Up), new(Hall.Office with { Areas = [Area, shared] }, Area), _now);
        Assert.Equal(Refusal.LettersShared, decision.Refusal);
    }

    [Fact]
    public void Another_area_has_its_own_services_and_clerks()
    {
        Assert.Equal(Refusal.UnknownTarget, InHall(new Transfer(One, new("upstairs"))).Refusal);
        Assert.Equal(Refusal.UnknownService, InHall(new Transfer(One, new("upstairs", Service: Passport))).Refusal);
        Assert.Equal(Refusal.UnknownTarget, InHall(new Transfer(One, Up with { Clerk = new("bert") })).Refusal);
        Assert.Equal(Refusal.UnknownTarget, InHall(new Transfer(One, Up with { Counter = Three })).Refusal);
        Assert.Null(InHall(new Transfer(One, Up with { Counter = TwentyOne })).Refusal);
        Assert.Equal(TwentyOne, Assert.Single(_hall.OpenOffers).Offer.ForCounter);
    }

    [Fact]
    public void How_often_somebody_may_be_missed_is_decided_where_the_clerk_sits()
    {
        Above(SendUp());
        var generous = new Setting(Upstairs.Office, Upstairs.Area with { Rules = new() { MissedReturns = 1 } });
        Do(ref _upstairs, new CallNext(TwentyOne), generous);
        Do(ref _upstairs, new MarkMissed(TwentyOne), generous);
        Assert.Equal(TicketState.Waiting, _upstairs.Tickets[Id(1)].State);
        Do(ref _upstairs, new CallNext(TwentyOne), Upstairs);
        Do(ref _upstairs, new MarkMissed(TwentyOne), Upstairs);
        Assert.Equal(TicketState.Missed, _upstairs.Tickets[Id(1)].State);
    }
}
