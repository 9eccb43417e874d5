using System.Device.Gpio;

namespace Iot.Device.Button;

/// <summary>A push button on a GPIO pin, mirroring the type of the same name in Iot.Device.Bindings.</summary>
public class GpioButton : ButtonBase
{
    private static readonly TimeSpan DefaultDoublePress = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan DefaultHolding = TimeSpan.FromSeconds(2);

    private readonly GpioController _gpio;
    private readonly bool _shouldDispose;
    private readonly int _pin;
    private readonly PinValue _down;

    public GpioButton(int buttonPin, bool isPullUp = true, bool hasExternalResistor = false, GpioController? gpio = null,
        bool shouldDispose = true, TimeSpan debounceTime = default, TimeProvider? time = null)
        : this(buttonPin, DefaultDoublePress, DefaultHolding, isPullUp, hasExternalResistor, gpio, shouldDispose, debounceTime, time)
    {
    }

    public GpioButton(int buttonPin, TimeSpan doublePress, TimeSpan holding, bool isPullUp = true, bool hasExternalResistor = false,
        GpioController? gpio = null, bool shouldDispose = true, TimeSpan debounceTime = default, TimeProvider? time = null)
        : base(doublePress, holding, debounceTime, time)
    {
        _gpio = gpio ?? new GpioController();
        _shouldDispose = gpio is null || shouldDispose;
        _pin = buttonPin;
        _down = isPullUp ? PinValue.Low : PinValue.High;
        _gpio.OpenPin(_pin, hasExternalResistor ? PinMode.Input : isPullUp ? PinMode.InputPullUp : PinMode.InputPullDown);
        _gpio.RegisterCallbackForPinValueChangedEvent(_pin, PinEventTypes.Falling | PinEventTypes.Rising, Changed);
        // Down before we came: no edge will tell us.
        if (_gpio.Read(_pin) == _down)
        {
            HandleButtonPressed();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gpio.UnregisterCallbackForPinValueChangedEvent(_pin, Changed);
            if (_shouldDispose)
            {
                _gpio.Dispose();
            }
            else
            {
                _gpio.ClosePin(_pin);
            }
        }

        base.Dispose(disposing);
    }

    private void Changed(object sender, PinValueChangedEventArgs e)
    {
        // Falling is "low now", whatever the level is by the time we read it: edges come in order.
        if ((e.ChangeType is PinEventTypes.Falling) == (_down == PinValue.Low))
        {
            HandleButtonPressed();
        }
        else
        {
            HandleButtonReleased();
        }
    }
}
