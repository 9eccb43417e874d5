using System.Device.I2c;
using System.Device.Spi;
using Aufruf.Edge.Protocol;
using Iot.Device.Display;
using Iot.Device.Max7219;
using Iot.Device.Tm16xx;

namespace Aufruf.Edge;

/// <summary>The seven-segment sign above a counter, if the pin map has one.</summary>
public sealed class CounterSign : IDisposable
{
    private readonly SignState _state;
    private readonly IDisposable? _chip;
    private readonly Action<SignPicture> _display;
    private SignPicture? _shown;

    public CounterSign(PinMap map, PinAccess pins, TimeProvider time)
    {
        _state = new SignState(time);
        (_chip, _display) = map.Sign is { } sign ? PinAccess.Using($"The sign ({sign.Chip})", () => Open(sign, pins)) : (null, _ => { });
        PinAccess.Using($"The sign ({map.Sign?.Chip})", Refresh);
    }

    public void Show(Face face)
    {
        _state.Show(face);
        Refresh();
    }

    /// <summary>The hub's time beacon has come.</summary>
    public void Hear() => _state.Hear();

    /// <summary>Called 20 times a second; writes to the chip only when the picture has changed.</summary>
    public void Refresh()
    {
        if (_state.Picture is var picture && picture != _shown)
        {
            _display(picture);
            _shown = picture;
        }
    }

    public void Dispose() => _chip?.Dispose();

    /// <summary>Lights all segments. False: a TM1637 does not answer; the other chips have no answer to give.</summary>
    public static bool Test(SignPins sign, PinAccess pins)
    {
        var (chip, display) = Open(sign, pins);
        using (chip)
        {
            try
            {
                (chip as Tm1637)?.ThrowWhenIoError = true;
                display(new SignPicture(0x7F, 0x7F, 0x7F, 0x7F, SignPicture.Bright));
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    private static (IDisposable Chip, Action<SignPicture> Display) Open(SignPins sign, PinAccess pins)
    {
        switch (sign.Chip)
        {
            case SignChip.Ht16k33:
                {
                    var chip = new Large4Digit7SegmentDisplay(pins.I2c(new I2cConnectionSettings(sign.Bus, sign.Address)));
                    return (chip, Display);

                    void Display(SignPicture picture)
                    {
                        chip.Brightness = (byte)(picture.Brightness * 2);
                        chip.Write(picture.Segments);
                    }
                }

            case SignChip.Max7219:
                {
                    var chip = new Max7219(pins.Spi(new SpiConnectionSettings(sign.Bus, sign.Address)
                    {
                        ClockFrequency = Max7219.SpiClockFrequency,
                        Mode = Max7219.SpiMode,
                    }));
                    chip.Init();
                    return (chip, Display);

                    void Display(SignPicture picture)
                    {
                        chip.Brightness(picture.Brightness * 2);
                        for (var digit = 0; digit < 4; digit++)
                        {
                            chip[3 - digit] = PointThenAToG(picture.Segments[digit]); // digit 0 is the rightmost
                        }

                        chip.Flush();
                    }
                }

            default:
                {
                    var chip = new Tm1637(sign.Clk ?? 0, sign.Dio ?? 0, pins.Gpio, shouldDispose: false);
                    return (chip, Display);

                    void Display(SignPicture picture)
                    {
                        // ScreenBrightness alone leaves a new display dark: the driver sends it only when it differs from 7.
                        chip.SetScreen(picture.Brightness);
                        chip.Display(picture.Segments.AsSpan());
                    }
                }
        }
    }

    // The MAX7219 has segment A in bit 6 and G in bit 0. Source: MAX7219 data sheet, table 6.
    private static byte PointThenAToG(byte segments)
    {
        var turned = segments & SegmentFont.Point;
        for (var bit = 0; bit < 7; bit++)
        {
            turned |= (segments >> bit & 1) << (6 - bit);
        }

        return (byte)turned;
    }
}
