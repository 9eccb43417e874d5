using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Aufruf.Tests.Running;

/// <summary>The real hub as a process of its own, on free ports of this machine, with the demo office of Alsdorf unless told otherwise.</summary>
internal sealed partial class HubProcess : IAsyncDisposable
{
    public const string Office = "alsdorf.rathaus";
    public const string Area = "alsdorf.rathaus.erdgeschoss";
    public const string Kiosk = "alsdorf.rathaus.foyer";
    public const string Board = "alsdorf.rathaus.halle";

    private readonly TempFolder _folder = new();
    private readonly List<string> _words = [];
    private readonly string[] _arguments;
    private Process? _process;

    private HubProcess(string? data, string[] arguments)
    {
        Data = data ?? Path.Combine(_folder.Path, "data");
        Offices = Path.Combine(_folder.Path, "offices");
        Directory.CreateDirectory(Offices);
        OfficeFile = Path.Combine(Offices, "alsdorf.rathaus.json");
        _arguments = arguments;
    }

    public int Http { get; } = FreePort();
    public int Mqtt { get; } = FreePort();
    private int Silo { get; } = FreePort();
    private int Gateway { get; } = FreePort();

    public string Data { get; }
    public string Offices { get; }

    /// <summary>The configuration in use: a test may change it while the hub runs.</summary>
    public string OfficeFile { get; }

    public Uri Address => new($"http://localhost:{Http}");

    /// <summary>Printed by the hub at its first start.</summary>
    public string ClerkToken { get; private set; } = "";
    public string DisplayToken { get; private set; } = "";

    public HttpClient Anybody => field ??= new HttpClient { BaseAddress = Address };
    public HttpClient Clerk => field ??= new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", ClerkToken) } };

    public int ProcessId => _process!.Id;
    public bool HasEnded => _process!.HasExited;

    /// <summary>All it has printed so far.</summary>
    public string Words
    {
        get
        {
            lock (_words)
            {
                return string.Join('\n', _words);
            }
        }
    }

    /// <param name="office">Text of the office file; the demo office when null.</param>
    public static async Task<HubProcess> StartAsync(string? office = null, string? data = null, params string[] arguments)
    {
        var hub = new HubProcess(data, arguments);
        await File.WriteAllTextAsync(hub.OfficeFile, office ?? await File.ReadAllTextAsync(DemoOffice));
        await hub.StartAgainAsync();
        return hub;
    }

    public static string DemoOffice => Path.Combine(Repository.Root, "hub", "demo", "alsdorf.rathaus.json");

    /// <summary>The hub's program, as built together with these tests.</summary>
    public static string Program
    {
        get
        {
            var build = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
            return Path.Combine(Repository.Root, "hub", "bin", build, "net10.0", "Aufruf.Hub.dll");
        }
    }

    /// <summary>Starts the program on the same data; returns when it says that it is ready.</summary>
    public async Task StartAgainAsync()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet",
        [
            Program, $"--Hub:Data={Data}", $"--Hub:Offices={Offices}", $"--Hub:PairInto={Path.Combine(Data, "edge")}",
            $"--Hub:HttpPort={Http}", $"--Hub:MqttPort={Mqtt}", $"--Hub:SiloPort={Silo}", $"--Hub:GatewayPort={Gateway}", .. _arguments,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException("dotnet did not start.");
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await UntilAsync(async () => !process.HasExited && await IsReadyAsync(), "The hub is ready", () => process.HasExited);
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Anybody.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>As a power cut: kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As an operator: SIGTERM, and waits for its end.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Takes a ticket at the kiosk of the demo office.</summary>
    public async Task<Taken> TakeAsync(string service = "ausweis", Guid? request = null)
    {
        using var answer = await Anybody.PostAsJsonAsync($"/api/v1/kiosks/{Kiosk}/tickets", new { requestId = request ?? Guid.CreateVersion7(), service, language = "de" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Taken>())!;
    }

    /// <summary>A clerk's action at a counter of the demo office.</summary>
    public Task<HttpResponseMessage> ActAsync(string counter, string action, Guid? request = null, long? seen = null) =>
        Clerk.PostAsJsonAsync($"/api/v1/areas/{Area}/counters/{counter}/{action}", new { requestId = request ?? Guid.CreateVersion7(), seen });

    public string DevicePassword(string device) => File.ReadAllText(Path.Combine(Data, "edge", device, "password"));

    /// <summary>Waits for something that must happen; the limit is only there to fail.</summary>
    public async Task UntilAsync(Func<Task<bool>> happened, string what, Func<bool>? hopeless = null, double seconds = 60)
    {
        for (var began = Stopwatch.StartNew(); !await happened(); await Task.Delay(20))
        {
            Assert.False(began.Elapsed.TotalSeconds > seconds || hopeless?.Invoke() is true, $"'{what}' did not happen within {seconds} s. The hub's words:\n{Words}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        _folder.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_words)
        {
            _words.Add(line);
        }

        if (Token().Match(line) is { Success: true } match)
        {
            // Those of the first office; another may be added while the hub runs.
            ClerkToken = ClerkToken.Length == 0 && match.Value.Contains("first-clerk", StringComparison.Ordinal) ? match.Value : ClerkToken;
            DisplayToken = DisplayToken.Length == 0 && match.Value.Contains("first-display", StringComparison.Ordinal) ? match.Value : DisplayToken;
        }
    }

    [GeneratedRegex("(?<=#token=)[a-z.]+~first-(clerk|display)~[A-Za-z0-9_-]+")]
    private static partial Regex Token();

    public static IEnumerable<int> FreePorts(int count) => Enumerable.Range(0, count).Select(_ => FreePort());

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>What the kiosk's API answers.</summary>
internal sealed record Taken(string Number, int Ahead, string StatusPath, string QrPath, bool Printing);
