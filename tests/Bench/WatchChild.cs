using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace Aufruf.Bench;

/// <summary>One board per waiting area in one process: notes when each counter's call arrives where its citizen waits.</summary>
internal static class WatchChild
{
    private static readonly Lock Gate = new();
    private static readonly List<(string Device, long At)> Seen = [];
    private static readonly Dictionary<string, string> Shown = [];
    private static long _versions;
    private static long _lastAt;

    /// <param name="args">HTTP ports, which the boards take in turn, with commas between; display token or "-"; perhaps
    /// <see cref="HubChild.OverAreas"/>: then citizens wait in the neighbour of the counter's area.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var ports = args[0].Split(',');
        for (var a = 0; a < BenchOffice.Areas; a++)
        {
            var counters = $"c-{(args.Contains(HubChild.OverAreas) ? BenchOffice.NeighbourOf(a) : a)}-";
            var board = new HubConnectionBuilder()
                .WithUrl($"http://127.0.0.1:{ports[a % ports.Length]}/live/board?board={BenchOffice.Key}.board-{a}",
                    o => o.AccessTokenProvider = () => Task.FromResult<string?>(args[1]))
                .Build();
            board.On<string, string>("relayed", (device, _) => Note(() => Seen.Add((device, Stopwatch.GetTimestamp())), 1));
            board.On<JsonElement>("Snapshot", _ => { });
            board.On<JsonElement>("Changed", change =>
            {
                var at = Stopwatch.GetTimestamp();
                Note(() =>
                {
                    foreach (var call in change.GetProperty("calls").EnumerateArray())
                    {
                        var counter = call.GetProperty("counter").GetString()!;
                        var number = call.GetProperty("number").GetString()!;
                        if (counter.StartsWith(counters, StringComparison.Ordinal) && Shown.GetValueOrDefault(counter) != number)
                        {
                            Shown[counter] = number;
                            Seen.Add((string.Concat("box-", counter.AsSpan(2)), at));
                        }
                    }
                }, change.GetProperty("to").GetInt64() - change.GetProperty("from").GetInt64());
            });
            await board.StartAsync();
        }

        Console.WriteLine("ready");
        await foreach (var line in Orders.ReadAsync())
        {
            switch (line.Split(' '))
            {
                case ["seen"]:
                    lock (Gate)
                    {
                        Console.WriteLine("seen " + string.Join(' ', Seen.Select(s => $"{s.Device}:{s.At}")));
                        Seen.Clear();
                        _versions = 0;
                    }

                    break;

                // Every press is one version: when as many have arrived as were pressed, the last one is on its board.
                case ["all", var count]:
                    while (Interlocked.Read(ref _versions) < long.Parse(count, CultureInfo.InvariantCulture))
                    {
                        await Task.Delay(1);
                    }

                    Console.WriteLine($"all {Interlocked.Read(ref _lastAt)}");
                    break;
            }
        }

        return 0;
    }

    private static void Note(Action note, long versions)
    {
        lock (Gate)
        {
            note();
            Interlocked.Exchange(ref _lastAt, Stopwatch.GetTimestamp());
            Interlocked.Add(ref _versions, versions);
        }
    }
}
