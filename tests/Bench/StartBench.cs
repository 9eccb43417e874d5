using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aufruf.Bench;

/// <summary>From starting the process to its first "ready", and the memory of an idle hub: the hub as it is installed, with the demo office.</summary>
internal static class StartBench
{
    private const int Runs = 5;

    public static async Task<int> RunAsync()
    {
        // The hub's own folder, not the copy beside the bench: there it is compiled ahead, as it is run.
        var hub = AppContext.BaseDirectory.Replace(Path.Combine("tests", "Bench"), "hub", StringComparison.Ordinal);
        var (seconds, megabytes) = (new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            var folder = Directory.CreateTempSubdirectory("aufruf-bench-").FullName;
            var http = Port();
            var began = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!,
                [Path.Combine(hub, "Aufruf.Hub.dll"), $"--Hub:Data={folder}", $"--Hub:Offices={Path.Combine(hub, "demo")}", $"--Hub:HttpPort={http}",
                 $"--Hub:MqttPort={Port()}", $"--Hub:SiloPort={Port()}", $"--Hub:GatewayPort={Port()}"])
            { RedirectStandardOutput = true })!;
            // The hub says when it is ready; who asks it again and again meanwhile takes the processor from it.
            while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready after", StringComparison.Ordinal))
            {
            }

            using var client = new HttpClient();
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{http.ToString(CultureInfo.InvariantCulture)}/health/ready"));
            answer.EnsureSuccessStatusCode();
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            _ = process.StandardOutput.ReadToEndAsync();
            await Task.Delay(TimeSpan.FromSeconds(12)); // Past the first heartbeats and beacons: this is idling.
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
