namespace Aufruf.Edge;

/// <summary>A TM1637 module soldered to simulated pins: it reads the wires as the chip does, acknowledges, and says what a person would see.</summary>
public sealed class Tm1637Probe
{
    private readonly SimulatedGpioDriver _gpio;
    private readonly int _clk;
    private readonly int _dio;
    private readonly byte[] _memory = new byte[6];
    private bool _inMessage;
    private bool _isFirst;
    private int _bits;
    private byte _value;
    private int? _address;
    private byte _control;

    public Tm1637Probe(SimulatedGpioDriver gpio, SignPins pins)
    {
        (_gpio, _clk, _dio) = (gpio, pins.Clk, pins.Dio);
        gpio.Changed += Listen;
    }

    /// <summary>The light changed.</summary>
    public event Action? Changed;

    public bool IsOn => (_control & 0x08) != 0;

    /// <summary>0 (dim) to 7.</summary>
    public int Brightness => _control & 0x07;

    /// <summary>The lit segments of the four digits; dark when switched off.</summary>
    public IReadOnlyList<byte> Segments => IsOn ? _memory[..4] : new byte[4];

    /// <summary>What a person reads, such as "A042".</summary>
    public string Text => string.Concat(Segments.Select(SegmentFont.Read));

    private void Listen(int pin, bool level)
    {
        if (pin == _dio && _gpio.Peek(_clk) && _gpio.IsOutput(_dio))
        {
            // While CLK is high DIO may only move to start (fall) or to stop (rise).
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
        if (_isFirst)
        {
            _isFirst = false;
            switch (value & 0xC0)
            {
                case 0x80 when _control != (value & 0x0F):
                    _control = (byte)(value & 0x0F);
                    Changed?.Invoke();
                    break;
                case 0xC0:
                    _address = value & 0x0F;
                    break;
                default:
                    _address = null; // 0x40: write with a growing address, the only mode we know
                    break;
            }
        }
        else if (_address is { } at && at < _memory.Length)
        {
            _address = at + 1;
            if (_memory[at] != value)
            {
                _memory[at] = value;
                Changed?.Invoke();
            }
        }
    }
}
