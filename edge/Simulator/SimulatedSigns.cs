using System.Device.I2c;
using System.Device.Spi;

namespace Aufruf.Edge.Simulator;

/// <summary>The light of a four-digit sign, as a person sees it.</summary>
public sealed class SeenSign
{
    internal byte[] Digits { get; } = new byte[4];
    internal bool IsOn { get; set; }

    /// <summary>0 (dim) to 7.</summary>
    public int Brightness { get; internal set; }

    /// <summary>The lit segments; all dark when the chip is off.</summary>
    public IReadOnlyList<byte> Segments => IsOn ? [.. Digits] : new byte[4];

    /// <summary>The readable text, such as "A042"; '?' for a shape that is no character.</summary>
    public string Text => string.Concat(Segments.Select(segments =>
        SegmentFont.Characters.Append('?').First(c => c == '?' || SegmentFont.Of(c) == (segments & ~SegmentFont.Point))));
}

/// <summary>A TM1637 on simulated pins: it reads the two wires and acknowledges. Source: TM1637 data sheet V2.4.</summary>
internal sealed class SimulatedTm1637
{
    private readonly SimulatedGpioDriver _gpio;
    private readonly SeenSign _seen;
    private readonly int _clk;
    private readonly int _dio;
    private bool _inMessage;
    private bool _isFirst;
    private int _bits;
    private byte _value;
    private int? _address;

    public SimulatedTm1637(SimulatedGpioDriver gpio, SignPins pins, SeenSign seen)
    {
        (_gpio, _clk, _dio, _seen) = (gpio, pins.Clk ?? 0, pins.Dio ?? 0, seen);
        gpio.Changed += Listen;
    }

    private void Listen(int pin, bool level)
    {
        if (pin == _dio && _gpio.Peek(_clk) && _gpio.IsOutput(_dio))
        {
            // While CLK is high, DIO falls to start and rises to stop.
            (_inMessage, _isFirst, _bits, _value) = (!level, !level, 0, 0);
        }
        else if (pin == _clk && _inMessage)
        {
            Clock(level);
        }
    }

    private void Clock(bool rising)
    {
        if (rising && _bits < 8)
        {
            _value |= (byte)((_gpio.Peek(_dio) ? 1 : 0) << _bits++);
            if (_bits == 8)
            {
                Take(_value);
            }
        }
        else if (!rising && _bits == 8)
        {
            _bits = 9;
            _gpio.Drive(_dio, false); // acknowledge
        }
        else if (!rising && _bits == 9)
        {
            (_bits, _value) = (0, 0);
            _gpio.LetGo(_dio);
        }
    }

    private void Take(byte value)
    {
        if (!_isFirst)
        {
            if (_address < _seen.Digits.Length)
            {
                _seen.Digits[_address.Value] = value;
            }

            _address++;
            return;
        }

        _isFirst = false;
        _address = (value & 0xC0) == 0xC0 ? value & 0x0F : null;
        if ((value & 0xC0) == 0x80)
        {
            (_seen.IsOn, _seen.Brightness) = ((value & 0x08) != 0, value & 0x07);
        }
    }
}

/// <summary>An HT16K33 on a simulated I2C bus. Source: HT16K33 data sheet V1.10.</summary>
internal sealed class SimulatedHt16k33(I2cConnectionSettings settings, SeenSign seen) : I2cDevice
{
    private static readonly int[] DigitRows = [0, 2, 6, 8]; // row 4 is the colon

    public override I2cConnectionSettings ConnectionSettings => settings;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        switch (buffer[0] & 0xF0)
        {
            case 0x00:
                for (var digit = 0; digit < DigitRows.Length; digit++)
                {
                    var at = DigitRows[digit] - buffer[0] + 1;
                    seen.Digits[digit] = at > 0 && at < buffer.Length ? buffer[at] : seen.Digits[digit];
                }

                break;
            case 0x80:
                seen.IsOn = (buffer[0] & 1) == 1;
                break;
            case 0xE0:
                seen.Brightness = (buffer[0] & 0x0F) / 2;
                break;
        }
    }

    public override void WriteByte(byte value) => Write([value]);
    public override void Read(Span<byte> buffer) => throw new NotSupportedException();
    public override byte ReadByte() => throw new NotSupportedException();
    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => throw new NotSupportedException();
}

/// <summary>A MAX7219 on a simulated SPI bus. Source: MAX7219 data sheet.</summary>
internal sealed class SimulatedMax7219(SpiConnectionSettings settings, SeenSign seen) : SpiDevice
{
    public override SpiConnectionSettings ConnectionSettings => settings;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var (register, value) = (buffer[0] & 0x0F, buffer[1]);
        switch (register)
        {
            case >= 1 and <= 4: // digit 0 is the rightmost
                var bits = Enumerable.Range(0, 7).Where(bit => (value >> (6 - bit) & 1) == 1); // A in bit 6 to G in bit 0
                seen.Digits[4 - register] = (byte)bits.Aggregate(value & SegmentFont.Point, (digit, bit) => digit | 1 << bit);
                break;
            case 0x0A:
                seen.Brightness = value / 2;
                break;
            case 0x0C:
                seen.IsOn = (value & 1) == 1;
                break;
        }
    }

    public override void WriteByte(byte value) => throw new NotSupportedException();
    public override void Read(Span<byte> buffer) => throw new NotSupportedException();
    public override byte ReadByte() => throw new NotSupportedException();
    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => throw new NotSupportedException();
}
