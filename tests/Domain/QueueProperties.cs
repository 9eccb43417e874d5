using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Simulation.Promises;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Tests.Domain;

/// <summary>Properties of every day.</summary>
public class QueueProperties
{
    [Fact]
    public void Every_ticket_is_at_one_place_and_in_one_state() => GeneratedDay.Sample(1, 2000, days: 25, (day, steps) =>
    {
        foreach (var step in steps)
        {
            var before = day.Queue;
            var decision = day.Do(day.CommandOf(step));
            CountersAndTicketsAgree(day.Queue);
            RevisionsGrow(before, day.Queue);
            if (decision.Refusal is not null)
            {
                Assert.All(decision.Events, e => Assert.True(e is PressIgnored or TicketIgnored or TransferRejected
                    || (decision.Refusal == Refusal.NobodyWaiting
                        && e is CounterOpened or ClerkLoggedIn or PresenceChanged { Presence: Presence.Ready }),
                        $"{e} though {decision.Refusal}"));
            }
        }

        Assert.Equal(day.Happened.Select(Joins).OfType<TicketId>(), day.Queue.Tickets.Values.OrderBy(t => t.Place).Select(t => t.Id));
        Assert.All(day.Queue.Tickets.Values, TimesFitTheState);
        Assert.Equal(day.Happened.OfType<TicketCalled>().Count(), day.Queue.CallsMade);
    });

    [Fact]
    public void No_two_living_tickets_bear_one_number() => GeneratedDay.Sample(2000, 6000, days: 10, (day, steps) =>
    {
        foreach (var step in steps)
        {
            // A busy morning: most commands take tickets, so the numbers start again while many tickets wait.
            var decision = day.Do(day.CommandOf(step with
            {
                Service = step.Service == 2 ? 2 : step.Seen % 2,
                Seen = 0,
                Command = step.Command % 3 == 0 ? step.Command : 29,
                Seconds = 1
            }));
            var given = decision.Events.Select(e => e switch
            {
                TicketTaken t => (t.Ticket, t.Number),
                CheckedIn t => (t.Ticket, t.Number),
                TicketTakenAtHome t => (t.Ticket, t.Number),
                TransferAccepted t => (t.Ticket, t.Number),
                _ => default
            }).FirstOrDefault();
            Assert.True(given == default || !day.Queue.Tickets.Values.Any(t => t.KeepsNumber && t.Number == given.Number
                && t.Id != given.Ticket), $"{given} was given twice.");
            Assert.True(decision.Refusal != Refusal.NoNumberLeft || day.Queue.Tickets.Values.Where(t => t.KeepsNumber)
                .GroupBy(t => t.Number.Letter).Any(g => g.Count() == TicketNumber.Highest));
        }

        Assert.Distinct(day.Queue.Tickets.Values.Where(t => t.KeepsNumber).Select(t => t.Number));
    });

    [Fact]
    public void Next_is_who_is_found_by_looking_at_everybody_and_nobody_waits_means_nobody_waits() =>
        GeneratedDay.Sample(1, 1500, days: 40, (day, steps) =>
    {
        foreach (var step in steps)
        {
            var command = day.CommandOf(step);
            foreach (var counter in day.Area.Counters)
            {
                var (expected, found) = (PencilAndPaper.Next(day.Queue, counter.Id, day.Setting, day.Now),
                    day.Queue.NextFor(counter.Id, day.Setting, day.Now)?.Ticket);
                Assert.True(expected?.Id == found?.Id, $"Counter {counter.Id}: {found} instead of {expected}");
                Assert.True(found is null || found.DueAt <= day.Now || !day.Queue.Tickets.Values.Any(
                    t => t is { State: TicketState.Waiting, Held: false, ForClerk: null, ForCounter: null }
                    && t.DueAt <= day.Now && counter.Services.Contains(t.Service) && day.Queue.At(counter.Id).Profile is null),
                        "An early appointment hides somebody due.");
            }

            var (before, setting, now) = (day.Queue, day.Setting, day.Now);
            var decision = day.Do(command);
            if (command is CallNext { Service: null } call && decision.Refusal is null
                && decision.Events.OfType<TicketCalled>().SingleOrDefault() is { } called)
            {
                Assert.Equal(PencilAndPaper.Next(before, call.Counter, setting, now)?.Id, called.Ticket);
            }
            else if (command is CallNext { Counter: var at, Service: null } && decision.Refusal == Refusal.NobodyWaiting)
            {
                Assert.Null(PencilAndPaper.Next(before, at, setting, now));
            }
        }
    });

    [Fact]
    public void Counts_are_what_one_counts() => GeneratedDay.Sample(1, 2500, days: 10, (day, steps) =>
    {
        foreach (var step in steps)
        {
            day.Do(day.CommandOf(step));
            var waiting = day.Queue.Tickets.Values.Where(t => t.State is TicketState.Waiting).ToLookup(t => t.Service);
            Assert.All(SmallOffice.Area.Services, s => Assert.Equal(waiting[s.Id].Count(), day.Queue.Waiting.CountOf(s.Id)));
            Assert.Equal(day.Queue.Waiting.Count, waiting.Sum(w => w.Count()));
            Assert.Equal(day.Queue.Waiting.Count, day.Queue.Waiting.CountOf(_ => true));
        }
    });

    [Fact]
    public void After_the_days_end_every_ticket_is_in_exactly_one_final_state() => GeneratedDay.Sample(1, 2500, days: 25, (day, steps) =>
    {
        day.Live(steps).Do(new EndDay());
        Assert.All(day.Queue.Tickets.Values, t => Assert.True(t is { Alive: false, EndedAt: not null }, $"{t}"));
        Assert.Equal((0, true), (day.Queue.Waiting.Count, day.Queue.Ended));
        Assert.All(day.Queue.Counters.Values, c => Assert.Equal((false, null, null), (c.Open, c.Ticket, c.Clerk)));
        day.Live(steps.Take(200));
        Assert.All(day.Queue.Tickets.Values, t => Assert.False(t.Alive, $"{t}"));
        Assert.All(day.Queue.Counters.Values, c => Assert.False(c.Open));
    });

    [Fact]
    public void Replaying_what_happened_gives_the_same_queue() => GeneratedDay.Sample(1, 4000, days: 15, (day, steps) =>
    {
        day.Live(steps);
        var stored = JsonSerializer.Serialize<IReadOnlyList<QueueEvent>>(day.Happened, DomainJson.Options);
        var replayed = JsonSerializer.Deserialize<IReadOnlyList<QueueEvent>>(stored, DomainJson.Options)!;
        Assert.Equal(stored, JsonSerializer.Serialize(replayed, DomainJson.Options));
        Assert.Equal(QueueDay.Text(day.Queue),
            QueueDay.Text(replayed.Aggregate(Queue.Empty(SmallOffice.Key), (queue, happened) => queue.Apply(happened))));
    });

    [Fact]
    public void A_queue_that_crossed_to_another_hub_decides_the_same() => GeneratedDay.Sample(1, 1500, days: 40, (day, steps) =>
    {
        day.Live(steps.Take(steps.Length * 9 / 10));
        var there = JsonSerializer.Deserialize<Queue>(JsonSerializer.Serialize(day.Queue, DomainJson.Options), DomainJson.Options)!;
        foreach (var step in steps.Skip(steps.Length * 9 / 10))
        {
            var command = day.CommandOf(step);
            var (ours, theirs) = (day.Do(command), there.Decide(command, day.Setting, day.Now));
            Assert.Equal(JsonSerializer.Serialize(ours.Events, DomainJson.Options),
                JsonSerializer.Serialize(theirs.Events, DomainJson.Options));
            Assert.Equal(ours.Refusal, theirs.Refusal);
            there = theirs.Events.Aggregate(there, (queue, happened) => queue.Apply(happened));
        }

        Assert.Equal(QueueDay.Text(day.Queue), QueueDay.Text(there));
    });

    // Days on which something never happens prove nothing about it.
    [Fact]
    public void Generated_days_leave_nothing_out()
    {
        var happened = new HashSet<string>();
        var refused = new HashSet<Refusal>();
        GeneratedDay.Sample(2000, 2500, days: 24, (day, steps) =>
        {
            foreach (var step in steps)
            {
                var decision = day.Do(day.CommandOf(step));
                lock (happened)
                {
                    happened.UnionWith(decision.Events.Select(e => e.GetType().Name));
                    refused.UnionWith(decision.Refusal is { } no ? [no] : []);
                }
            }

            var end = day.Do(new EndDay());
            lock (happened)
            {
                happened.UnionWith(end.Events.Select(e => e.GetType().Name));
            }
        });
        Assert.Empty(typeof(QueueEvent).GetNestedTypes().Select(t => t.Name).Except(happened));
        Assert.Equal(RefusalsOfOthers.All.Select(r => r.Code).Order(), Refusal.Known.Values.Except(refused).Select(r => r.Code).Order());
    }

    [Fact]
    public void A_command_that_is_refused_without_a_record_changes_nothing() => GeneratedDay.Sample(1, 1500, days: 10, (day, steps) =>
    {
        foreach (var step in steps)
        {
            var before = day.Queue;
            if (day.Do(day.CommandOf(step)).Events.Count == 0)
            {
                Assert.Same(before, day.Queue);
            }
        }
    });

    private static TicketId? Joins(QueueEvent happened) => happened switch
    {
        TicketTaken e => e.Ticket,
        CheckedIn e => e.Ticket,
        TicketTakenAtHome e => e.Ticket,
        TransferAccepted e => e.Ticket,
        _ => null,
    };

    private static void CountersAndTicketsAgree(Queue queue)
    {
        var visits = queue.Counters.Values.Where(c => c.Ticket is not null)
            .Select(c => (c.Id, c.Open, Ticket: queue.Tickets[c.Ticket!.Value])).ToArray();
        Assert.All(visits, v => Assert.True(v.Ticket.AtCounter && v.Ticket.Counter == v.Id && v.Open));
        Assert.Equal(visits.Length, visits.Select(v => v.Ticket.Id).Distinct().Count());
        Assert.Equal(visits.Length, queue.Tickets.Values.Count(t => t.AtCounter));
        Assert.Distinct(queue.Counters.Values.Select(c => c.Clerk).OfType<ClerkId>());
        Assert.All(queue.Counters.Values, c => Assert.True(c.Open || c is { Clerk: null, Ticket: null, Presence: Presence.Ready }));
        Assert.All(queue.Counters.Values, c => Assert.True((c.Presence is not Presence.Pause || c.Ticket is null)
            && (c.Presence is not Presence.PauseAfter || c.Ticket is not null), $"{c}"));
    }

    /// <summary>A change that a clerk sees at a counter makes commands on the older state outdated.</summary>
    private static void RevisionsGrow(Queue before, Queue after)
    {
        foreach (var now in after.Counters.Values)
        {
            var then = before.At(now.Id);
            Assert.True(now.Revision >= then.Revision);
            var (one, other) = (before.VisitAt(now.Id), after.VisitAt(now.Id));
            var isSame = now with { Revision = then.Revision } == then && (one?.State, one?.Service, one?.Calls) == (
                other?.State, other?.Service, other?.Calls);
            Assert.True(isSame || now.Revision > then.Revision, $"{then} became {now}");
        }
    }

    private static void TimesFitTheState(Ticket t)
    {
        Assert.True(t.State switch
        {
            TicketState.Waiting or TicketState.Expired => t is { PartCalledAt: null, ArrivedAt: null } && t.EndedAt is not null == t.State
                is TicketState.Expired,
            TicketState.Coming or TicketState.Lapsed => t is { Calls: 0, Home.CameAt: null, PartCalledAt: null, NotBefore: null }
                && t.EndedAt is not null == t.State is TicketState.Lapsed,
            TicketState.Called => t is
            {
                Calls: > 0, Counter: not null, CalledAt: not null, PartCalledAt: not null, ArrivedAt: null,
                EndedAt: null
            },
            TicketState.Serving => t is
            {
                Calls: > 0, Counter: not null, CalledAt: not null, PartCalledAt: not null, ArrivedAt: not null,
                EndedAt: null
            },
            TicketState.Parked or TicketState.Pickup =>
                t is { Calls: > 0, CalledAt: not null, PartCalledAt: null, EndedAt: null, Parts.Count: > 0 },
            TicketState.Transferred when t.Parts.Count == 0 || t.Transfer is { State: TransferState.Rejected } =>
                t is { PartCalledAt: null, EndedAt: not null },
            TicketState.Served or TicketState.Missed or TicketState.Transferred =>
                t is { Calls: > 0, CalledAt: not null, PartCalledAt: null, EndedAt: not null, Parts.Count: > 0 },
            TicketState.Cancelled => t is { PartCalledAt: null, EndedAt: not null },
            _ => false,
        } && !(t.CalledAt < t.TakenAt) && !(t.EndedAt < t.CalledAt) && !(t.LastCallAt < t.CalledAt), $"{t}");
        Assert.All(t.Parts, p => Assert.True(p.CalledAt <= p.EndedAt && !(p.ArrivedAt < p.CalledAt) && !(p.ArrivedAt > p.EndedAt), $"{p}"));
        var parts = t.Parts.ToArray();
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.True(pair.First.EndedAt <= pair.Second.CalledAt, $"{t.Id}: parts overlap"));
        Assert.True(TicketTimes.Of(t) is
        {
            Wait: null or { Ticks: >= 0 }, Walk: null or { Ticks: >= 0 },
            Service: null or { Ticks: >= 0 }
        });
    }
}
