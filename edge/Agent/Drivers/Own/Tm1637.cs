using System.Device.Gpio;

namespace Iot.Device.Tm1637;

/// <summary>A four-digit display on the two-wire chip TM1637, mirroring the type of the same name in Iot.Device.Bindings.</summary>
/// <remarks>Two wires that look like I2C and are not: no address, least significant bit first. Source: TM1637 data sheet V2.4, Titan Micro.</remarks>
public sealed class Tm1637 : IDisposable
{
    private const byte DataAutoIncrement = 0x40; // "data command": write, address grows by itself
    private const byte FirstDigit = 0xC0;        // "address command": digit 0
    private const byte DisplayOff = 0x80;        // "display control": bit 3 on, bits 0-2 brightness
    private const byte DisplayOn = 0x88;

    /// <summary>The chip has six digits; the usual module wires four.</summary>
    public static byte MaxCharacters => 6;

    private readonly int _clk;
    private readonly int _dio;
    private readonly GpioController _gpio;
    private readonly bool _shouldDispose;
    private byte _brightness = 7;
    private bool _isOn = true;

    public Tm1637(int pinClk, int pinDio, GpioController? gpioController = null, bool shouldDispose = true)
    {
        (_clk, _dio, _gpio) = (pinClk, pinDio, gpioController ?? new GpioController());
        _shouldDispose = gpioController is null || shouldDispose;
        _gpio.OpenPin(_clk, PinMode.Output);
        _gpio.OpenPin(_dio, PinMode.Output);
        _gpio.Write(_clk, PinValue.High);
        _gpio.Write(_dio, PinValue.High);
    }

    /// <summary>Whether the chip acknowledged the last byte. A loose wire shows here.</summary>
    public bool IsAnswering { get; private set; }

    /// <summary>0 (dim) to 7.</summary>
    public byte ScreenBrightness
    {
        get => _brightness;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 7);
            _brightness = value;
            Control();
        }
    }

    public bool IsScreenOn
    {
        get => _isOn;
        set
        {
            _isOn = value;
            Control();
        }
    }

    /// <summary>Shows raw segments, digit by digit; bit 0 is segment A, bit 7 the point or colon.</summary>
    public void Display(ReadOnlySpan<byte> rawData)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rawData.Length, MaxCharacters);
        Send([DataAutoIncrement]);
        Span<byte> message = stackalloc byte[rawData.Length + 1];
        message[0] = FirstDigit;
        rawData.CopyTo(message[1..]);
        Send(message);
        Control();
    }

    public void ClearDisplay() => Display([0, 0, 0, 0, 0, 0]);

    public void Dispose()
    {
        if (_shouldDispose)
        {
            _gpio.Dispose();
        }
        else
        {
            _gpio.ClosePin(_clk);
            _gpio.ClosePin(_dio);
        }
    }

    private void Control() => Send([(byte)(_isOn ? DisplayOn | _brightness : DisplayOff)]);

    private void Send(ReadOnlySpan<byte> message)
    {
        // Start: DIO falls while CLK is high.
        _gpio.Write(_dio, PinValue.Low);
        foreach (var value in message)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                _gpio.Write(_clk, PinValue.Low);
                _gpio.Write(_dio, (value >> bit & 1) == 1);
                _gpio.Write(_clk, PinValue.High);
            }

            // Ninth clock: we let go of DIO, the chip pulls it low.
            _gpio.Write(_clk, PinValue.Low);
            _gpio.SetPinMode(_dio, PinMode.InputPullUp);
            _gpio.Write(_clk, PinValue.High);
            IsAnswering = _gpio.Read(_dio) == PinValue.Low;
            _gpio.Write(_clk, PinValue.Low);
            _gpio.SetPinMode(_dio, PinMode.Output);
        }

        // Stop: DIO rises while CLK is high.
        _gpio.Write(_dio, PinValue.Low);
        _gpio.Write(_clk, PinValue.High);
        _gpio.Write(_dio, PinValue.High);
    }
}
