using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aufruf.Bench;

/// <summary>From an MQTT publish (QoS 1) to the event at a board, each in its own process, with several journals.</summary>
internal static class PressToBoard
{
    /// <param name="Maximum">Until the last call is on its board.</param>
    /// <param name="CpuMicroseconds">Of the server and of all three processes together, user and system, per press flat out.</param>
    internal sealed record Outcome(double[] At50, double[] At500, double Maximum, (double Server, double All) CpuMicroseconds);

    /// <summary>Each press fetches a ticket from another area, with the journal in SQLite. It is measured when it is named.</summary>
    private const string Areas = "areas";

    private static readonly string[] Variants = ["relay", "sqlite", Areas, "postgres"];

    /// <param name="variants">Which to measure besides the relay; empty: all.</param>
    public static async Task<int> RunAsync(bool quick, string[] variants)
    {
        var rounds = quick ? 1 : 3;
        var results = Variants.ToDictionary(v => v, _ => new List<Outcome>());
        var (appendsAt50, appendsAt500, flatOutAppends) = (new List<double>(), new List<double>(), new List<double>());
        await using var postgres = ThrowawayPostgres.Binaries is null ? null : await ThrowawayPostgres.StartAsync();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var variant in Variants.Where(v => (v != "postgres" || postgres is not null)
                && (v == "relay" || (variants.Length == 0 && v != Areas) || variants.Contains(v)
                    || (v == "sqlite" && variants.Contains(Areas)))))
            {
                Console.Error.WriteLine($"round {round + 1} of {rounds}: {variant}");
                results[variant].Add(await MeasureAsync(variant, quick, postgres));
            }

            Console.Error.WriteLine($"round {round + 1} of {rounds}: appends");
            appendsAt50.AddRange(await JournalBench.PacedOnSqliteAsync(50, quick ? 100 : 400));
            appendsAt500.AddRange(await JournalBench.PacedOnSqliteAsync(500, quick ? 1000 : 4000));
            flatOutAppends.AddRange(await JournalBench.OneAtATimeOnSqliteAsync(quick ? 500 : 2000));
        }

        foreach (var (variant, outcomes) in results.Where(r => r.Value.Count > 0 && r.Key != Areas))
        {
            Figures.Print($"press_to_board.{variant}.50s.p50", Middle(outcomes, o => o.At50, 0.5), "ms");
            Figures.Print($"press_to_board.{variant}.50s.p99", Middle(outcomes, o => o.At50, 0.99), "ms");
            Figures.Print($"press_to_board.{variant}.500s.p50", Middle(outcomes, o => o.At500, 0.5), "ms");
            Figures.Print($"press_to_board.{variant}.500s.p99", Middle(outcomes, o => o.At500, 0.99), "ms");
            Figures.Print($"press_to_board.{variant}.max", outcomes.Select(o => o.Maximum).Median(), "presses/s");
            // Boxes, hub and boards share the processors, so the maximum is what all of them together cost.
            Figures.Print($"press_to_board.{variant}.max.cpu_per_press", outcomes.Select(o => o.CpuMicroseconds.All).Median(), "us");
            Figures.Print($"press_to_board.{variant}.max.server_cpu_per_press", outcomes.Select(o => o.CpuMicroseconds.Server).Median(),
                "us");
        }

        // A press is compared with an append at the same rate: what has slept between two presses is slower, for the one as for the other.
        var appends = new Dictionary<string, double[]>
        {
            ["50s"] = appendsAt50.Sorted(),
            ["500s"] = appendsAt500.Sorted(),
            ["both"] =
            appendsAt50.Concat(appendsAt500).Sorted()
        };
        foreach (var (rate, append) in appends.Append(new("flat_out", flatOutAppends.Sorted())))
        {
            Figures.Print($"press_to_board.append.{rate}.p50", append.At(0.5), "ms");
            Figures.Print($"press_to_board.append.{rate}.p99", append.At(0.99), "ms");
        }

        foreach (var variant in (string[])["sqlite", "postgres"])
        {
            if (results[variant].Count == 0)
            {
                continue;
            }

            var (relay, durable) = (results["relay"], results[variant]);
            // The figures of the goal stand last: all presses of both rates together.
            foreach (var (rate, of) in new (string, Func<Outcome, double[]>)[] { ("50s", o => o.At50), ("500s", o => o.At500),
                ("both", Both) })
            {
                var name = $"press_to_board.{variant}{(rate == "both" ? "" : "." + rate)}";
                Figures.Print($"{name}.p50_ratio", Middle(durable, of, 0.5) / (Middle(relay, of, 0.5) + appends[rate].At(0.5)), "x");
                Figures.Print($"{name}.p99_ratio", Middle(durable, of, 0.99) / (Middle(relay, of, 0.99) + appends[rate].At(0.99)), "x");
            }

            Figures.Print($"press_to_board.{variant}.max_ratio", durable.Select(o => o.Maximum).Median() / relay.Select(o => o.Maximum)
                .Median(), "x");
        }

        if (results[Areas].Count > 0)
        {
            PrintAreas(results[Areas], results["sqlite"]);
        }

        return 0;
    }

    /// <summary>A fetch beside a plain press: two queues take part, and each area's board shows both areas.</summary>
    private static void PrintAreas(List<Outcome> areas, List<Outcome> plain)
    {
        foreach (var (name, share) in new[] { ("p50", 0.5), ("p99", 0.99) })
        {
            var fetch = Middle(areas, o => o.At50, share);
            Figures.Print($"press_to_board.areas.50s.{name}", fetch, "ms");
            Figures.Print($"press_to_board.areas.50s.{name}_ratio", fetch / Middle(plain, o => o.At50, share), "x");
        }
    }

    private static double[] Both(Outcome outcome) => outcome.At50.Concat(outcome.At500).Sorted();

    private static double Middle(IEnumerable<Outcome> outcomes, Func<Outcome, double[]> of, double share) =>
        outcomes.Select(o => of(o).At(share)).Median();

    private static async Task<Outcome> MeasureAsync(string variant, bool quick, ThrowawayPostgres? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("aufruf-bench-").FullName;
        try
        {
            BenchOffice.Write(Path.Combine(folder, "offices"), inPairs: variant == Areas);
            string[] over = variant == Areas ? [HubChild.OverAreas] : [];
            string http = Port(), mqtt = Port();
            await using var server = variant == "relay"
                ? Child.Start("relay", http, mqtt, Path.Combine(folder, "edge"))
                : Child.Start(["hub", variant, folder, http, mqtt, Port(), Port(), TicketsNeeded(quick),
                    variant == "postgres" ? await postgres!.NewDatabaseAsync() : "", .. over]);
            var token = (await server.HearAsync("ready")).Split(' ')[0];
            await using var boards = Child.Start(["watch", http, token, .. over]);
            await boards.HearAsync("ready");
            await using var boxes = Child.Start("press", mqtt, Path.Combine(folder, "edge"));
            await boxes.HearAsync("ready");
            return variant == Areas ? await MeasureAreasAsync(boards, boxes, quick) : await MeasureAsync([server], boards, boxes, quick);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Warm, int Slow, int Fast, int FlatOut) Presses(bool quick) =>
        quick ? (500, 100, 1000, 4096) : (3000, 400, 4000, 20480);

    /// <summary>Tickets per area, so that each press calls one.</summary>
    internal static string TicketsNeeded(bool quick)
    {
        var (warm, slow, fast, flatOut) = Presses(quick);
        return (((warm + slow + fast + flatOut + (2 * 8192)) / BenchOffice.Areas) + 64).ToString(CultureInfo.InvariantCulture);
    }

    /// <param name="servers">One hub or several that serve the same office.</param>
    /// <param name="boards">One board of each area.</param>
    /// <param name="boxes">A box of each counter.</param>
    /// <param name="quick">Fewer presses.</param>
    internal static async Task<Outcome> MeasureAsync(IReadOnlyList<Child> servers, Child boards, Child boxes, bool quick)
    {
        var (warm, slow, fast, flatOut) = Presses(quick);
        // Warm: the compiler has seen every path, and has had a moment to compile it well.
        await boxes.AskAsync("flat-out 8192", "pressed");
        await Task.Delay(TimeSpan.FromSeconds(2));
        await boxes.AskAsync("flat-out 8192", "pressed");
        await Task.Delay(TimeSpan.FromSeconds(1));
        await boxes.AskAsync($"steady 500 {warm}", "sent");
        await boards.AskAsync("seen", "seen");
        var at50 = await SteadyAsync(boxes, boards, 50, slow);
        var at500 = await SteadyAsync(boxes, boards, 500, fast);

        await boards.AskAsync("seen", "seen");
        var (serverBefore, othersBefore) = (OfServers(), boxes.ProcessorTime + boards.ProcessorTime);
        var began = long.Parse(await boxes.AskAsync($"flat-out {flatOut}", "began"), CultureInfo.InvariantCulture);
        var pressed = await boxes.HearAsync("pressed");
        var ended = long.Parse(await boards.AskAsync($"all {pressed}", "all"), CultureInfo.InvariantCulture);
        var (presses, ofServer) = (int.Parse(pressed, CultureInfo.InvariantCulture), OfServers() - serverBefore);
        var ofAll = ofServer + boxes.ProcessorTime + boards.ProcessorTime - othersBefore;
        return new Outcome(at50, at500, presses / Stopwatch.GetElapsedTime(began, ended).TotalSeconds,
            (ofServer.TotalMicroseconds / presses, ofAll.TotalMicroseconds / presses));

        TimeSpan OfServers() => new(servers.Sum(server => server.ProcessorTime.Ticks));
    }

    /// <summary>Steady alone: flat out, eight counters of one area would race for the same first ticket of the other.</summary>
    private static async Task<Outcome> MeasureAreasAsync(Child boards, Child boxes, bool quick)
    {
        var (warm, slow, _, _) = Presses(quick);
        await boxes.AskAsync($"steady 50 {warm}", "sent");
        await boards.AskAsync("seen", "seen");
        return new(await SteadyAsync(boxes, boards, 50, slow), [], 0, default);
    }

    /// <summary>The nth press of a box is the nth call its board shows at that counter.</summary>
    private static async Task<double[]> SteadyAsync(Child boxes, Child boards, int rate, int count)
    {
        var sent = Parse(await boxes.AskAsync($"steady {rate} {count}", "sent"));
        var seen = Parse(await boards.AskAsync("seen", "seen"));
        var latencies = new List<double>(count);
        foreach (var (device, at) in sent)
        {
            var shown = seen.GetValueOrDefault(device) ?? [];
            if (shown.Count != at.Count)
            {
                throw new InvalidOperationException($"{device} pressed {at.Count} times, its board showed {shown.Count} calls.");
            }

            latencies.AddRange(at.Zip(shown, (from, to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds));
        }

        return latencies.Sorted();
    }

    private static Dictionary<string, List<long>> Parse(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split(':')).GroupBy(part => part[0])
        .ToDictionary(g => g.Key, g => g.Select(part => long.Parse(part[^1], CultureInfo.InvariantCulture)).ToList());

    internal static string Port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
