using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Edge;

/// <summary>The real core under virtual time with seeded faults: messages lost, doubled and overtaken, links cut, devices killed.</summary>
public sealed class RoughNetworkTests
{
    private sealed class FaultyRun(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Device _printer = new(DeviceKind.TicketPrinter);
        private readonly Device _box = new();
        private readonly List<(double At, Action Arrives)> _underWay = [];
        private readonly HashSet<Guid> _executed = [];
        private readonly HashSet<Guid> _taken = [];
        private readonly Dictionary<Guid, int> _printed = [];
        private double _now;
        private bool _isFaultless;
        private int _resent;

        public void Go()
        {
            for (var step = 0; step < 1500; step++)
            {
                Step();
            }

            _isFaultless = true;
            Connect(_box);
            for (var step = 0; step < 600; step++)
            {
                Step();
            }

            Assert.Empty(_box.Store.Read().Waiting);
            Assert.Equal(_taken.Order(), _executed.Order());
            Assert.All(_printed.Values, times => Assert.Equal(1, times));
        }

        /// <summary>Presses taken, copies the hub had seen before, slips printed.</summary>
        public (int Taken, int Again, int Printed) Counts => (_taken.Count, _resent, _printed.Count);

        private void Step()
        {
            _now += 0.1;
            _box.Wait(0.1);
            _printer.Wait(0.1);
            if (!_isFaultless)
            {
                CauseFault();
            }

            Carry();
            var due = _underWay.Where(f => f.At <= _now).ToList();
            _underWay.RemoveAll(f => f.At <= _now);
            due.ForEach(f => f.Arrives());
            Carry();
        }

        private void CauseFault()
        {
            switch (_random.Next(40))
            {
                case < 8:
                    _box.Press();
                    _taken.UnionWith(_box.Store.Read().Waiting.Select(e => e.Id));
                    break;
                case 8:
                    Carry();
                    _box.Crash();
                    break;
                case 9 or 10:
                    _box.Do(c => c.Disconnected());
                    break;
                case < 15:
                    Connect(_box);
                    break;
                case 15:
                    _printer.Crash();
                    break;
                case 16 or 17:
                    Connect(_printer);
                    _printer.Do(c => c.PrinterIs(PrinterCondition.Ready));
                    break;
                case 18:
                    var print = _printer.Print();
                    Send(() => _printer.Do(c => c.Commanded(print)));
                    Send(() => _printer.Do(c => c.Commanded(print)));
                    break;
                case 19:
                    _box.Time.Step = TimeSpan.FromHours(_random.Next(-2, 3));
                    break;
                default:
                    break;
            }
        }

        private static void Connect(Device device) => device.Do(c => c.IsConnected ? [] : c.Connected());

        private void Carry()
        {
            var sent = _box.Sent.ToList();
            _box.Effects.Clear();
            sent.ForEach(e => Send(() => HubHears(e)));
            foreach (var print in _printer.Printed.ToList())
            {
                _printed[print.Command] = _printed.GetValueOrDefault(print.Command) + 1;
                if (_random.Next(3) > 0)
                {
                    Send(() => _printer.Do(c => c.PrintEnded(print.Command, CommandOutcome.Done, null)));
                }
            }

            _printer.Effects.Clear();
        }

        /// <summary>The hub of the protocol: each id once, and settles exactly what it answers.</summary>
        private void HubHears(DeviceEvent happened)
        {
            _resent += _executed.Add(happened.Id) ? 0 : 1;
            var ack = new EventAck(1, [new EventAnswer(happened.Id, EventOutcome.Accepted)]);
            Send(() => _box.Do(c => c.IsConnected ? c.Acked(ack) : []));
        }

        private void Send(Action arrives)
        {
            var copies = _isFaultless ? 1 : _random.Next(10) switch { < 2 => 0, > 7 => 2, _ => 1 };
            for (var copy = 0; copy < copies; copy++)
            {
                _underWay.Add((_now + (_isFaultless ? 0.1 : _random.NextDouble() * 4), arrives));
            }
        }
    }

    [Fact]
    public void In_many_runs_with_faults_every_press_has_exactly_one_effect_and_no_slip_is_printed_twice()
    {
        List<(int Taken, int Again, int Printed)> runs = [];
        for (var seed = 1; seed <= Proof.Times(check: 50, full: 200); seed++)
        {
            try
            {
                var run = new FaultyRun(seed);
                run.Go();
                runs.Add(run.Counts);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }

        Assert.True(runs.Average(r => r.Taken) > 100 && runs.Average(r => r.Again) > 50 && runs.Average(r => r.Printed) > 5,
            $"Too few faults to prove anything: {runs.Sum(r => r.Taken)} presses, {runs.Sum(r => r.Again)} again, {runs.Sum(
                r => r.Printed)} slips.");
    }
}
