using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Clerks at counters, ready or on pause.</summary>
public class SeatTests
{
    private static readonly ClerkId Anna = new("anna"), Bert = new("bert");

    private static ClerkLoggedIn Seated(CounterId counter, ClerkId clerk, string? profile = null) => new(counter, clerk, profile, Now);

    private static CounterClosed Closed(CounterId counter) => new(counter, Now);

    private static PresenceChanged IsNow(Presence presence) => new(One, presence, Now);

    [Fact]
    public void A_clerk_who_logs_in_opens_the_counter() => Given().When(new LogIn(One, Anna)).Then(Opened(One), Seated(One, Anna));

    [Fact]
    public void Where_a_box_opened_the_counter_a_clerk_takes_the_seat_even_in_the_middle_of_a_visit()
    {
        var day = Given(ForPassport(1)).When(new CallNext(One) { ByButton = true }).When(new LogIn(One, Anna)).Then(Seated(One, Anna));
        Assert.Equal(Id(1), day.Queue.At(One).Ticket);
    }

    [Fact]
    public void Logging_in_again_at_the_same_seat_changes_nothing() => Given(Opened(One), Seated(One, Anna)).When(new LogIn(One, Anna))
        .Then();

    [Fact]
    public void Nothing_is_bound_to_a_place_who_moves_leaves_the_seat_before()
    {
        var day = Given(Opened(One), Seated(One, Anna)).When(new LogIn(Three, Anna)).ThenRefused(Refusal.SeatedElsewhere)
            .When(new LogIn(Three, Anna) { Move = true }).Then(Closed(One), Opened(Three), Seated(Three, Anna));
        Assert.Equal(Three, day.Queue.SeatOf(Anna)?.Id);
        Assert.Equal((false, null), (day.Queue.At(One).Open, day.Queue.At(One).Clerk));
    }

    [Fact]
    public void Nobody_moves_in_the_middle_of_a_visit() =>
        Given(Opened(One), Seated(One, Anna), ForPassport(1), Called(1, One)).When(new LogIn(Three, Anna) { Move = true })
            .ThenRefused(Refusal.VisitOpen);

    [Fact]
    public void A_seat_where_somebody_else_is_serving_is_taken() =>
        Given(Opened(One), Seated(One, Anna), ForPassport(1), Called(1, One)).When(new LogIn(One, Bert)).ThenRefused(Refusal.CounterTaken);

    [Fact]
    public void A_seat_where_nobody_is_served_may_be_taken_over()
    {
        var day = Given(Opened(One), Seated(One, Anna)).When(new LogIn(One, Bert)).Then(Seated(One, Bert));
        Assert.Null(day.Queue.SeatOf(Anna));
    }

    public static TheoryData<AtCounter> Actions =>
    [
        new CallNext(One), new CallTicket(One, Id(2)), new Recall(One), new MarkArrived(One), new Finish(One), new MarkMissed(One),
        new ReturnTicket(One, ReturnWay.ToEnd), new Park(One), new Resume(One, Id(2)), new Transfer(One, new(Service: Residence)),
        new SwitchService(One, Collection), new UndoStep(One), new OpenCounter(One), new CloseCounter(One),
        new SetPresence(One, Presence.Pause), new LogIn(One, Bert), new LogIn(One, Bert) { Move = true },
    ];

    [Theory, MemberData(nameof(Actions))]
    public void Only_the_one_who_sits_there_acts_at_a_counter_and_its_button_box(AtCounter action)
    {
        var day = Given(Opened(One), Seated(One, Anna), ForPassport(1), ForPassport(2), Called(1, One));
        day.When(action with { By = Bert }).ThenRefused(Refusal.CounterTaken);
        day.When(action with { By = Bert, Seen = 7 }).ThenRefused(Refusal.CounterTaken); // The seat comes before the old face.
        foreach (var permitted in action is LogIn ? (AtCounter[])[] : [action with { By = Anna }, action])
        {
            Assert.NotEqual(Refusal.CounterTaken, day.Queue.Decide(permitted, day.Setting, Now).Refusal);
        }
    }

    [Fact]
    public void A_clerk_who_calls_at_a_closed_counter_sits_there()
    {
        Given(ForPassport(1)).When(new CallNext(One) { By = Anna }).Then(Opened(One), Seated(One, Anna), Called(1, One))
            .When(new Finish(One) { By = Bert }).ThenRefused(Refusal.CounterTaken);
        Given().When(new OpenCounter(One) { By = Anna }).Then(Opened(One), Seated(One, Anna))
            .When(new OpenCounter(Three) { By = Anna }).Then(Opened(Three)); // One seat only.
        Given(ForPassport(1)).When(new CallNext(One)).Then(Opened(One), Called(1, One));
    }

    [Fact]
    public void A_clerk_who_moves_to_a_taken_seat_leaves_none_behind() =>
        Assert.Equal([Three], Given(Opened(One), Seated(One, Anna), Opened(Three), Seated(Three, Bert))
            .When(new LogIn(Three, Anna) { Move = true }).Then(Closed(One), Seated(Three, Anna))
            .Queue.Counters.Values.Where(c => c.Clerk is not null).Select(c => c.Id));

    [Fact]
    public void Closing_logs_out() =>
        Assert.Null(Given(Opened(One), Seated(One, Anna)).When(new CloseCounter(One)).Then(Closed(One)).Queue.SeatOf(Anna));

    [Fact]
    public void A_profile_the_area_does_not_have_cannot_be_chosen() => Given().When(new LogIn(One, Anna, "night"))
        .ThenRefused(Refusal.UnknownProfile);

    [Fact]
    public void Choosing_another_profile_does_not_end_a_pause()
    {
        var area = Area with { Profiles = [new("all", new(), [[Passport], [Residence]])] };
        var day = QueueDay.At(area, Opened(One), Seated(One, Anna), IsNow(Presence.Pause)).When(new LogIn(One, Anna, "all"))
            .Then(Seated(One, Anna, "all"));
        Assert.Equal((Presence.Pause, "all"), (day.Queue.At(One).Presence, day.Queue.At(One).Profile));
    }

    [Fact]
    public void A_pause_begins_at_once_where_nobody_is_served()
    {
        var day = Given(Opened(One)).When(new SetPresence(One, Presence.PauseAfter)).Then(IsNow(Presence.Pause));
        Assert.Equal((false, Now), (day.Queue.At(One).Calling, day.Queue.At(One).PausedAt));
        Assert.True(day.When(new SetPresence(One, Presence.Ready)).Then(IsNow(Presence.Ready)).Queue.At(One).Calling);
    }

    public static TheoryData<QueueCommand> Endings => [new Finish(One), new MarkMissed(One), new Park(One),
        new ReturnTicket(One, ReturnWay.ToEnd), new Transfer(One, new(Service: Residence)),
        new CallNext(One) { Became = VisitOutcome.Served }];

    [Theory, MemberData(nameof(Endings))]
    public void A_pause_in_the_middle_of_a_visit_begins_when_it_is_over_however_it_ends(QueueCommand ending)
    {
        var day = Given(Opened(One), ForPassport(1), ForPassport(2), Called(1, One)).When(new SetPresence(One, Presence.Pause))
            .Then(IsNow(Presence.PauseAfter)).When(ending);
        Assert.Equal((Presence.Pause, null, 1),
            (day.Queue.At(One).Presence, day.Queue.At(One).Ticket, day.Ticket(2).State is TicketState.Waiting ? 1 : 0));
    }

    [Fact]
    public void Next_twice_into_a_pause_says_that_nobody_came() =>
        Given(Opened(One), ForPassport(1), ForPassport(2), Called(1, One)).When(new SetPresence(One, Presence.PauseAfter))
            .Later(seconds: 2).When(new CallNext(One) { ByButton = true })
            .Then(Missed(1, One), IsNow(Presence.Pause));

    [Fact]
    public void Who_calls_is_no_longer_on_pause() => Given(Opened(One), IsNow(Presence.Pause), ForPassport(1)).When(new CallNext(One))
        .Then(IsNow(Presence.Ready), Called(1, One));

    [Fact]
    public void At_a_closed_counter_there_is_no_pause() => Given().When(new SetPresence(One, Presence.Pause))
        .ThenRefused(Refusal.CounterClosed);

    [Fact]
    public void Being_ready_twice_changes_nothing() => Given(Opened(One)).When(new SetPresence(One, Presence.Ready)).Then();

    [Fact]
    public void A_counter_that_left_the_configuration_can_still_be_closed()
    {
        var without = Area with { Counters = [.. Area.Counters.Skip(1)] };
        QueueDay.At(without, Opened(One), Seated(One, Anna)).When(new CloseCounter(One)).Then(Closed(One)).When(new CloseCounter(One))
            .ThenRefused(Refusal.UnknownCounter);
    }
}
