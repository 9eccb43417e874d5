using System.Device.Gpio;
using Iot.Device.Button;

namespace Aufruf.Edge;

/// <summary>The one place that differs between our drivers and Iot.Device.Bindings (UseIotBindings).</summary>
internal static class Bindings
{
    public const string Name = "own drivers";

    public static GpioButton Button(Board board, ButtonPin pin, TimeSpan held, GpioController gpio, TimeProvider time) =>
        new(pin.Pin, TimeSpan.FromSeconds(1.5), held, board.PullUp, board.ExternalResistor, gpio, shouldDispose: false,
            board.Debounce, time);

    /// <summary>Whether the sign acknowledged the last byte; null when the driver does not know.</summary>
    public static bool? IsAnswering(Iot.Device.Tm1637.Tm1637 display) => display.IsAnswering;
}
