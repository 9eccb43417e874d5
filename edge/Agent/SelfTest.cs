using System.Globalization;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>Shows the parts of a device and whether they answer. It ends within ten seconds, whatever is attached.</summary>
public static class SelfTest
{
    private static readonly TimeSpan PinsLimit = TimeSpan.FromSeconds(2);

    // With the pins before them nine of the ten seconds: a loaded machine prints slowly, and the program itself has to start.
    private static readonly TimeSpan PartsLimit = TimeSpan.FromSeconds(7);

    /// <summary>A line for each part. False: at least one of them fails.</summary>
    /// <param name="open">Opens the pins; a machine without them is a line like any other fault.</param>
    public static async Task<bool> RunAsync(EdgeOptions options, PinMap map, Func<PinAccess> open, TextWriter to)
    {
        await to.WriteLineAsync($"{map.Name}\n  pin map {options.PinMapFile}, debounce {map.DebounceMs} ms");
        var isGood = true;
        async Task TellAsync(string part, (bool IsGood, string Words) found)
        {
            isGood &= found.IsGood;
            await to.WriteLineAsync($"  {part,-15} {found.Words}");
        }

        foreach (var (part, found) in await PinsAsync(map, open))
        {
            await TellAsync(part, found);
        }

        // Together: none waits for another.
        var hubs = Task.WhenAll(options.Hubs.Select(address => HubTrial.RunAsync(options, address, PartsLimit)));
        if (map.Printer is { } port)
        {
            var (target, profile) = (options.PrinterOf(map), PrinterProfile.Load(Path.Combine(map.Folder, port.Profile)));
            var slip = options.TestSlip ? TestSlip(options) : null;
            var (isPrinting, words) = await PrinterTrial.RunAsync(target, profile, slip, PartsLimit, TimeProvider.System);
            await TellAsync("printer", (isPrinting, $"{target}, {profile.Name}: {words}"));
        }

        foreach (var hub in await hubs)
        {
            await TellAsync("hub", hub);
        }

        await to.WriteLineAsync(isGood ? "  All parts answer." : "  NOT READY: see the lines above.");
        return isGood;
    }

    private static async Task<List<(string Part, (bool IsGood, string Words))>> PinsAsync(PinMap map, Func<PinAccess> open)
    {
        var found = new List<(string, (bool, string))>();
        try
        {
            // A bus without its chip may hang in its driver.
            await Task.Run(() => TryPins(map, open(), (part, result) => found.Add((part, result)))).WaitAsync(PinsLimit);
        }
        catch (SetupException fault)
        {
            found.Add(("pins", (false, $"FAIL: {fault.Message}")));
        }
        catch (TimeoutException)
        {
            return [("pins", (false, "FAIL: a pin or bus did not answer within 2 s"))];
        }

        return found;
    }

    private static void TryPins(PinMap map, PinAccess pins, Action<string, (bool, string)> tell)
    {
        foreach (var button in map.Buttons)
        {
            pins.Gpio.Open(button.Name, button.Pin, map.ButtonMode);
            var isDown = pins.Gpio.Read(button.Pin) == !map.PullUp;
            tell($"button {button.Name}", (!isDown, string.Create(CultureInfo.InvariantCulture,
                $"GPIO {button.Pin,2}: {(isDown ? "DOWN (stuck, or a wire to the wrong side)" : "up")}")));
        }

        if (map.Lamp is { } lamp)
        {
            pins.Gpio.Open("lamp", lamp, System.Device.Gpio.PinMode.Output);
            tell("lamp", (true, string.Create(CultureInfo.InvariantCulture, $"GPIO {lamp,2}: can be switched")));
        }

        if (map.Sign is { } sign)
        {
            var shows = PinAccess.Using($"The sign ({sign.Chip})", () => CounterSign.Test(sign, pins));
            tell("sign", (shows, $"{sign.Chip}: {(shows ? "shows 8888" : "NO ANSWER (power, CLK and DIO swapped?)")}"));
        }
    }

    // A line in the code page, and one that is drawn.
    private static Slip TestSlip(EdgeOptions options) => new(Guid.Empty, "TEST", options.Device, "Ж Ω", "ÄÖÜ äöü ß €", "de",
        TimeProvider.System.GetLocalNow(), null, null, Copy: false);
}
