using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Aufruf.Hub.Running.Backups;

/// <summary>A hub of the drill: this program with the demo office, in a process of its own.</summary>
internal sealed partial class DrillHub : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private DrillHub(Process process, int port)
    {
        _process = process;
        Anybody = new() { BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}")) };
    }

    public HttpClient Anybody { get; }

    /// <summary>The tokens of the first start, by holder.</summary>
    public Dictionary<string, string> Tokens { get; } = [];

    /// <summary>Returns when it is ready.</summary>
    public static async Task<DrillHub> StartAsync(string data, CancellationToken stop)
    {
        var (program, ports) = (Environment.ProcessPath ?? "dotnet", FreePorts(4));
        string[] hosted = Path.GetFileNameWithoutExtension(program) is "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        string[] options =
        [
            $"--Hub:Data={data}", $"--Hub:Offices={Path.Combine(AppContext.BaseDirectory, "demo")}",
            .. ((string[])["HttpPort", "MqttPort", "SiloPort", "GatewayPort"]).Zip(ports, (name, port) => $"--Hub:{name}={port}"),
            "--Hub:KioskTicketsPerMinute=10000", "--Hub:RequestsPerMinute=1000000", "--ConnectionStrings:Aufruf=",
        ];
        var hub = new DrillHub(Process.Start(new ProcessStartInfo(program, [.. hosted, .. options]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} did not start."), ports[0]);
        try
        {
            await hub.UntilReadyAsync(stop);
            return hub;
        }
        catch
        {
            hub.Dispose();
            throw;
        }
    }

    public HttpClient As(string token) => new()
    {
        BaseAddress = Anybody.BaseAddress,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>As a power cut: kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        Anybody.Dispose();
    }

    private async Task UntilReadyAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        var isReady = false;
        while (!isReady)
        {
            var line = await _process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new StartRefusedException("The hub of the drill did not start; its words are above.");
            isReady = line.Contains("To issue", StringComparison.Ordinal); // The last line of the addresses.
            if (Token().Match(line) is { Success: true } token)
            {
                Tokens[token.Groups["holder"].Value] = token.Value;
            }
        }

        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None); // A full pipe would stop the hub.
        using var answer = await Anybody.GetAsync("/health/live", patience.Token);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Below those that the system gives to outgoing connections, which would take them before the hub does.</summary>
    private static int[] FreePorts(int count)
    {
        var held = new List<TcpListener>();
        while (held.Count < count)
        {
            var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(30_000, 32_700));
            try
            {
                listener.Start();
                held.Add(listener);
            }
            catch (SocketException)
            {
                listener.Dispose(); // Another program has it.
            }
        }

        int[] ports = [.. held.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        held.ForEach(listener => listener.Dispose());
        return ports;
    }

    [GeneratedRegex("(?<=#token=)[a-z.]+~(?<holder>[a-z-]+)~[A-Za-z0-9_-]+")]
    private static partial Regex Token();
}
