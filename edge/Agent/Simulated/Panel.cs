using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>The virtual device as a page, for this machine only: big buttons, the lamp, the sign, the slips.</summary>
/// <remarks>Requests by another name than localhost, or sent by a page of another origin, are turned away: otherwise any page in the
/// same browser could press our buttons.</remarks>
public sealed class Panel : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // Something is said at least so often, so that a page that went away is noticed.
    private static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(10);

    private readonly PanelWorld _world;
    private readonly TimeProvider _time;
    private readonly ILogger<Panel> _log;
    private readonly LoopbackHttp _http;
    private readonly string[] _hosts;

    public Panel(EdgeOptions options, PanelWorld world, TimeProvider time, ILogger<Panel> log)
    {
        var port = options.Panel ?? throw new OptionsException("--panel is missing.");
        (_world, _time, _log, _http) = (world, time, log, new LoopbackHttp(port, log));
        _hosts = [$"localhost:{port}", $"127.0.0.1:{port}"];
    }

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.PanelOpen(_log, $"http://{_hosts[0]}");
        if (_world.Printer is { } printer)
        {
            Log.EmulatorOpen(_log, printer.Port);
        }

        await _http.RunAsync(AnswerAsync, _time, stoppingToken);
    }

    private async Task AnswerAsync(HttpExchange http, CancellationToken stop)
    {
        if (!IsOurs(http))
        {
            await http.SendAsync(HttpStatusCode.Forbidden);
            return;
        }

        switch (http.Method, http.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            case ("GET", []):
                await http.SendAsync(HttpStatusCode.OK, "text/html; charset=utf-8", Resource("panel.html"));
                break;
            case ("GET", ["panel.css"]):
                await http.SendAsync(HttpStatusCode.OK, "text/css; charset=utf-8", Resource("panel.css"));
                break;
            case ("GET", ["panel.js"]):
                await http.SendAsync(HttpStatusCode.OK, "text/javascript; charset=utf-8", Resource("panel.js"));
                break;
            case ("GET", ["favicon.ico"]):
                await http.SendAsync(HttpStatusCode.NoContent);
                break;
            case ("GET", ["state"]):
                await http.SendAsync(HttpStatusCode.OK, "application/json", State());
                break;
            case ("GET", ["watch"]):
                await WatchAsync(http, stop);
                break;
            case ("GET", ["slips", var name]) when Slip(name) is { } png:
                await http.SendAsync(HttpStatusCode.OK, "image/png", png);
                break;
            case ("POST", ["press", var button]):
                await http.SendAsync(await _world.PressAsync(button, stop) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound);
                break;
            case ("POST", ["fault", var name, var on]) when on is "on" or "off" && _world.Printer is { } printer && Enum.TryParse<PrinterFault>(name, out var fault) && Enum.IsDefined(fault):
                printer.Set(fault, on == "on");
                await http.SendAsync(HttpStatusCode.NoContent);
                break;
            default:
                await http.SendAsync(HttpStatusCode.NotFound);
                break;
        }
    }

    // Browsers name the origin of every POST. A program without a browser names none, and cannot be tricked by a page.
    private bool IsOurs(HttpExchange http) =>
        _hosts.Contains(http.Header("Host"))
        && (http.Header("Origin") is { } origin ? _hosts.Any(h => origin == $"http://{h}") : http.Header("Sec-Fetch-Site") is null or "same-origin" or "none");

    private async Task WatchAsync(HttpExchange http, CancellationToken stop)
    {
        await http.BeginEventsAsync(stop);
        byte[] last = [];
        var saidAt = _time.GetTimestamp();
        using var beat = new PeriodicTimer(Look, _time);
        do
        {
            var state = State();
            if (!state.AsSpan().SequenceEqual(last) || _time.GetElapsedTime(saidAt) > SayAgain)
            {
                (last, saidAt) = (state, _time.GetTimestamp());
                await http.SendEventAsync(state, stop);
            }
        }
        while (await beat.WaitForNextTickAsync(stop));
    }

    private byte[] State() => JsonSerializer.SerializeToUtf8Bytes(_world.Look(), PanelJson.Default.PanelView);

    private byte[]? Slip(string name) =>
        name.EndsWith(".png", StringComparison.Ordinal) && int.TryParse(name.AsSpan(0, name.Length - 4), CultureInfo.InvariantCulture, out var nr)
        && _world.Printer?.Slips.FirstOrDefault(s => s.Nr == nr) is { } slip
            ? SlipRenderer.Png(slip)
            : null;

    private static byte[] Resource(string name)
    {
        using var stream = typeof(Panel).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
