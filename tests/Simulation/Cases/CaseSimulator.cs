using System.Diagnostics;

namespace Aufruf.Simulation.Cases;

/// <summary>Runs towns one after the other until so many cases are through. The first broken promise ends it, with its replay.</summary>
internal static class CaseSimulator
{
    public const string Word = "--cases";

    /// <summary>Applications of one town.</summary>
    public const int Citizens = 50;

    public static int Run(string[] args, TextWriter output)
    {
        if (!Simulator.TryParse(args, Word, 0, out var wanted, out var seed, out var isVerbose) || wanted == 0)
        {
            output.WriteLine("Usage: ./run simulate --cases N [--seed S] [--verbose]");
            return 2;
        }

        Simulator.Say(output, $"{wanted} cases from seed {seed}");
        var (began, cases, claims, entries) = (Stopwatch.StartNew(), 0, 0, 0L);
        SortedDictionary<string, int> ends = new(StringComparer.Ordinal), faults = new(StringComparer.Ordinal);
        for (var town = seed; cases < wanted; town++)
        {
            var months = CaseMonths.Run(town, Citizens, verbose: isVerbose ? output : null);
            if (months.Broken is { } broken)
            {
                output.WriteLine(string.Join(Environment.NewLine, months.Recent));
                Simulator.Say(output, $"A promise was broken in the town of seed {town}: {broken}");
                Simulator.Say(output, $"Replay: ./run simulate --cases 1 --seed {town}");
                return 1;
            }

            (cases, claims, entries) = (cases + months.Cases, claims + months.Claims, entries + months.Tally.Entries);
            Add(ends, months.Ends);
            Add(faults, months.ProviderFaults);
            Simulator.Say(output, $"  seed {town}: {cases} cases, {began.Elapsed.TotalSeconds:0} s");
        }

        Simulator.Say(output, $"{cases} cases with {claims} claims kept all promises in {began.Elapsed.TotalSeconds:0} s");
        Simulator.Say(output, $"  {entries} entries");
        Simulator.Say(output, $"  ends: {string.Join(", ", ends.Select(end => $"{end.Key} {end.Value}"))}");
        Simulator.Say(output, $"  faults of the provider: {string.Join(", ", faults.Select(fault => $"{fault.Key} {fault.Value}"))}");
        return 0;
    }

    private static void Add(SortedDictionary<string, int> sums, IReadOnlyDictionary<string, int> more)
    {
        foreach (var (name, count) in more)
        {
            sums[name] = sums.GetValueOrDefault(name) + count;
        }
    }
}
