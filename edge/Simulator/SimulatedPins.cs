using System.Device.Gpio;

namespace Aufruf.Edge.Simulator;

/// <summary>The pins of a device without a Pi. A page or a test presses its buttons and sees its lamp and sign.</summary>
public sealed class SimulatedPins
{
    private static readonly TimeSpan Finger = TimeSpan.FromMilliseconds(90);

    private readonly PinMap _map;
    private readonly Dictionary<string, SemaphoreSlim> _fingers;

    public SimulatedPins(PinMap map)
    {
        _map = map;
        _fingers = map.Buttons.ToDictionary(b => b.Name, _ => new SemaphoreSlim(1));
        Access = new PinAccess(new GpioController(Driver), i2c => new SimulatedHt16k33(i2c, Sign), spi => new SimulatedMax7219(spi, Sign));
        if (map.Sign is { Chip: SignChip.Tm1637 } tm1637)
        {
            _ = new SimulatedTm1637(Driver, tm1637, Sign);
        }
    }

    public SimulatedGpioDriver Driver { get; } = new();

    /// <summary>The pins as the agent uses them.</summary>
    public PinAccess Access { get; }

    public SeenSign Sign { get; } = new();

    /// <summary>Null when the device has no lamp.</summary>
    public bool? IsLampLit => _map.Lamp is { } lamp ? Driver.Peek(lamp) : null;

    /// <summary>Presses a button; the contact bounces going down and coming up. False: there is no such button.</summary>
    public async Task<bool> PressAsync(string name)
    {
        if (_map.Buttons.FirstOrDefault(b => b.Name == name) is not { } button)
        {
            return false;
        }

        await _fingers[name].WaitAsync();
        Move(button.Pin, down: true);
        await Task.Delay(Finger);
        Move(button.Pin, down: false);
        await Task.Delay(_map.Debounce * 2);
        _fingers[name].Release();
        return true;
    }

    // A contact bounces within a millisecond. A wait between the edges would be too long on a busy machine.
    private void Move(int pin, bool down)
    {
        var level = down ^ _map.PullUp;
        for (var i = 0; i < 3; i++)
        {
            Driver.Drive(pin, level);
            Driver.Drive(pin, !level);
        }

        Driver.Drive(pin, level);
    }
}
