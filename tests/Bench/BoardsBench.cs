using System.Diagnostics;
using System.Globalization;

namespace Aufruf.Bench;

/// <summary>300 boards connect again at once after their hub was killed and started: how long until the last one is up to date.</summary>
/// <remarks>Hub and boards share this machine's processors. In a town hall each board has its own.</remarks>
internal static class BoardsBench
{
    private const int Boards = 300, Rounds = 3;

    // Within it the goal is long missed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aufruf-bench-").FullName;
        BenchOffice.Write(Path.Combine(folder, "offices"));
        string[] hub = ["hub", "sqlite", folder, PressToBoard.Port(), PressToBoard.Port(), PressToBoard.Port(), PressToBoard.Port()];
        var running = Child.Start([.. hub, "20", ""]);
        List<LastingBoard> boards = [];
        try
        {
            var token = (await running.HearAsync("ready")).Split(' ')[0];
            var began = Stopwatch.GetTimestamp();
            boards.AddRange(Enumerable.Range(0, Boards).Select(n => new LastingBoard(new Uri(string.Create(CultureInfo.InvariantCulture,
                $"http://127.0.0.1:{hub[3]}/live/board?board={BenchOffice.Key}.board-{n % BenchOffice.Areas}")), token)));
            await ShownAsync(boards, began);
            var (returns, all) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                var killed = Stopwatch.GetTimestamp();
                running.Kill();
                await running.DisposeAsync();
                running = Child.Start([.. hub, "0", ""]);
                var shown = await ShownAsync(boards, killed);
                returns.Add(shown[0]);
                all.Add(shown[^1] - shown[0]);
            }

            Figures.Print("boards.first", returns.Median(), "s");
            Figures.Print("boards.all", all.Median(), "s");
            Figures.Print("boards.all_max", all.Max(), "s");
            return 0;
        }
        finally
        {
            foreach (var board in boards)
            {
                await board.DisposeAsync();
            }

            await running.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>When each board got its first whole picture after a moment, in seconds from it, sorted.</summary>
    private static async Task<double[]> ShownAsync(List<LastingBoard> boards, long after)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (boards.Any(board => board.SnapshotAfter(after) is null))
        {
            await Task.Delay(50, patience.Token);
        }

        return boards.Select(board => board.SnapshotAfter(after)!.Value).Sorted();
    }
}
