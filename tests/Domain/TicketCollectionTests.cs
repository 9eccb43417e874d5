using Aufruf.Domain.Queues;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>The tickets of a day: collections that grew out of one share nearly everything, and none sees what another has.</summary>
public class TicketCollectionTests
{
    private static Ticket Nth(int id, long place) => new(Id(id), Code(id), new TicketNumber('A', (id % 999) + 1), Passport, "de", place, Now);

    private static TicketCollection Many(int count) => Enumerable.Range(1, count).Aggregate(TicketCollection.New(), (all, n) => all.Add(Nth(n, n)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(513)]
    [InlineData(5000)]
    public void Every_ticket_is_found_by_id_and_code_and_stands_in_order(int count)
    {
        var all = Many(count);
        Assert.Equal(count, all.Count);
        Assert.Equal(Enumerable.Range(1, count).Select(Id), all.Keys);
        Assert.All(Enumerable.Range(1, count), n => Assert.Same(all[Id(n)], all.Find(Code(n))));
        Assert.False(all.ContainsKey(Id(count + 1)));
        Assert.Null(all.Find(Code(count + 1)));
    }

    [Fact]
    public void A_change_is_seen_in_the_new_collection_only()
    {
        var before = Many(100);
        var after = before.Set(before[Id(40)] with { State = TicketState.Served });
        Assert.Equal((TicketState.Waiting, TicketState.Served), (before[Id(40)].State, after[Id(40)].State));
        Assert.Same(before[Id(41)], after[Id(41)]);
    }

    [Fact]
    public void An_older_collection_does_not_know_who_came_later()
    {
        var before = Many(20);
        var after = before.Add(Nth(21, 21));
        Assert.True(after.ContainsKey(Id(21)));
        Assert.False(before.TryGetValue(Id(21), out _));
        Assert.Null(before.Find(Code(21)));
        Assert.Throws<KeyNotFoundException>(() => before[Id(21)]);
    }

    [Fact]
    public void Two_that_went_different_ways_do_not_see_each_others_tickets()
    {
        var fork = Many(20);
        var (left, right) = (fork.Add(Nth(21, 21)), fork.Add(Nth(22, 21)));
        Assert.Equal((true, false), (left.ContainsKey(Id(21)), left.ContainsKey(Id(22))));
        Assert.Equal((false, true), (right.ContainsKey(Id(21)), right.ContainsKey(Id(22))));
        Assert.Null(left.Find(Code(22)));
        Assert.Null(right.Find(Code(21)));
    }

    [Fact]
    public void One_ticket_may_stand_at_another_place_in_each()
    {
        var fork = Many(20);
        var left = fork.Add(Nth(21, 21)).Add(Nth(22, 22));
        var right = fork.Add(Nth(22, 21)).Add(Nth(21, 22));
        Assert.Equal((21, 22), (left[Id(21)].Place, left[Id(22)].Place));
        Assert.Equal((22, 21), (right[Id(21)].Place, right[Id(22)].Place));
        Assert.Equal((21, 22), (left.Find(Code(21))?.Place, right.Find(Code(21))?.Place));
    }

    [Fact]
    public void A_place_that_is_not_the_next_and_a_ticket_that_is_there_are_refused()
    {
        var all = Many(3);
        Assert.Throws<ArgumentException>(() => all.Add(Nth(4, 5)));
        Assert.Throws<ArgumentException>(() => all.Add(Nth(2, 4)));
    }

    [Fact]
    public void The_highest_number_of_a_letter_is_in_use_until_its_ticket_ends()
    {
        var queue = Given(Taken(1, 'A', 999, Passport), Taken(2, 'A', 1, Passport)).Queue;
        Assert.Equal(2, Assert.IsType<QueueEvent.TicketTaken>(queue.Decide(Take(3, Passport), Area, Now).Events[0]).Number.Value);
        var ended = queue.Apply(new QueueEvent.TicketCancelled(Id(2), null, Now)).Apply(Taken(4, 'A', 999 - 1, Passport)).Apply(new QueueEvent.TicketCancelled(Id(1), null, Now));
        Assert.Equal(999, Assert.IsType<QueueEvent.TicketTaken>(ended.Decide(Take(3, Passport), Area, Now).Events[0]).Number.Value);
    }
}
