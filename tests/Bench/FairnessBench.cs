using Aufruf.Bench.Days;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Bench;

/// <summary>Who waits how long under which policy, and who is overtaken: the same people on the same days for each.</summary>
/// <remarks>
/// Overtaken is who sees somebody called who became due later, to a counter that could have called either; a counter that calls a later group of its profile does not
/// count. The wait counts from when one is due: arrival, or booked start if later.
/// </remarks>
internal static class FairnessBench
{
    private static readonly int[] Seeds = [101, 102, 103, 104, 105];
    private const int Days = 10;
    private static readonly DateOnly Date = new(2026, 9, 7);

    public static int Run()
    {
        foreach (var policy in Enum.GetValues<PolicyKind>())
        {
            var rules = AreaRules.Default with { Policy = policy };
            var days = Seeds.SelectMany(seed => Enumerable.Range(0, Days).Select(day => Play(rules, (seed * 1000) + day))).ToArray();
            Report(KebabOf(policy), [.. days.SelectMany(d => d)]);
        }

        return 0;
    }

    private sealed record Fate(WaitingClass Class, double Waited, int Overtaken, double Behind);

    private static void Report(string policy, Fate[] all)
    {
        foreach (var group in all.GroupBy(f => f.Class).OrderBy(g => g.Key))
        {
            var (name, waits) = ($"fairness.{policy}.{KebabOf(group.Key)}", group.Select(f => f.Waited).Sorted());
            Figures.Print($"{name}.mean", waits.Average(), "min");
            Figures.Print($"{name}.p95", waits.At(0.95), "min");
            Figures.Print($"{name}.worst", waits[^1], "min");
            Figures.Print($"{name}.overtaken", group.Count(f => f.Overtaken > 0) / (double)waits.Length, "x");
            Figures.Print($"{name}.overtaken_most", group.Max(f => f.Overtaken), "tickets");
            Figures.Print($"{name}.overtaken_behind", group.Max(f => f.Behind), "min");
        }

        Figures.Print($"fairness.{policy}.all.mean", all.Average(f => f.Waited), "min");
        Figures.Print($"fairness.{policy}.all.worst", all.Max(f => f.Waited), "min");
    }

    private static List<Fate> Play(AreaRules rules, int seed)
    {
        var day = new OfficeModel().Day(seed);
        var runner = new DayRunner(day, rules, Date);
        var overtaken = new Dictionary<Person, (int Times, double Behind)>();
        runner.Called += person =>
        {
            var mine = runner.CandidateOf(person);
            foreach (var other in runner.Waiting.Where(o => o.Due <= runner.Now && runner.CandidateOf(o) < mine && runner.CouldHaveCalled(person, o)))
            {
                var (times, behind) = overtaken.GetValueOrDefault(other);
                overtaken[other] = (times + 1, Math.Max(behind, person.Due - other.Due));
            }
        };
        runner.Run();
        return [.. day.People.Where(p => p.Called is not null).Select(p =>
            new Fate(p.Class, Math.Max(0, p.Called!.Value - p.Due), overtaken.GetValueOrDefault(p).Times, overtaken.GetValueOrDefault(p).Behind))];
    }

    private static string KebabOf<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
