using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Running;
using CsCheck;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Two areas that send each other tickets, and messages between them that come late, twice, and in any order.</summary>
public class TwoAreasProperties
{
    private sealed record Message(int To, QueueCommand Command);

    private sealed class TwoFloors
    {
        private static readonly Setting[] Settings = [SettingWith(Area), new(SmallOffice.TwoFloors, SmallOffice.TwoFloors.Areas[1])];
        private static readonly CounterId[] Counters = [Three, new("21")];
        private static readonly ServiceId[] Services = [Passport, new("vehicle")];
        private readonly List<Message> _underway = [];
        private DateTimeOffset _now = Nine;

        public Queue[] Queues { get; } = [Queue.Empty(Key), Queue.Empty(Key with { Area = "upstairs" })];

        public Decision<QueueEvent> Do(int area, QueueCommand command)
        {
            _now = _now.AddSeconds(command is UndoStep ? 3 : 20);
            var decision = Queues[area].Decide(command, Settings[area], _now);
            Queues[area] = decision.Events.Aggregate(Queues[area], (queue, e) => queue.Apply(e));
            if (command is OfferTransfer offer)
            {
                _underway.Add(new(1 - area, new CloseTransfer(offer.Ticket,
                    decision.Refusal is null ? TransferState.Accepted : TransferState.Rejected, offer.Attempt)));
            }
            else if (command is ReleaseTransfer release)
            {
                _underway.Add(new(1 - area, new CloseWithdrawal(release.Ticket,
                    decision.Refusal is null ? TransferState.Rejected : TransferState.Accepted, release.Attempt)));
            }

            return decision;
        }

        public void Live(int n, int what, int area, int which)
        {
            switch (what)
            {
                case < 2: Do(area, new TakeTicket(QueueDay.Id(n), QueueDay.Code(n), Services[area], "de")); break;
                case < 4: Do(area, new CallNext(Counters[area])); break;
                case < 8: Do(area, new Transfer(Counters[area], new(Queues[1 - area].Key.Area, Service: Services[1 - area]))); break;
                case 8:
                    Do(area, new Transfer(Counters[area], new(Queues[1 - area].Key.Area, Service: Services[1 - area])));
                    Do(area, new UndoStep(Counters[area]));
                    break;
                case 24 or 25: Do(area, new UndoStep(Counters[area])); break;
                case 9: Do(area, new Park(Counters[area])); break;
                case 10 when Queues[area].Tickets.Count > 0:
                    Do(area,
                    new Cancel(Queues[area].Tickets.Values.OrderBy(t => t.Place).ElementAt(which % Queues[area].Tickets.Count).Id)); break;
                case 11 when Queues[area].Tickets.Count > 0:
                    Do(area, new Reactivate(Queues[area].Tickets.Values.OrderBy(t => t.Place)
                    .ElementAt(which % Queues[area].Tickets.Count).Id)); break;
                case < 16: Send(area); break;
                case < 24 when _underway.Count > 0: Deliver(which % _underway.Count, isLast: what < 21); break;
            }
        }

        /// <summary>Offers are repeated until every one is answered.</summary>
        public void Settle()
        {
            for (var round = 0; round < 100 && Queues.Any(q => q.OpenOffers.Any() || q.OpenWithdrawals.Any()); round++)
            {
                Send(0);
                Send(1);
                while (_underway.Count > 0)
                {
                    Deliver(0, isLast: true);
                }
            }

            Assert.All(Queues, q => Assert.Empty(q.OpenOffers));
            Assert.All(Queues, q => Assert.Empty(q.OpenWithdrawals));
        }

        private void Send(int area) => _underway.AddRange(
            [.. Queues[area].OpenOffers.Select(o => new Message(1 - area, o.Offer)),
                .. Queues[area].OpenWithdrawals.Select(w => new Message(1 - area, w.Release))]);

        private void Deliver(int which, bool isLast)
        {
            var message = _underway[which];
            if (isLast)
            {
                _underway.RemoveAt(which);
            }

            Do(message.To, message.Command);
        }
    }

    private static readonly Gen<(int What, int Area, int Which)[]> Days = Gen.Select(Gen.Int[0, 25], Gen.Int[0, 1], Gen.Int[0, 999]).Array[
        1, 1500];

    [Fact]
    public void No_ticket_is_ever_in_two_areas_and_none_is_lost_between_them() => Days.Sample(steps =>
    {
        var town = new TwoFloors();
        var taken = new HashSet<TicketId>();
        foreach (var ((what, area, which), n) in steps.Select((s, i) => (s, i + 1)))
        {
            // Now and then a number is somebody else's already: a third area had the same letter.
            if (which == 7)
            {
                town.Do(area, new OfferTransfer(QueueDay.Id(100_000 + n), QueueDay.Code(n), new(area == 0 ? 'K' : 'A', 1 + (n % 9)),
                    area == 0 ? Passport : new("vehicle"), "de", "cellar", Nine, Attempt: 1));
            }

            town.Live(n, what, area, which);
            taken.UnionWith(town.Queues.SelectMany(q => q.Tickets.Keys));
            Assert.All(taken, id => Assert.True(town.Queues.Count(q => q.Tickets.GetValueOrDefault(id) is { Alive: true }) <= 1,
                $"{id} is in both areas."));
        }

        town.Settle();
        Assert.All(taken, id => Assert.True(
            town.Queues.Count(q => q.Tickets.GetValueOrDefault(id) is { State: not TicketState.Transferred }) == 1, $"{id} is lost."));
        town.Do(0, new EndDay());
        town.Do(1, new EndDay());
        Assert.All(town.Queues.SelectMany(q => q.Tickets.Values), t => Assert.False(t.Alive));
    }, iter: Proof.Times(check: 20, full: 60));

    [Fact]
    public void What_is_underway_when_the_days_end_ends_too() => Days.Sample(steps =>
    {
        var town = new TwoFloors();
        foreach (var ((what, area, which), n) in steps.Select((s, i) => (s, i + 1)))
        {
            town.Live(n, what, area, which);
        }

        town.Do(steps[0].Area, new EndDay());
        town.Live(1, 13, 0, 0);
        town.Do(1 - steps[0].Area, new EndDay());
        town.Settle();
        Assert.All(town.Queues.SelectMany(q => q.Tickets.Keys).Distinct(), id => Assert.True(
            town.Queues.Count(q => q.Tickets.GetValueOrDefault(id) is { Alive: false, State: not TicketState.Transferred }) == 1,
                $"{id} has no final state."));
    }, iter: Proof.Times(check: 15, full: 40));
}
