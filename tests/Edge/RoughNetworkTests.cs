using Aufruf.Edge;
using Aufruf.Edge.Protocol;

namespace Aufruf.Tests.Edge;

/// <summary>The real core under virtual time in a seeded storm: messages lost, doubled and overtaken, links cut, devices killed.</summary>
public sealed class RoughNetworkTests
{
    private sealed class Storm(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Device _printer = new(DeviceKind.TicketPrinter);
        private readonly Device _box = new();
        private readonly List<(double At, Action Arrives)> _flying = [];
        private readonly HashSet<Guid> _executed = [];
        private readonly HashSet<Guid> _taken = [];
        private readonly Dictionary<Guid, int> _printed = [];
        private double _now;
        private bool _isCalm;
        private int _resent;

        public void Run()
        {
            for (var step = 0; step < 1500; step++)
            {
                Step();
            }

            _isCalm = true;
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
        public (int Taken, int Again, int Printed) Weather => (_taken.Count, _resent, _printed.Count);

        private void Step()
        {
            _now += 0.1;
            _box.Wait(0.1);
            _printer.Wait(0.1);
            if (!_isCalm)
            {
                Misfortune();
            }

            Carry();
            var due = _flying.Where(f => f.At <= _now).ToList();
            _flying.RemoveAll(f => f.At <= _now);
            due.ForEach(f => f.Arrives());
            Carry();
        }

        private void Misfortune()
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
                    Fly(() => _printer.Do(c => c.Commanded(print)));
                    Fly(() => _printer.Do(c => c.Commanded(print)));
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
            sent.ForEach(e => Fly(() => HubHears(e)));
            foreach (var print in _printer.Printed.ToList())
            {
                _printed[print.Command] = _printed.GetValueOrDefault(print.Command) + 1;
                if (_random.Next(3) > 0)
                {
                    Fly(() => _printer.Do(c => c.PrintEnded(print.Command, CommandOutcome.Done, null)));
                }
            }

            _printer.Effects.Clear();
        }

        /// <summary>The hub of the protocol: each id once, and settles exactly what it answers.</summary>
        private void HubHears(DeviceEvent happened)
        {
            _resent += _executed.Add(happened.Id) ? 0 : 1;
            var ack = new EventAck(1, [new EventAnswer(happened.Id, EventOutcome.Accepted)]);
            Fly(() => _box.Do(c => c.IsConnected ? c.Acked(ack) : []));
        }

        private void Fly(Action arrives)
        {
            var copies = _isCalm ? 1 : _random.Next(10) switch { < 2 => 0, > 7 => 2, _ => 1 };
            for (var copy = 0; copy < copies; copy++)
            {
                _flying.Add((_now + (_isCalm ? 0.1 : _random.NextDouble() * 4), arrives));
            }
        }
    }

    [Fact]
    public void In_two_hundred_storms_every_press_has_exactly_one_effect_and_no_slip_is_printed_twice()
    {
        List<(int Taken, int Again, int Printed)> weather = [];
        for (var seed = 1; seed <= 200; seed++)
        {
            try
            {
                var storm = new Storm(seed);
                storm.Run();
                weather.Add(storm.Weather);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Storm {seed}: {e.Message}", e);
            }
        }

        Assert.True(weather.Sum(w => w.Taken) > 20_000 && weather.Sum(w => w.Again) > 10_000 && weather.Sum(w => w.Printed) > 1_000,
            $"Too calm to prove anything: {weather.Sum(w => w.Taken)} presses, {weather.Sum(w => w.Again)} again, {weather.Sum(w => w.Printed)} slips.");
    }
}
