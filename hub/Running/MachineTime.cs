using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Aufruf.Hub.Running;

/// <summary>The time since the machine's boot, and what was known of its clock before a restart of the hub.</summary>
public interface IMachineTime
{
    /// <summary>Differs after each boot.</summary>
    string Boot { get; }

    TimeSpan Uptime { get; }

    /// <summary>A time service keeps the clock right at this moment. A clock that is set by hand is not synchronised.</summary>
    bool IsSynchronised { get; }

    /// <summary>The last mark; it survives a restart of the hub. Null: none is known.</summary>
    ClockMark? Mark { get; set; }
}

/// <summary>The clock and the time since boot, read together.</summary>
/// <param name="SteadySince">The uptime since which the clock has run steadily.</param>
/// <param name="Step">The last step of the clock; null: none is known.</param>
/// <param name="Off">The sum of the steps since the clock was last believed.</param>
/// <param name="Rebooted">The machine was off since then, so a clock that is some days ahead may be right.</param>
public sealed record ClockMark(string Boot, TimeSpan Uptime, DateTimeOffset At, TimeSpan SteadySince, TimeSpan? Step,
    TimeSpan Off = default, bool Rebooted = false);

/// <summary>Linux counts the time since boot, sleep included, apart from the clock. The mark is a small file beside the data.</summary>
internal sealed class MachineTime(string file) : IMachineTime
{
    private const string LinuxUptime = "/proc/uptime";
    private const string LinuxBoot = "/proc/sys/kernel/random/boot_id";

    // Elsewhere no boot is recognised after a restart, and the clock must be steady anew.
    public string Boot { get; } = File.Exists(LinuxBoot) ? File.ReadAllText(LinuxBoot).Trim() : Guid.NewGuid().ToString();

    public TimeSpan Uptime => File.Exists(LinuxUptime)
        ? TimeSpan.FromSeconds(double.Parse(File.ReadAllText(LinuxUptime).Split(' ')[0], CultureInfo.InvariantCulture))
        : TimeSpan.FromMilliseconds(Environment.TickCount64);

    // The kernel's answer is 5 (TIME_ERROR) until a time service has set the clock, and again after somebody else has.
    // Source: man 2 adjtimex. Asking needs no right; the structure has 208 bytes.
    public bool IsSynchronised
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() && Adjtimex(new byte[512]) is >= 0 and not TimeError;
            }
            catch (EntryPointNotFoundException)
            {
                return false;
            }
        }
    }

    private const int TimeError = 5;

    [DllImport("libc", EntryPoint = "adjtimex"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Adjtimex(byte[] timex);

    public ClockMark? Mark
    {
        get
        {
            try
            {
                return JsonSerializer.Deserialize<ClockMark>(File.ReadAllText(file));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
            {
                return null; // A lost mark costs an hour in which no day is ended.
            }
        }

        set
        {
            try
            {
                File.WriteAllText(file + ".new", JsonSerializer.Serialize(value));
                File.Move(file + ".new", file, overwrite: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The health of the disk is the journal's matter.
            }
        }
    }
}
