
namespace Aufruf.Edge;

/// <summary>Shows the parts of a device and whether they answer. Ends by itself.</summary>
public static class SelfTest
{
    public static async Task RunAsync(EdgeOptions options, PinMap map, PinAccess pins, TextWriter to)
    {
        await to.WriteLineAsync($"{map.Name}\n  pin map {options.PinMapFile}, debounce {map.DebounceMs} ms");
        foreach (var button in map.Buttons)
        {
            pins.Gpio.OpenPin(button.Pin, map.ButtonMode);
            var isDown = pins.Gpio.Read(button.Pin) == !map.PullUp;
            await to.WriteLineAsync(
                $"  button {button.Name,-8} GPIO {button.Pin,2}: {(isDown ? "DOWN (stuck, or a wire to the wrong side)" : "up")}");
        }

        await to.WriteLineAsync($"  lamp            {(map.Lamp is { } lamp ? $"GPIO {lamp,2}" : "none")}");
        if (map.Sign is { } sign)
        {
            var answers = CounterSign.Test(sign, pins) ? "shows 8888" : "NO ANSWER (power, CLK and DIO swapped?)";
            await to.WriteLineAsync($"  sign            {sign.Chip}: {answers}");
        }

        if (map.Printer is not null)
        {
            var target = options.PrinterOf(map);
            await to.WriteLineAsync($"  printer         {target}: {await SlipPrinter.AskAsync(target, TimeProvider.System)}");
        }

        var password = File.Exists(options.PasswordFile) ? "there" : "MISSING in " + options.PasswordFile;
        await to.WriteLineAsync($"  hub             {options.Hub.Host}:{options.Hub.Port} as {options.User}, password {password}");
    }
}
