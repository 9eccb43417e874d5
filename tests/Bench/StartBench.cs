using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aufruf.Bench;

/// <summary>Time from the start of the process to its first "ready", and memory of an idle hub: the published hub with the demo
/// office.</summary>
internal static class StartBench
{
    private const int Runs = 5;

    public static async Task<int> RunAsync()
    {
        var hub = Directory.CreateTempSubdirectory("aufruf-published-").FullName;
        try
        {
            await PublishAsync(hub);
            return await MeasureAsync(hub);
        }
        finally
        {
            Directory.Delete(hub, recursive: true);
        }
    }

    private static async Task PublishAsync(string folder)
    {
        var here = AppContext.BaseDirectory;
        var root = here[..here.LastIndexOf(Path.Combine("tests", "Bench"), StringComparison.Ordinal)];
        using var publish = Process.Start(Environment.ProcessPath!, ["publish", Path.Combine(root, "hub"), "-o", folder, "-v", "quiet"]);
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException("The hub could not be published; the reason stands above.");
        }
    }

    private static async Task<int> MeasureAsync(string hub)
    {
        var (seconds, megabytes) = (new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            var folder = Directory.CreateTempSubdirectory("aufruf-bench-").FullName;
            var http = Port();
            var began = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!,
                [Path.Combine(hub, "Aufruf.Hub.dll"), $"--Hub:Data={folder}", $"--Hub:Offices={Path.Combine(hub, "demo")}",
                    $"--Hub:HttpPort={http}", $"--Hub:MqttPort={Port()}", $"--Hub:SiloPort={Port()}", $"--Hub:GatewayPort={Port()}"])
            { RedirectStandardOutput = true })!;
            // The hub prints a line when it is ready. Polling would take processor time from it.
            while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready after", StringComparison.Ordinal))
            {
            }

            using var client = new HttpClient();
            using var answer =
                await client.GetAsync(new Uri($"http://127.0.0.1:{http.ToString(CultureInfo.InvariantCulture)}/health/ready"));
            answer.EnsureSuccessStatusCode();
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            _ = process.StandardOutput.ReadToEndAsync();
            await Task.Delay(TimeSpan.FromSeconds(12)); // The first heartbeats and beacons are over: this is idling.
            process.Refresh();
            megabytes.Add(process.WorkingSet64 / 1024.0 / 1024.0);
            process.Kill();
            await process.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }

        Figures.Print("start.ready", seconds.Median(), "s");
        Figures.Print("start.ready_max", seconds.Max(), "s");
        Figures.Print("start.idle_memory", megabytes.Median(), "MB");
        return 0;
    }

    private static int Port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
