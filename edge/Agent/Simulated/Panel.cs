using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>The virtual device as a page, for this machine only: big buttons, the lamp, the sign, the slips.</summary>
/// <remarks>Bound to the loopback; requests by another name than localhost, or sent by a page of another origin, are turned away:
/// otherwise any page in the same browser could press our buttons.</remarks>
public sealed class Panel : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // A browser opens one; 30 forgotten tabs are the end of it.
    private const int Watchers = 30;

    private readonly HttpListener _listener = new();
    private readonly PanelWorld _world;
    private readonly string[] _origins;
    private readonly TimeProvider _time;
    private readonly ILogger<Panel> _log;
    private int _watchers;

    public Panel(EdgeOptions options, PanelWorld world, TimeProvider time, ILogger<Panel> log)
    {
        (_world, _time, _log) = (world, time, log);
        _origins = [$"http://localhost:{options.Panel}", $"http://127.0.0.1:{options.Panel}"];
        foreach (var origin in _origins)
        {
            _listener.Prefixes.Add(origin + "/");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _listener.Start();
        Log.PanelOpen(_log, _origins[0]);
        if (_world.Printer is { } printer)
        {
            Log.EmulatorOpen(_log, printer.Port);
        }

        await using var stopping = stoppingToken.Register(_listener.Stop);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = ServeAsync(context, stoppingToken);
            }
            catch (Exception e) when (stoppingToken.IsCancellationRequested && e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    public override void Dispose()
    {
        ((IDisposable)_listener).Dispose();
        base.Dispose();
    }

    private async Task ServeAsync(HttpListenerContext context, CancellationToken stop)
    {
        try
        {
            await AnswerAsync(context, stop);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            Log.PageGone(_log, e.Message);
        }
        finally
        {
            CloseQuietly(context.Response);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, CancellationToken stop)
    {
        var request = context.Request;
        var response = context.Response;
        response.Headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Cache-Control"] = "no-store";
        if (!IsOurs(request))
        {
            response.StatusCode = (int)HttpStatusCode.Forbidden;
            return;
        }

        switch (request.HttpMethod, request.Url?.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            case ("GET", []):
                await SendAsync(response, "text/html; charset=utf-8", Resource("panel.html"));
                break;
            case ("GET", ["panel.css"]):
                await SendAsync(response, "text/css; charset=utf-8", Resource("panel.css"));
                break;
            case ("GET", ["panel.js"]):
                await SendAsync(response, "text/javascript; charset=utf-8", Resource("panel.js"));
                break;
            case ("GET", ["state"]):
                await SendAsync(response, "application/json", State());
                break;
            case ("GET", ["watch"]):
                await WatchAsync(response, stop);
                break;
            case ("GET", ["slips", var name]) when Slip(name) is { } png:
                await SendAsync(response, "image/png", png);
                break;
            case ("POST", ["press", var button]):
                response.StatusCode = (int)(await _world.PressAsync(button, stop) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound);
                break;
            case ("POST", ["fault", var name, var on]) when on is "on" or "off" && _world.Printer is { } printer && Enum.TryParse<PrinterFault>(name, out var fault):
                printer.Set(fault, on == "on");
                response.StatusCode = (int)HttpStatusCode.NoContent;
                break;
            case ("GET", ["favicon.ico"]):
                response.StatusCode = (int)HttpStatusCode.NoContent;
                break;
            default:
                response.StatusCode = (int)HttpStatusCode.NotFound;
                break;
        }
    }

    // Browsers name the origin of every POST. A program without a browser names none, and cannot be tricked by a page.
    private bool IsOurs(HttpListenerRequest request) =>
        _origins.Contains($"http://{request.Headers["Host"]}")
        && (request.Headers["Origin"] is { } origin ? _origins.Contains(origin) : request.Headers["Sec-Fetch-Site"] is null or "same-origin" or "none");

    private async Task WatchAsync(HttpListenerResponse response, CancellationToken stop)
    {
        if (Interlocked.Increment(ref _watchers) > Watchers)
        {
            Interlocked.Decrement(ref _watchers);
            response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            return;
        }

        try
        {
            response.ContentType = "text/event-stream";
            response.SendChunked = true;
            byte[]? last = null;
            using var beat = new PeriodicTimer(Look, _time);
            do
            {
                var state = State();
                if (last is null || !state.AsSpan().SequenceEqual(last))
                {
                    last = state;
                    await response.OutputStream.WriteAsync((byte[])[.. "data: "u8, .. state, .. "\n\n"u8], stop);
                    await response.OutputStream.FlushAsync(stop);
                }
            }
            while (await beat.WaitForNextTickAsync(stop));
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    private byte[] State() => JsonSerializer.SerializeToUtf8Bytes(_world.Look(), PanelJson.Default.PanelView);

    private byte[]? Slip(string name) =>
        int.TryParse(name.AsSpan(0, Math.Max(0, name.Length - 4)), CultureInfo.InvariantCulture, out var nr) && name.EndsWith(".png", StringComparison.Ordinal)
        && _world.Printer?.Slips.FirstOrDefault(s => s.Nr == nr) is { } slip
            ? SlipRenderer.Png(slip)
            : null;

    private static async Task SendAsync(HttpListenerResponse response, string type, byte[] body)
    {
        response.ContentType = type;
        response.ContentLength64 = body.Length;
        await response.OutputStream.WriteAsync(body);
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(Panel).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }

    private static void CloseQuietly(HttpListenerResponse response)
    {
        try
        {
            response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The page was closed first.
        }
    }
}
