using System.Device.Gpio;
using Aufruf.Edge;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Tests.Edge;

public sealed class ButtonTests : IDisposable
{
    private const int Pin = 5;
    private readonly SteppingClock _time = new();
    private readonly SimulatedGpioDriver _pins = new();
    private readonly GpioController _gpio;
    private readonly Finger _finger = new();
    private readonly ButtonWatcher _watcher;

    private sealed class Finger : IButtonListener
    {
        public List<string> Felt { get; } = [];
        public void Pressed(ButtonPin button) => Felt.Add(button.Name);
        public void Stuck(ButtonPin button, bool stuck) => Felt.Add($"{button.Name} {(stuck ? "stuck" : "free")}");
    }

    public ButtonTests()
    {
        _gpio = new GpioController(_pins);
        var board = new Board("test", Board.ButtonBox, "simulated", [new ButtonPin("next", Pin)]);
        _watcher = new ButtonWatcher(board, _gpio, _time, _finger, NullLogger<ButtonWatcher>.Instance);
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _gpio.Dispose();
    }

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
        Assert.Equal(["next"], _finger.Felt);
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

        Assert.Empty(_finger.Felt);
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
        Assert.Equal(["next"], _finger.Felt);
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

        Assert.Equal(["next", "next"], _finger.Felt);
    }

    [Fact]
    public void A_button_held_for_thirty_seconds_is_stuck_and_ignored_until_released()
    {
        Bounce(PinValue.Low);
        _time.Advance(0.1);
        _time.Advance(29);
        Assert.Equal(["next"], _finger.Felt);
        _time.Advance(2);
        Assert.Equal(["next", "next stuck"], _finger.Felt);
        _time.Advance(3600);
        Bounce(PinValue.High);
        _time.Advance(0.1);
        Assert.Equal(["next", "next stuck", "next free"], _finger.Felt);
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
        var board = new Board("test", Board.ButtonBox, "simulated", [new ButtonPin("recall", Other)]);
        using var watcher = new ButtonWatcher(board, _gpio, new BusyMachine(_time), _finger, NullLogger<ButtonWatcher>.Instance);
        for (var i = 0; i < 2; i++)
        {
            _pins.Drive(Other, PinValue.Low);
            _pins.Drive(Other, PinValue.High);
            _pins.Drive(Other, PinValue.Low);
            _time.Advance(0.09);
            _pins.Drive(Other, PinValue.High);
            _time.Advance(0.09);
        }

        Assert.Equal(["recall", "recall"], _finger.Felt);
    }
}
