using System.Net;
using System.Net.Sockets;
using Aufruf.Tests.Edge;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>A virtual device of the office, as the real agent.</summary>
internal sealed class VirtualDevice : IDisposable
{
    private readonly EdgeProcess _agent;

    private VirtualDevice(HubProcess hub, string device, string board, params string[] more)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var panel = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Address = new Uri($"http://localhost:{panel}/");
        _agent = EdgeProcess.Start(panel, ["--device", device, "--office", HubProcess.Office, "--board", Boards.File(board),
            "--hub", $"127.0.0.1:{hub.Mqtt}", "--data", Path.Combine(hub.Data, "edge", device), .. more]);
    }

    public Uri Address { get; }

    public static VirtualDevice Box(HubProcess hub) => new(hub, "box-3", "sim-button-box.json");

    public static VirtualDevice Printer(HubProcess hub) => new(hub, "printer-1", "sim-ticket-printer.json", "--printer-emulator", "0",
        "--labels", "1=Ausweis und Pass,2=Ausweis abholen,3=Wohnsitz anmelden,4=Etwas anderes");

    public async Task OpenAsync(Window window)
    {
        await _agent.LastSeqAsync();
        await window.Page.GotoAsync(Address.AbsoluteUri);
        await window.ShowsAsync("#link", "verbunden", 20);
    }

    public void Dispose() => _agent.Dispose();
}
