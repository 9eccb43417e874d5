using System.Globalization;

namespace Aufruf.Bench;

/// <summary>One hub against two on one PostgreSQL, and how long a killed hub is felt.</summary>
/// <remarks>Hubs, database, boxes, boards and proxy share this machine's processors: two hubs cannot be twice as fast here.</remarks>
internal static class ClusterBench
{
    /// <param name="quick">One round of each.</param>
    /// <param name="killsOnly">Without the comparison of one hub with two.</param>
    public static async Task<int> RunAsync(bool quick, bool killsOnly)
    {
        if (ThrowawayPostgres.Binaries is null)
        {
            Console.Error.WriteLine("PostgreSQL is not installed: several hubs need one.");
            return 1;
        }

        await using var postgres = await ThrowawayPostgres.StartAsync();
        if (!killsOnly)
        {
            await CompareAsync(postgres, quick);
        }

        await KillAsync(postgres, quick);
        return 0;
    }

    private static async Task CompareAsync(ThrowawayPostgres postgres, bool quick)
    {
        var (one, two) = (new List<PressToBoard.Outcome>(), new List<PressToBoard.Outcome>());
        var rounds = quick ? 1 : 3;
        for (var round = 0; round < rounds; round++)
        {
            Console.Error.WriteLine($"round {round + 1} of {rounds}: one hub");
            one.Add(await MeasureAsync(postgres, hubs: 1, quick));
            Console.Error.WriteLine($"round {round + 1} of {rounds}: two hubs");
            two.Add(await MeasureAsync(postgres, hubs: 2, quick));
        }

        foreach (var (name, outcomes) in new[] { ("one", one), ("two", two) })
        {
            Figures.Print($"cluster.{name}.50s.p50", outcomes.Select(o => o.At50.At(0.5)).Median(), "ms");
            Figures.Print($"cluster.{name}.500s.p50", outcomes.Select(o => o.At500.At(0.5)).Median(), "ms");
            Figures.Print($"cluster.{name}.max", outcomes.Select(o => o.Maximum).Median(), "calls/s");
            Figures.Print($"cluster.{name}.max.cpu_per_call", outcomes.Select(o => o.CpuMicroseconds.All).Median(), "us");
        }

        Figures.Print("cluster.p50_ratio", two.Select(o => o.At50.At(0.5)).Median() / one.Select(o => o.At50.At(0.5)).Median(), "x");
        Figures.Print("cluster.max_ratio", two.Select(o => o.Maximum).Median() / one.Select(o => o.Maximum).Median(), "x");
    }

    private static async Task KillAsync(ThrowawayPostgres postgres, bool quick)
    {
        var kills = new List<KilledHub>();
        for (var round = 0; round < (quick ? 1 : 5); round++)
        {
            Console.Error.WriteLine($"kill {round + 1}");
            kills.Add(await KilledHub.MeasureAsync(postgres));
        }

        Console.Error.WriteLine("kill with the default failure detection of Orleans");
        var usual = await KilledHub.MeasureAsync(postgres, HubChild.DefaultDetection);
        Figures.Print("cluster.kill.first_call", kills.Select(k => k.FirstCall).Median(), "s");
        Figures.Print("cluster.kill.first_call_max", kills.Max(k => k.FirstCall), "s");
        Figures.Print("cluster.kill.longest_silence", kills.Select(k => k.LongestSilence).Median(), "s");
        Figures.Print("cluster.kill.longest_silence_max", kills.Max(k => k.LongestSilence), "s");
        Figures.Print("cluster.kill.default.first_call", usual.FirstCall, "s");
        Figures.Print("cluster.kill.default.longest_silence", usual.LongestSilence, "s");
        Figures.Print("cluster.kill.first_call_ratio", kills.Select(k => k.FirstCall).Median() / usual.FirstCall, "x");
    }

    private static async Task<PressToBoard.Outcome> MeasureAsync(ThrowawayPostgres postgres, int hubs, bool quick)
    {
        await using var cluster = await BenchCluster.StartAsync(postgres, hubs, PressToBoard.TicketsNeeded(quick));
        await using var boards = Child.Start("watch", cluster.Https, cluster.DisplayToken);
        await boards.HearAsync("ready");
        await using var boxes = Child.Start("press", cluster.Mqtts, cluster.Passwords);
        await boxes.HearAsync("ready");
        await cluster.Hubs[0].AskAsync("spread", "queues");
        var outcome = await PressToBoard.MeasureAsync(cluster.Hubs, boards, boxes, quick);
        var queues = (await cluster.Hubs[0].AskAsync("count", "queues")).Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture))
            .ToArray();
        Console.Error.WriteLine($"{queues[0]} of {queues[1]} queues were at the first hub");
        return outcome;
    }
}
