using Aufruf.Edge.Simulator;
using Aufruf.Tests.Edge;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.Builder;

namespace Aufruf.Tests.Browser;

/// <summary>A virtual device of the office: the real agent on simulated pins, inside the tests.</summary>
internal sealed class VirtualDevice : IAsyncDisposable
{
    private readonly WebApplication _agent;

    private VirtualDevice(WebApplication agent) => _agent = agent;

    public Uri Address => new(_agent.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/");

    public static Task<VirtualDevice> BoxAsync(TestHub hub) => StartAsync(hub, "box-3", "button-box.json");

    public static Task<VirtualDevice> PrinterAsync(TestHub hub) => StartAsync(hub, "printer-1", "ticket-printer.json",
        "--labels", "1=Ausweis und Pass,2=Ausweis abholen,3=Wohnsitz anmelden,4=Etwas anderes");

    public async Task OpenAsync(Window window)
    {
        await window.Page.GotoAsync(Address.AbsoluteUri);
        await window.ShowsAsync("#link", "verbunden");
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.StopAsync();
        await _agent.DisposeAsync();
    }

    private static async Task<VirtualDevice> StartAsync(TestHub hub, string device, string pinMap, params string[] more)
    {
        var agent = SimulatorHost.Build(["--device", device, "--office", TestHub.Office, "--pin-map", PinMaps.File(pinMap),
            "--hub", $"127.0.0.1:{hub.Mqtt}", "--data", Path.Combine(hub.Data, "edge", device), .. more]);
        await agent.StartAsync();
        return new(agent);
    }
}
