using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aufruf.Bench;

/// <summary>Waits for a moment to some hundredths of a millisecond, asleep: whoever spins takes the processor from those it measures.</summary>
internal static partial class Pace
{
    private const int Monotonic = 1;
    private const int Absolute = 1;

    /// <param name="moment">As <see cref="Stopwatch.GetTimestamp"/> counts, which on Linux are nanoseconds of the monotonic clock.</param>
    public static void SleepUntil(long moment)
    {
        var until = new Moment(moment / Stopwatch.Frequency, moment % Stopwatch.Frequency * (1_000_000_000 / Stopwatch.Frequency));
        while (clock_nanosleep(Monotonic, Absolute, in until, 0) != 0)
        {
            // Woken by a signal: not yet.
        }
    }

    /// <summary>Does something so many times, one every 1/rate seconds.</summary>
    public static void Run(int rate, int count, Action<int> work)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            SleepUntil(began + (long)((double)i / rate * Stopwatch.Frequency));
            work(i);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Moment(long Seconds, long Nanoseconds);

    [LibraryImport("libc")]
    private static partial int clock_nanosleep(int clock, int flags, in Moment until, nint remaining);
}
