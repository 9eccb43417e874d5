using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using CsCheck;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Generated days over two areas, with messages that are lost, doubled or late. Each ticket is at one counter, nobody is skipped,
/// and the first one over both is called.</summary>
public class FetchingProperties
{
    private static readonly ServiceId Vehicle = new("vehicle");
    private static readonly Setting[] Settings = [new(Joined, Joined.Areas[0]), new(Joined, Joined.Areas[1])];
    private static readonly CounterId[] Counters = [One, Three, new("21")];

    /// <param name="What">The kind of the step; the other two choose counter, ticket or message.</param>
    private readonly record struct Step(int What, int Which, int Seconds);

    private static readonly Gen<Step[]> Days =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 999], Gen.Int[1, 40], (what, which, seconds) => new Step(what, which, seconds)).Array[1, 250];

    private sealed class Day
    {
        private readonly Queue[] _queues =
        [
            Queue.Empty(Key).Apply(new CounterOpened(Three, Nine)).Apply(new ClerkLoggedIn(Three, new("bert"), "both", Nine))
                .Apply(new CounterOpened(One, Nine)).Apply(new ClerkLoggedIn(One, new("anna"), "both", Nine)),
            Queue.Empty(Key with { Area = "upstairs" }).Apply(new CounterOpened(new("21"), Nine)),
        ];

        private readonly List<(int To, QueueCommand Message)> _post = [];
        private DateTimeOffset _now = Nine;
        private int _taken;

        public void Do(Step step)
        {
            _now = _now.AddSeconds(step.Seconds);
            var counter = Counters[step.Which % Counters.Length];
            var own = counter == new CounterId("21") ? 1 : 0;
            switch (step.What)
            {
                case 0 or 1 or 2:
                    var n = ++_taken;
                    ServiceId service = n % 2 == 0 ? Vehicle : Passport;
                    Send(n % 2 == 0 ? 1 : 0, new TakeTicket(QueueDay.Id(n), QueueDay.Code(n), service, "de"));
                    break;
                case 3 or 4 or 5:
                    Press(own, counter);
                    break;
                case 6:
                    Send(own, new MarkArrived(counter));
                    break;
                case 7:
                    Send(own, new Finish(counter));
                    break;
                case 8:
                    Send(own, step.Which % 2 == 0 ? new UndoStep(counter) : new ReturnTicket(counter, ReturnWay.KeepPlace));
                    break;
                default:
                    Deliver(step.Which);
                    break;
            }

            Check();
        }

        /// <summary>All that is on its way arrives, and nothing is left between the areas.</summary>
        public void Settle()
        {
            for (var rounds = 0; rounds < 10; rounds++)
            {
                for (var from = 0; from < 2; from++)
                {
                    foreach (var (area, offer) in _queues[from].OpenOffers.ToArray())
                    {
                        Answer(from, area, offer);
                    }

                    foreach (var (area, release) in _queues[from].OpenWithdrawals.ToArray())
                    {
                        var refusal = Send(area == "hall" ? 0 : 1, release).Refusal;
                        Send(from, new CloseWithdrawal(release.Ticket,
                            refusal is null ? TransferState.Rejected : TransferState.Accepted, release.Attempt));
                    }
                }
            }

            Check();
            Assert.All(_queues, queue => Assert.Empty(queue.OpenOffers));
            for (var n = 1; n <= _taken; n++)
            {
                var states = _queues.Select(q => q.Tickets.GetValueOrDefault(QueueDay.Id(n))).OfType<Ticket>().ToArray();
                Assert.True(states.Count(t => t.Alive) == 1 || states.Any(t => t.State is TicketState.Served), $"Ticket {n} is lost.");
            }
        }

        private void Press(int own, CounterId counter)
        {
            var home = _queues[own];
            var best = home.NextOver(counter, Settings[own], own == 0 ? [_queues[1]] : [], _now);
            if (best is null || home.VisitAt(counter) is { State: TicketState.Called })
            {
                return;
            }

            var first = best.Next.Ticket;
            var waiting = _queues.SelectMany(queue => queue.Tickets.Values).Where(t => t is { State: TicketState.Waiting, Held: false });
            Assert.True(own == 1 || !waiting.Any(t => Score(t) > Score(first)), $"{first.Number} is not the first.");
            if (best.Queue.Key == home.Key)
            {
                Send(own, new CallNext(counter));
                return;
            }

            Send(1 - own, new Fetch(best.Next.Ticket.Id, best.Next.Ticket.Changes, new("hall", counter, home.At(counter).Revision,
                new(Guid.NewGuid()), best.Next.Why, null, false, null, _now.AddSeconds(15))));
        }

        /// <summary>Written again, not called: points a minute by the rules of the hall.</summary>
        private double Score(Ticket t) => (_now - t.DueAt).TotalMinutes * (t.Class is WaitingClass.Transferred ? 3 : 1);

        /// <summary>A message arrives: an open offer, perhaps not for the first time, or an answer that was delayed.</summary>
        private void Deliver(int which)
        {
            var open = _queues.SelectMany((queue, from) => queue.OpenOffers.Select(o => (from, o.Area, o.Offer))).ToArray();
            if (which % 3 == 0 && _post.Count > 0)
            {
                var (to, message) = _post[which % _post.Count];
                Send(to, message);
            }
            else if (open.Length > 0)
            {
                var (from, area, offer) = open[which % open.Length];
                Answer(from, area, offer, isLost: which % 5 == 0);
            }
        }

        private void Answer(int from, string area, OfferTransfer offer, bool isLost = false)
        {
            var to = area == "hall" ? 0 : 1;
            var refusal = Send(to, offer).Refusal;
            var close = new CloseTransfer(offer.Ticket, refusal is null ? TransferState.Accepted : TransferState.Rejected, offer.Attempt);
            _post.Add((to, offer));
            _post.Add((from, close));
            if (!isLost)
            {
                Send(from, close);
            }
        }

        private Decision<QueueEvent> Send(int to, QueueCommand command)
        {
            var decision = _queues[to].Decide(command, Settings[to], _now);
            _queues[to] = decision.Events.Aggregate(_queues[to], (queue, happened) => queue.Apply(happened));
            return decision;
        }

        private void Check()
        {
            var alive = _queues.SelectMany(q => q.Tickets.Values).Where(t => t.Alive).ToArray();
            Assert.Equal(alive.Length, alive.Select(t => t.Id).Distinct().Count());
            var atCounters = alive.Where(t => t.AtCounter).Select(t => t.Counter).ToArray();
            Assert.Equal(atCounters.Length, atCounters.Distinct().Count());
        }
    }

    [Fact]
    public void Nobody_is_called_twice_or_lost_between_two_areas_and_the_first_one_is_next() => Days.Sample(steps =>
    {
        var day = new Day();
        foreach (var step in steps)
        {
            day.Do(step);
        }

        day.Settle();
    }, iter: 200);
}
