using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;

namespace Aufruf.Edge;

/// <summary>The pins and buses of this machine, or simulated ones.</summary>
public sealed record PinAccess(
    GpioController Gpio, Func<I2cConnectionSettings, I2cDevice> I2c, Func<SpiConnectionSettings, SpiDevice> Spi)
{
    /// <exception cref="SetupException">This machine has no pins.</exception>
    public static PinAccess OfThisMachine() => new(Using("The pins of this machine", () => new GpioController()),
        I2cDevice.Create, SpiDevice.Create);

    /// <summary>Uses pins or buses. Their driver has a dozen exceptions; an operator gets one sentence.</summary>
    /// <exception cref="SetupException">They cannot be used.</exception>
    public static T Using<T>(string what, Func<T> use)
    {
        try
        {
            return use();
        }
#pragma warning disable CA1031 // The drivers document few of their exceptions.
        catch (Exception e) when (e is not SetupException)
#pragma warning restore CA1031
        {
            throw new SetupException($"{what} cannot be used: {Reason(e)}", e);
        }
    }

    /// <inheritdoc cref="Using{T}"/>
    public static void Using(string what, Action use) => Using(what, () =>
    {
        use();
        return true;
    });

    private static string Reason(Exception e) => e switch
    {
        DllNotFoundException => "the library libgpiod is missing. Install libgpiod2 (Debian 12) or libgpiod3 (Debian 13).",
        _ when e.Message.Contains("libgpiod", StringComparison.OrdinalIgnoreCase) =>
            $"install libgpiod2 (Debian 12) or libgpiod3 (Debian 13). {e.Message}",
        UnauthorizedAccessException => $"this user has no right to them: add it to the groups gpio, i2c and spi. {e.Message}",
        PlatformNotSupportedException or NotSupportedException => $"this machine has none; edge/Simulator needs none. {e.Message}",
        _ => e.Message,
    };
}

internal static class Pins
{
    /// <exception cref="SetupException">The pin is missing, taken, or not for this user.</exception>
    public static void Open(this GpioController gpio, string what, int pin, PinMode mode) =>
        PinAccess.Using($"GPIO {pin} ({what})", () => gpio.OpenPin(pin, mode));
}
