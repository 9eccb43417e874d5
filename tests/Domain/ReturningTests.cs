using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Back into the queue: keeping the place, to the end, after some others, at a time.</summary>
public class ReturningTests
{
    private static QueueDay Called() => Given(Opened(One), ForPassport(1), ForPassport(2), ForPassport(3), ForPassport(4),
        QueueDay.Called(1, One));

    private static TicketReturned Returned(ReturnWay way, int? after = null, DateTimeOffset? until = null) =>
        new(Id(1), One, way, after, until, false, Now);

    [Fact]
    public void Keeping_its_place_it_is_next_again()
    {
        var day = Called().Later(1).When(new ReturnTicket(One, ReturnWay.KeepPlace)).Then(Returned(ReturnWay.KeepPlace));
        Assert.Equal((TicketState.Waiting, Id(1)), (day.Ticket(1).State, day.Next(One)));
        Assert.Null(day.Queue.VisitAt(One));
        Assert.Equal(0, day.Queue.ServedAt(One));
    }

    /// <summary>The citizen who was called before has been served.</summary>
    private static CallNext Over => new(One) { Became = VisitOutcome.Served };

    [Fact]
    public void To_the_end_means_behind_all_who_wait() => Called().Later(1).When(new ReturnTicket(One, ReturnWay.ToEnd))
        .Then(Returned(ReturnWay.ToEnd))
        .When(Over).Then(QueueDay.Called(2, One)).When(Over).Then(Served(2, One), QueueDay.Called(3, One))
        .When(Over).Then(Served(3, One), QueueDay.Called(4, One)).When(Over)
            .Then(Served(4, One), QueueDay.Called(1, One));

    [Fact]
    public void After_two_others_it_is_next_at_its_old_place() => Called().When(new ReturnTicket(One, ReturnWay.After, After: 2))
        .Then(Returned(ReturnWay.After, after: 2))
        .When(Over).Then(QueueDay.Called(2, One)).When(new CallNext(Three)).Then(Opened(Three), QueueDay.Called(3, Three))
        .When(Over).Then(Served(2, One), QueueDay.Called(1, One));

    [Fact]
    public void A_ticket_held_back_for_others_is_called_when_there_are_no_others() =>
        Given(Opened(One), ForPassport(1), QueueDay.Called(1, One)).When(new ReturnTicket(One, ReturnWay.After, After: 5))
            .Then(Returned(ReturnWay.After, after: 5))
            .When(new CallNext(One)).Then(QueueDay.Called(1, One));

    [Fact]
    public void A_call_ends_being_held_back()
    {
        var day = Called().When(new ReturnTicket(One, ReturnWay.After, After: 50)).When(new CallTicket(Three, Id(1)))
            .Then(Opened(Three), QueueDay.Called(1, Three))
            .When(new ReturnTicket(Three, ReturnWay.KeepPlace));
        Assert.Equal(Id(1), day.Next(One));
    }

    [Fact]
    public void At_a_time_it_is_not_called_before()
    {
        var until = Now.AddMinutes(30);
        var day = Given(Opened(One), ForPassport(1), QueueDay.Called(1, One)).When(new ReturnTicket(One, ReturnWay.AtTime, Until: until))
            .Then(Returned(ReturnWay.AtTime, until: until));
        day.Later(29).When(new CallNext(One)).ThenRefused(Refusal.NobodyWaiting);
        day.Later(1).When(new CallNext(One)).Then(QueueDay.Called(1, One));
    }

    public static TheoryData<ReturnTicket> Impossible => [
        new ReturnTicket(One, ReturnWay.After), new ReturnTicket(One, ReturnWay.After, After: 0),
            new ReturnTicket(One, ReturnWay.After, After: 51),
        // Midnight is 15 hours away.
        new ReturnTicket(One, ReturnWay.AtTime), new ReturnTicket(One, ReturnWay.AtTime, Until: Now), new ReturnTicket(
        One, ReturnWay.AtTime, Until: Now.AddHours(15)), new ReturnTicket(One, ReturnWay.AtTime, Until: Now.AddHours(25))];

    [Theory, MemberData(nameof(Impossible))]
    public void A_way_back_that_cannot_be_is_refused(ReturnTicket command) => Called().When(command).ThenRefused(Refusal.WrongTime);

    [Theory]
    [InlineData(3.4, true)]
    [InlineData(3.5, false)] // 12:30, when the office closes.
    [InlineData(5, false)]
    public void Nothing_comes_back_after_closing_and_no_parked_ticket_wakes_then(double hours, bool isPossible)
    {
        var (day, office) = (Called(), new Setting(HoursOf.Office(HoursOf.Daily("08:00-12:30")), Area));
        foreach (var command in (QueueCommand[])[
            new ReturnTicket(One, ReturnWay.AtTime, Until: Now.AddHours(hours)), new Park(One, Now.AddHours(hours))])
        {
            Assert.Equal(isPossible ? null : Refusal.WrongTime, day.Queue.Decide(command, office, Now).Refusal);
        }
    }

    [Fact]
    public void A_priority_given_to_a_held_ticket_counts_when_it_is_back()
    {
        var day = Called().When(new ReturnTicket(One, ReturnWay.After, After: 1)).When(new Prioritise(Id(1), "frail"))
            .Then(new PriorityGiven(Id(1), "frail", Now));
        Assert.Equal(4, day.Queue.Waiting.Count);
        Assert.Equal(Id(2), day.Later(1).Next(One));
        day.When(new CallNext(One)).Then(QueueDay.Called(2, One));
        Assert.Equal(Id(1), day.Next(Three));
    }

    [Fact]
    public void Who_was_already_served_in_part_gains_faster_than_walk_ins()
    {
        var day = Given(Opened(One), On(ForPassport(1), Now.AddMinutes(4)), ForPassport(2), QueueDay.Called(1, One), Arrived(1, One),
            Returned(ReturnWay.KeepPlace)).Later(10);
        Assert.Equal(Id(1), day.Next(One)); // 18 points against 10.
    }
}
