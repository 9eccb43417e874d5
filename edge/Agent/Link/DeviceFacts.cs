using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>What the device can say about itself and the machine it runs on.</summary>
public sealed class DeviceFacts(Board board)
{
    private const string Temperature = "/sys/class/thermal/thermal_zone0/temp";
    private const string Model = "/proc/device-tree/model";

    // systemd-timesyncd touches this file when it has set the clock. Source: systemd-timesyncd.service(8).
    private const string TimeSynced = "/run/systemd/timesync/synchronized";

    public static bool IsClockSynced => File.Exists(TimeSynced);

    public static string Software { get; } =
        typeof(DeviceFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public DeviceDescription Description => new(1, board.Kind,
        board.IsSimulated ? "simulated" : File.Exists(Model) ? File.ReadAllText(Model).Trim('\0', '\n') : RuntimeInformation.OSDescription,
        Software, 1, 1, board.Fingerprint,
        [.. Abilities()]);

    public static DeviceHealth Health(DeviceCore core, Board board, DateTimeOffset now) => new(1, now, (long)core.Uptime.TotalSeconds,
        core.Depth, core.Limit, (long?)core.ClockOffset?.TotalMilliseconds, board.Printer is null ? null : core.Printer, TemperatureC());

    private IEnumerable<string> Abilities()
    {
        yield return $"buttons:{board.Buttons.Count}";
        if (board.Lamp is not null)
        {
            yield return "lamp";
        }

        if (board.Sign is not null)
        {
            yield return "sign:tm1637";
        }

        if (board.Printer is not null)
        {
            yield return "printer:escpos";
        }
    }

    private static double? TemperatureC() =>
        File.Exists(Temperature) && double.TryParse(File.ReadAllText(Temperature), CultureInfo.InvariantCulture, out var milli) ? milli / 1000 : null;
}
