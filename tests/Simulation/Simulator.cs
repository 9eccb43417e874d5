using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Aufruf.Simulation.Clockwork;

namespace Aufruf.Simulation;

/// <summary>Runs days one after the other and says how it went; the first broken promise ends it, with the command that replays
/// it.</summary>
internal static class Simulator
{
    private const string Usage = "Usage: ./run simulate --days N [--seed S] [--verbose]";

    // So many days meet every kind of fault; fewer may miss one.
    private const int LongRun = 20;

    public static int Run(string[] args, TextWriter output)
    {
        if (!TryParse(args, "--days", 20, out var days, out var seed, out var isVerbose))
        {
            output.WriteLine(Usage);
            return 2;
        }

        Say(output, $"{days} days from seed {seed}");
        var (total, started, said) = (new Tally(), Stopwatch.StartNew(), TimeSpan.Zero);
        var seeds = new Chance(seed);
        var hash = 0UL;
        for (var day = 1; day <= days; day++)
        {
            // One day alone is its seed itself, so that the command of a failure replays exactly it.
            var report = Day.Run(days == 1 ? seed : seeds.Next(), verbose: isVerbose ? output : null);
            total.Add(report.Tally);
            hash = (hash * 31) + ulong.Parse(report.Hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (report.Broken is { } broken)
            {
                Fail(output, report, broken);
                return 1;
            }

            if (started.Elapsed - said > TimeSpan.FromSeconds(1))
            {
                said = started.Elapsed;
                var rate = day / said.TotalSeconds;
                Say(output, $"  day {day}: {rate:0} days/s, {total.Entries} entries, {total.Messages} messages, {total.FaultCount} faults");
            }
        }

        var seconds = started.Elapsed.TotalSeconds;
        Say(output, $"{days} days kept all promises in {seconds:0.0} s ({days / seconds:0.0} days/s), hash {hash:x16}");
        Say(output, $"  {total.Presses} device events, {total.Requests} requests of desks and kiosks, {total.Tickets} tickets");
        Say(output, $"  {total.Calls} calls, {total.Ignored} ignored, {total.Slips} slips");
        Say(output, $"  {total.Deadlines} deadlines carried out, {total.Cancelled} cancelled");
        Say(output, $"  {total.Entries} entries, {total.Messages} messages, {total.Steps} steps, {total.Checks} checks");
        Say(output, $"  faults: {string.Join(", ", Enum.GetValues<Fault>().Select(fault => $"{fault} {total[fault]}"))}");
        if (days >= LongRun && total.Missing.ToList() is { Count: > 0 } missing)
        {
            Say(output, $"This run proves little: {string.Join(", ", missing)} never happened.");
            return 1;
        }

        return 0;
    }

    private static void Fail(TextWriter output, DayReport report, string broken)
    {
        output.WriteLine("The last things that happened:");
        foreach (var line in report.Recent)
        {
            output.WriteLine($"  {line}");
        }

        Say(output, $"A promise was broken on the day of seed {report.Seed}: {broken}");
        Say(output, $"Replay: ./run simulate --days 1 --seed {report.Seed}");
    }

    /// <summary>How much is wanted, and from which seed. Without a seed a new one is drawn.</summary>
    /// <param name="word">The option that says how much.</param>
    /// <param name="usual">As much as is meant without that option.</param>
    public static bool TryParse(string[] args, string word, int usual, out int wanted, out ulong seed, out bool isVerbose)
    {
        (wanted, seed, isVerbose) = (usual, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case var option when option == word && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out wanted)
                    && wanted > 0:
                case "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed):
                    i++;
                    break;
                case "--verbose":
                    isVerbose = true;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    public static void Say(TextWriter output, FormattableString what) => output.WriteLine(what.ToString(CultureInfo.InvariantCulture));
}
