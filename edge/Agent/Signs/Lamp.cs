using System.Device.Gpio;

namespace Aufruf.Edge;

/// <summary>The one lamp of a device, on a pin or, where there is none, nowhere.</summary>
public sealed class Lamp
{
    private readonly GpioController _gpio;
    private readonly TimeProvider _time;
    private readonly int? _pin;
    private LampState _state = LampState.Offline;
    private long _since;
    private bool _lit;

    public Lamp(Board board, GpioController gpio, TimeProvider time)
    {
        (_gpio, _time, _pin) = (gpio, time, board.Lamp);
        _since = time.GetTimestamp();
        if (_pin is { } pin)
        {
            _gpio.OpenPin(pin, PinMode.Output, PinValue.Low);
        }
    }

    public LampState State => _state;

    public void Show(LampState state)
    {
        (_state, _since) = (state, _time.GetTimestamp());
        Refresh();
    }

    /// <summary>Called some 20 times a second.</summary>
    public void Refresh()
    {
        var lit = LampPattern.IsLit(_state, _time.GetElapsedTime(_since));
        if (lit != _lit && _pin is { } pin)
        {
            _lit = lit;
            _gpio.Write(pin, lit);
        }
    }
}
