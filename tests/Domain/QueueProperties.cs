using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Running;
using CsCheck;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Tests.Domain;

/// <summary>What must be true of every day, whatever happens on it.</summary>
public class QueueProperties
{
    [Fact]
    public void Every_ticket_is_at_one_place_and_in_one_state() => GeneratedDay.Steps(1, 1500).Sample(steps =>
    {
        var day = new GeneratedDay();
        foreach (var step in steps)
        {
            day.Do(day.WishOf(step));
            CountersAndTicketsAgree(day.Queue);
        }

        Assert.Equal(day.Happened.OfType<TicketTaken>().Select(e => e.Ticket), day.Queue.Tickets.Values.OrderBy(t => t.Place).Select(t => t.Id));
        Assert.All(day.Queue.Tickets.Values, TimesFitTheState);
    }, iter: 30);

    [Fact]
    public void No_two_living_tickets_bear_one_number() => GeneratedDay.Steps(2000, 6000).Sample(steps =>
    {
        var day = new GeneratedDay();
        var alive = new Dictionary<TicketNumber, TicketId>();
        foreach (var step in steps)
        {
            // A busy morning: most wishes are for tickets, so that the numbers come round again while many still wait.
            var decision = day.Do(day.WishOf(step with { Service = step.Service == 2 ? 2 : step.Seen % 2, Seen = 0 }));
            foreach (var happened in decision.Events)
            {
                switch (happened)
                {
                    case TicketTaken e: Assert.True(alive.TryAdd(e.Number, e.Ticket), $"{e.Number} was given twice."); break;
                    case TicketServed e: alive.Remove(day.Queue.Tickets[e.Ticket].Number); break;
                    case TicketMissed e: alive.Remove(day.Queue.Tickets[e.Ticket].Number); break;
                }
            }

            Assert.True(decision.Refusal is not Refusal.NoNumberLeft || alive.Keys.Count(n => n.Letter == 'A') == 999 || alive.Keys.Count(n => n.Letter == 'C') == 999);
        }

        Assert.Equal(alive.Keys.Order(Comparer<TicketNumber>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))),
            day.Queue.Tickets.Values.Where(t => t.Alive).Select(t => t.Number).OrderBy(n => n.ToString(), StringComparer.Ordinal));
    }, iter: 10);

    [Fact]
    public void Who_came_first_is_called_first_and_nobody_waits_means_nobody_waits() => GeneratedDay.Steps(1, 3000).Sample(steps =>
    {
        var day = new GeneratedDay();
        foreach (var step in steps)
        {
            var wish = day.WishOf(step);
            var before = day.Queue;
            var decision = day.Do(wish);
            if (wish is CallNext call && decision.Refusal is (null or Refusal.NobodyWaiting))
            {
                var counter = day.Area.Counter(call.Counter);
                var expected = before.Tickets.Values
                    .Where(t => t.State is TicketState.Waiting && counter is not null && day.Area.MayCall(counter, t.Service))
                    .MinBy(t => t.TakenAt);
                Assert.Equal(expected?.Id, decision.Events.OfType<TicketCalled>().SingleOrDefault()?.Ticket);
                Assert.Equal(expected is null, decision.Refusal is Refusal.NobodyWaiting);
            }
        }
    }, iter: 20);

    [Fact]
    public void Replaying_what_happened_gives_the_same_queue() => GeneratedDay.Steps(1, 4000).Sample(steps =>
    {
        var day = GeneratedDay.Of(steps);
        var stored = JsonSerializer.Serialize<IReadOnlyList<QueueEvent>>(day.Happened, DomainJson.Options);
        var replayed = JsonSerializer.Deserialize<IReadOnlyList<QueueEvent>>(stored, DomainJson.Options)!;
        Assert.Equal(day.Happened, replayed);
        Assert.Equal(QueueDay.Text(day.Queue), QueueDay.Text(replayed.Aggregate(Queue.Empty(SmallOffice.Key), (queue, happened) => queue.Apply(happened))));
    }, iter: 15);

    [Fact]
    public void A_queue_that_crossed_to_another_hub_decides_the_same() => Gen.Select(GeneratedDay.Steps(1, 1500), GeneratedDay.Steps(1, 20)).Sample((morning, after) =>
    {
        var day = GeneratedDay.Of(morning);
        var there = JsonSerializer.Deserialize<Queue>(JsonSerializer.Serialize(day.Queue, DomainJson.Options), DomainJson.Options)!;
        foreach (var step in after)
        {
            var wish = day.WishOf(step);
            var (ours, theirs) = (day.Do(wish), there.Decide(wish, day.Area, day.Now));
            Assert.Equal(ours.Events, theirs.Events);
            Assert.Equal(ours.Refusal, theirs.Refusal);
            there = theirs.Events.Aggregate(there, (queue, happened) => queue.Apply(happened));
        }

        Assert.Equal(QueueDay.Text(day.Queue), QueueDay.Text(there));
    }, iter: 30);

    [Fact]
    public void A_wish_that_is_refused_without_a_record_changes_nothing() => GeneratedDay.Steps(1, 1500).Sample(steps =>
    {
        var day = new GeneratedDay();
        foreach (var step in steps)
        {
            var before = day.Queue;
            if (day.Do(day.WishOf(step)).Events.Count == 0)
            {
                Assert.Same(before, day.Queue);
            }
        }
    }, iter: 10);

    private static void CountersAndTicketsAgree(Queue queue)
    {
        var visits = queue.Counters.Values.Where(c => c.Ticket is not null).Select(c => (c.Id, Ticket: queue.Tickets[c.Ticket!.Value])).ToArray();
        Assert.All(visits, v => Assert.True(v.Ticket.State is TicketState.Called or TicketState.Serving && v.Ticket.Counter == v.Id));
        Assert.Equal(visits.Length, visits.Select(v => v.Ticket.Id).Distinct().Count());
        Assert.Equal(visits.Length, queue.Tickets.Values.Count(t => t.State is TicketState.Called or TicketState.Serving));
        Assert.Equal(queue.Waiting.Count, queue.Tickets.Values.Count(t => t.State is TicketState.Waiting));
    }

    private static void TimesFitTheState(Ticket t) => Assert.True(t.State switch
    {
        TicketState.Waiting => t is { Calls: 0, Counter: null, CalledAt: null, ArrivedAt: null, EndedAt: null },
        TicketState.Called => t is { Calls: > 0, Counter: not null, CalledAt: not null, ArrivedAt: null, EndedAt: null },
        TicketState.Serving => t is { Calls: > 0, Counter: not null, CalledAt: not null, ArrivedAt: not null, EndedAt: null },
        TicketState.Served => t is { Calls: > 0, CalledAt: not null, EndedAt: not null },
        TicketState.Missed => t is { Calls: > 0, CalledAt: not null, ArrivedAt: null, EndedAt: not null },
        _ => false,
    } && !(t.CalledAt < t.TakenAt) && !(t.EndedAt < t.CalledAt) && !(t.LastCallAt < t.CalledAt), $"{t}");
}
