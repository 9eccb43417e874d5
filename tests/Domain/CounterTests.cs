using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

public class CounterTests
{
    [Fact]
    public void A_counter_opens() => Assert.True(Given().When(new OpenCounter(One)).Then(Opened(One)).Queue.At(One).Open);

    [Fact]
    public void Opening_an_open_counter_changes_nothing() => Given(Opened(One)).When(new OpenCounter(One)).Then();

    [Fact]
    public void A_counter_closes() =>
        Assert.False(Given(Opened(One)).When(new CloseCounter(One)).Then(new CounterClosed(One, Now)).Queue.At(One).Open);

    [Fact]
    public void Closing_a_closed_counter_changes_nothing() => Given().When(new CloseCounter(One)).Then();

    [Fact]
    public void A_counter_with_a_visit_cannot_close() =>
        Given(Opened(One), ForPassport(1), Called(1, One)).When(new CloseCounter(One)).ThenRefused(Refusal.VisitOpen);

    [Fact]
    public void Every_change_at_a_counter_gives_it_a_new_revision()
    {
        QueueEvent[] happened = [Opened(One), Called(1, One), new TicketRecalled(Id(1), One, Now), Arrived(1, One), Served(1, One),
            new CounterClosed(One, Now)];
        var queue = Given(ForPassport(1)).Queue;
        foreach (var e in happened)
        {
            var before = queue.At(One).Revision;
            queue = queue.Apply(e);
            Assert.Equal(before + 1, queue.At(One).Revision);
        }
    }

    [Fact]
    public void Revisions_grow_from_day_to_day()
    {
        var busiestDayEnds = Queue.Empty(Key).At(One).Revision + 50_000;
        Assert.True(Queue.Empty(Key with { Day = Day.AddDays(1) }).At(One).Revision > busiestDayEnds);
    }

    [Fact]
    public void A_command_made_on_the_present_face_is_carried_out()
    {
        var day = Given(Opened(One), ForPassport(1));
        day.When(new CallNext(One, day.Queue.At(One).Revision)).Then(Called(1, One));
    }

    public static TheoryData<QueueCommand> StaleCommands => [
        new CallNext(One, 7), new Recall(One, 7), new MarkArrived(One, 7), new Finish(One, 7), new MarkMissed(One, 7),
            new OpenCounter(One, 7), new CloseCounter(One, 7)];

    [Theory, MemberData(nameof(StaleCommands))]
    public void A_command_made_on_an_old_face_is_recorded_and_not_carried_out(QueueCommand command)
    {
        var day = Given(Opened(One), ForPassport(1), Called(1, One));
        var before = Text(day.Queue);
        day.When(command).ThenRefused(Refusal.StaleFace, new PressIgnored(One, Refusal.StaleFace, Now));
        Assert.Equal(before, Text(day.Queue));
    }

    [Fact]
    public void Two_presses_on_one_face_call_one_citizen()
    {
        var day = Given(Opened(One), ForPassport(1), ForPassport(2));
        var seen = day.Queue.At(One).Revision;
        day.When(new CallNext(One, seen)).Then(Called(1, One))
            .When(new CallNext(One, seen)).ThenRefused(Refusal.StaleFace, new PressIgnored(One, Refusal.StaleFace, Now));
    }

    [Fact]
    public void A_press_that_came_too_late_is_recorded_and_not_carried_out() =>
        Given(ForPassport(1)).When(new IgnorePress(One, Refusal.TooLate))
            .ThenRefused(Refusal.TooLate, new PressIgnored(One, Refusal.TooLate, Now));

    [Fact]
    public void A_press_that_waited_in_a_hub_that_stood_still_is_recorded_and_not_carried_out()
    {
        var day = Given(Opened(One), ForPassport(1));
        day.When(new CallNext(One) { NotAfter = Now.AddSeconds(-1) })
            .ThenRefused(Refusal.TooLate, new PressIgnored(One, Refusal.TooLate, Now));
        day.When(new CallNext(One) { NotAfter = Now }).Then(Called(1, One));
    }

    [Fact]
    public void A_press_made_yesterday_evening_is_stale_this_morning()
    {
        var yesterday = Queue.Empty(Key with { Day = Day.AddDays(-1) }).Apply(Opened(One)).At(One).Revision;
        Given(ForPassport(1)).When(new CallNext(One, yesterday))
            .ThenRefused(Refusal.StaleFace, new PressIgnored(One, Refusal.StaleFace, Now));
    }

    [Fact]
    public void A_counter_serves_what_it_lists_and_what_nobody_lists()
    {
        var area = SmallOffice.Area with { Counters = [new(One, "1", [SmallOffice.Passport])] };
        Assert.True(area.MayCall(area.Counters[0], SmallOffice.Passport));
        Assert.True(area.MayCall(area.Counters[0], SmallOffice.Residence));
        Assert.False(SmallOffice.Area.MayCall(SmallOffice.Area.Counters[0], SmallOffice.Residence));
    }
}
