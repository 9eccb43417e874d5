using System.Device.Gpio;

namespace Aufruf.Edge;

/// <summary>The one lamp of a device, if the pin map has one.</summary>
public sealed class Lamp
{
    private readonly GpioController _gpio;
    private readonly TimeProvider _time;
    private readonly int? _pin;
    private long _since;
    private bool _lit;

    public Lamp(PinMap map, PinAccess pins, TimeProvider time)
    {
        (_gpio, _time, _pin) = (pins.Gpio, time, map.Lamp);
        _since = time.GetTimestamp();
        if (_pin is { } pin)
        {
            _gpio.Open("lamp", pin, PinMode.Output);
            _gpio.Write(pin, PinValue.Low);
        }
    }

    public LampState State { get; private set; } = LampState.Offline;

    public void Show(LampState state)
    {
        (State, _since) = (state, _time.GetTimestamp());
        Refresh();
    }

    /// <summary>Called 20 times a second.</summary>
    public void Refresh()
    {
        var lit = IsLit(State, _time.GetElapsedTime(_since));
        if (lit != _lit && _pin is { } pin)
        {
            _lit = lit;
            _gpio.Write(pin, lit);
        }
    }

    /// <param name="since">Time since the state began.</param>
    public static bool IsLit(LampState state, TimeSpan since) => state switch
    {
        LampState.Ready => Within(since, 60, 3000),     // short, so that it does not distract
        LampState.Waiting => Within(since, 250, 500),   // 2 Hz
        LampState.Accepted => true,
        LampState.Refused => Within(since, 150, 300),   // three blinks in 0.9 s
        LampState.Blocked => Within(since, 1000, 2000), // slow: out of order
        _ => false,
    };

    private static bool Within(TimeSpan since, int litMs, int periodMs) => (long)since.TotalMilliseconds % periodMs < litMs;
}
