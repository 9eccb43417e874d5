using System.Device.Gpio;

namespace Aufruf.Edge;

/// <summary>Pins without a Pi: <c>new GpioController(new SimulatedGpioDriver())</c>. The outside world drives and floats them.</summary>
public sealed class SimulatedGpioDriver(int pinCount = 28) : GpioDriver
{
    private sealed class Pin
    {
        public PinMode Mode = PinMode.Input;
        public bool Latch;     // what the program wrote
        public bool? Outside;  // what the world drives; null when it lets go
        public bool Level;
        public readonly List<(PinEventTypes Types, PinChangeEventHandler Call)> Callbacks = [];

        public bool Resolved => Mode is PinMode.Output ? Latch : Outside ?? Mode is PinMode.InputPullUp;
    }

    private readonly Lock _lock = new();
    private readonly Pin[] _pins = [.. Enumerable.Range(0, pinCount).Select(_ => new Pin())];

    /// <summary>Any pin changed its level: what a probe on the wire would see. Raised in order, on the thread that caused it.</summary>
    public event Action<int, bool>? Changed;

    protected override int PinCount => pinCount;

    /// <summary>The outside world connects a pin to a level.</summary>
    public void Drive(int pin, PinValue level) => Change(pin, p => p.Outside = (bool)level);

    /// <summary>The outside world lets go of a pin; a pull resistor decides.</summary>
    public void LetGo(int pin) => Change(pin, p => p.Outside = null);

    /// <summary>The level on the wire.</summary>
    public bool Peek(int pin) => _pins[pin].Level;

    /// <summary>Whether the program drives the pin.</summary>
    public bool IsOutput(int pin) => _pins[pin].Mode is PinMode.Output;

    protected override void OpenPin(int pinNumber) => ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(pinNumber, pinCount);

    protected override void ClosePin(int pinNumber)
    {
        lock (_lock)
        {
            _pins[pinNumber].Callbacks.Clear();
        }
    }

    protected override void SetPinMode(int pinNumber, PinMode mode) => Change(pinNumber, p => p.Mode = mode);

    protected override PinMode GetPinMode(int pinNumber) => _pins[pinNumber].Mode;

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber) => _pins[pinNumber].Level;

    protected override void Write(int pinNumber, PinValue value)
    {
        if (!IsOutput(pinNumber))
        {
            throw new InvalidOperationException($"Pin {pinNumber} is not an output.");
        }

        Change(pinNumber, p => p.Latch = (bool)value);
    }

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken)
    {
        using var seen = new ManualResetEventSlim();
        var type = PinEventTypes.None;
        void Catch(object sender, PinValueChangedEventArgs e)
        {
            type = e.ChangeType;
            seen.Set();
        }

        AddCallbackForPinValueChangedEvent(pinNumber, eventTypes, Catch);
        try
        {
            seen.Wait(cancellationToken);
            return new WaitForEventResult { EventTypes = type };
        }
        catch (OperationCanceledException)
        {
            return new WaitForEventResult { TimedOut = true };
        }
        finally
        {
            RemoveCallbackForPinValueChangedEvent(pinNumber, Catch);
        }
    }

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        lock (_lock)
        {
            _pins[pinNumber].Callbacks.Add((eventTypes, callback));
        }
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        lock (_lock)
        {
            _pins[pinNumber].Callbacks.RemoveAll(c => c.Call == callback);
        }
    }

    private void Change(int number, Action<Pin> change)
    {
        var pin = _pins[number];
        (PinEventTypes Types, PinChangeEventHandler Call)[] callbacks;
        PinEventTypes type;
        lock (_lock)
        {
            var before = pin.Level;
            change(pin);
            pin.Level = pin.Resolved;
            if (pin.Level == before)
            {
                return;
            }

            type = pin.Level ? PinEventTypes.Rising : PinEventTypes.Falling;
            callbacks = [.. pin.Callbacks.Where(c => c.Types.HasFlag(type))];
        }

        Changed?.Invoke(number, pin.Level);
        foreach (var (_, call) in callbacks)
        {
            call(this, new PinValueChangedEventArgs(type, number));
        }
    }
}
