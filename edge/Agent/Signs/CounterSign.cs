using System.Device.Gpio;
using Iot.Device.Tm1637;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The seven-segment sign above a counter, if the board has one.</summary>
public sealed class CounterSign : IDisposable
{
    private readonly SignState _state;
    private readonly Tm1637? _display;
    private SignPicture? _shown;

    public CounterSign(Board board, GpioController gpio, TimeProvider time)
    {
        _state = new SignState(time);
        _display = board.Sign is { } pins ? new Tm1637(pins.Clk, pins.Dio, gpio, shouldDispose: false) : null;
        Refresh();
    }

    public void Show(Face face)
    {
        _state.Show(face);
        Refresh();
    }

    public void Hear() => _state.Hear();

    /// <summary>Called some 20 times a second; talks to the chip only when the picture changed.</summary>
    public void Refresh()
    {
        var picture = _state.Picture;
        if (picture == _shown || _display is null)
        {
            return;
        }

        if (_shown is null || _shown.Value.Brightness != picture.Brightness)
        {
            _display.ScreenBrightness = picture.Brightness;
        }

        _display.Display(picture.Segments);
        _shown = picture;
    }

    public void Dispose() => _display?.Dispose();
}
