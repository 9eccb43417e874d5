using System.Device.Gpio;
using Aufruf.Edge;
using Aufruf.Edge.Simulator;
using Microsoft.Extensions.Logging;

namespace Aufruf.Tests.Edge;

public sealed class ButtonTests : IDisposable
{
    private const int Pin = 5;
    private readonly SteppingClock _time = new();
    private readonly SimulatedGpioDriver _pins = new();
    private readonly GpioController _gpio;
    private readonly List<string> _felt = [];
    private readonly FakeLogger _log = new();
    private readonly ButtonWatcher _watcher;

    public ButtonTests()
    {
        _gpio = new GpioController(_pins);
        _watcher = Watch("next", Pin, _time);
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _gpio.Dispose();
    }

    private ButtonWatcher Watch(string name, int pin, TimeProvider time) =>
        new(new PinMap("test", DeviceKind.ButtonBox, [new ButtonPin(name, pin)]), _gpio, time, b => _felt.Add(b.Name), _log);

    private void Bounce(PinValue to, int edges = 7)
    {
        for (var i = 0; i < edges; i++)
        {
            _pins.Drive(Pin, i % 2 == 0 ? to : !to);
            _time.Advance(0.001);
        }

        _pins.Drive(Pin, to);
    }

    [Fact]
    public void A_bouncing_contact_is_one_press()
    {
        Bounce(PinValue.Low);
        _time.Advance(0.2);
        Bounce(PinValue.High);
        _time.Advance(0.2);
        Assert.Equal(["next"], _felt);
    }

    [Fact]
    public void Noise_shorter_than_the_debounce_time_is_no_press()
    {
        for (var i = 0; i < 100; i++)
        {
            _pins.Drive(Pin, PinValue.Low);
            _time.Advance(0.005);
            _pins.Drive(Pin, PinValue.High);
            _time.Advance(0.05);
        }

        Assert.Empty(_felt);
    }

    [Fact]
    public void A_contact_that_flickers_while_held_is_still_one_press()
    {
        Bounce(PinValue.Low);
        _time.Advance(0.1);
        _pins.Drive(Pin, PinValue.High);
        _time.Advance(0.01);
        _pins.Drive(Pin, PinValue.Low);
        _time.Advance(0.1);
        Assert.Equal(["next"], _felt);
    }

    [Fact]
    public void Two_presses_are_two_also_when_the_wall_clock_steps_between_them()
    {
        foreach (var step in new[] { 0, -1 })
        {
            _time.Step = TimeSpan.FromHours(step);
            Bounce(PinValue.Low);
            _time.Advance(0.1);
            Bounce(PinValue.High);
            _time.Advance(0.1);
        }

        Assert.Equal(["next", "next"], _felt);
    }

    [Fact]
    public void A_button_held_for_thirty_seconds_is_stuck_and_ignored_until_released()
    {
        Bounce(PinValue.Low);
        _time.Advance(0.1);
        _time.Advance(29);
        Assert.Empty(_log.Lines);
        _time.Advance(2);
        Assert.Contains("stuck", Assert.Single(_log.Lines), StringComparison.Ordinal);
        _time.Advance(3600);
        Bounce(PinValue.High);
        _time.Advance(0.1);
        Assert.Contains("free again", _log.Lines[^1], StringComparison.Ordinal);
        Bounce(PinValue.Low);
        _time.Advance(0.1);
        Assert.Equal(["next", "next"], _felt);
    }

    [Fact]
    public void A_button_that_is_down_at_the_start_is_pressed()
    {
        _pins.Drive(6, PinValue.Low);
        using var watcher = Watch("recall", 6, _time);
        _time.Advance(0.1);
        Assert.Equal(["recall"], _felt);
    }

    [Fact]
    public void A_release_whose_edge_the_kernel_dropped_is_read_from_the_pin()
    {
        Bounce(PinValue.Low);
        _time.Advance(0.1);
        Bounce(PinValue.Low);
        _pins.DropsEdges = true;
        _pins.Drive(Pin, PinValue.High);
        _pins.DropsEdges = false;
        _time.Advance(0.1);
        Bounce(PinValue.Low);
        _time.Advance(0.1);
        Assert.Equal(["next", "next"], _felt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_lost_edge_costs_a_press(bool losesTheRelease)
    {
        for (var i = 0; i < 3; i++)
        {
            _pins.DropsEdges = !losesTheRelease;
            _pins.Drive(Pin, PinValue.Low);
            _time.Advance(0.1);
            _pins.DropsEdges = losesTheRelease;
            _pins.Drive(Pin, PinValue.High);
            _time.Advance(0.1);
        }

        Assert.Equal(["next", "next", "next"], _felt);
    }

    private sealed class FakeLogger : ILogger
    {
        public List<string> Lines { get; } = [];
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? fault, Func<TState, Exception?, string> format) =>
            Lines.Add(format(state, fault));
    }

    /// <summary>A machine so busy that no timer ever comes in time.</summary>
    private sealed class BusyMachine(SteppingClock time) : TimeProvider
    {
        public override long GetTimestamp() => time.GetTimestamp();
        public override long TimestampFrequency => time.TimestampFrequency;
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new SteppingClock().CreateTimer(callback, state, dueTime, period);
    }

    [Fact]
    public void A_press_is_felt_also_when_the_machine_is_too_busy_to_look_in_time()
    {
        const int Other = 6;
        using var watcher = Watch("recall", Other, new BusyMachine(_time));
        for (var i = 0; i < 2; i++)
        {
            _pins.Drive(Other, PinValue.Low);
            _pins.Drive(Other, PinValue.High);
            _pins.Drive(Other, PinValue.Low);
            _time.Advance(0.09);
            _pins.Drive(Other, PinValue.High);
            _time.Advance(0.09);
        }

        Assert.Equal(["recall", "recall"], _felt);
    }
}
