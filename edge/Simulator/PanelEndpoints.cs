using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aufruf.Edge.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Aufruf.Edge.Simulator;

/// <summary>The page of a virtual device, for this machine only: its buttons, lamp, sign and slips.</summary>
public static class PanelEndpoints
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static void MapPanel(this WebApplication app)
    {
        var (pins, printer) = (app.Services.GetRequiredService<SimulatedPins>(), app.Services.GetService<EscPosEmulator>());
        app.Use(RefuseOthersAsync);
        app.UseFileServer(new FileServerOptions { FileProvider = new EmbeddedFileProvider(typeof(PanelEndpoints).Assembly, "Panel") });
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapGet("/state", () => Results.Json(View(app.Services), Json));
        app.MapGet("/watch", (IHostApplicationLifetime life) =>
            TypedResults.ServerSentEvents(WatchAsync(app.Services, life.ApplicationStopping)));
        app.MapPost("/press/{button}", async (string button) =>
            await pins.PressAsync(button) ? Results.NoContent() : Results.NotFound());
        app.MapGet("/slips/{nr:int}.png", (int nr) => printer?.Slips.FirstOrDefault(s => s.Nr == nr) is { } slip
            ? Results.Bytes(SlipRenderer.Png(slip), "image/png") : Results.NotFound());
        app.MapPost("/fault/{fault}/{on:bool}", (PrinterFault fault, bool on) =>
        {
            printer?.Set(fault, on);
            return printer is null ? Results.NotFound() : Results.NoContent();
        });
    }

    // A page of another origin in the same browser must not press the buttons. Browsers name the origin of every POST.
    private static Task RefuseOthersAsync(HttpContext http, RequestDelegate next)
    {
        var (host, headers) = (http.Request.Host, http.Request.Headers);
        var isOurs = host.Host is "localhost" or "127.0.0.1"
            && (headers.Origin is [{ } origin] ? origin == $"http://{host}"
                : headers["Sec-Fetch-Site"] is [] or ["same-origin"] or ["none"]);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'";
        if (isOurs)
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static async IAsyncEnumerable<string> WatchAsync(
        IServiceProvider device, CancellationToken stopping, [EnumeratorCancellation] CancellationToken gone = default)
    {
        var last = "";
        while (!stopping.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            var view = JsonSerializer.Serialize(View(device), Json);
            if (view != last)
            {
                yield return last = view;
            }

            await Task.Delay(Look, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static PanelView View(IServiceProvider device)
    {
        var (options, map) = (device.GetRequiredService<EdgeOptions>(), device.GetRequiredService<PinMap>());
        var (glance, pins) = (device.GetRequiredService<DeviceLoop>().Glance, device.GetRequiredService<SimulatedPins>());
        var printer = device.GetService<EscPosEmulator>();
        return new PanelView(
            options.Device, options.Office, map.Name, map.Kind, glance.IsConnected, glance.Depth, glance.LastSeq,
            pins.IsLampLit, glance.Lamp,
            map.Sign is null ? null : new([.. pins.Sign.Segments.Select(s => (int)s)], pins.Sign.Brightness, pins.Sign.Text.Trim()),
            [.. map.Buttons.Select(b => new PanelButton(b.Name, b.Label ?? $"Taste {b.Name}"))],
            map.Printer is null ? null : glance.Printer,
            printer is null ? [] : [.. Enum.GetValues<PrinterFault>().Where(printer.Has)],
            printer is null ? [] : [.. printer.Slips.Select(s => new PanelSlip(s.Nr, s.Text))]);
    }

    private sealed record PanelView(
        string Device, string Office, string Name, DeviceKind Kind, bool Connected, int Depth, long LastSeq, bool? Lit, LampState Lamp,
        PanelSign? Sign, IReadOnlyList<PanelButton> Buttons, PrinterCondition? Printer, IReadOnlyList<PrinterFault> Faults,
        IReadOnlyList<PanelSlip> Slips);

    private sealed record PanelSign(IReadOnlyList<int> Segments, int Brightness, string Text);

    private sealed record PanelButton(string Name, string Label);

    private sealed record PanelSlip(int Nr, string Text);
}
