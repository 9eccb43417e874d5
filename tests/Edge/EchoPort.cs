using System.Net;
using System.Net.Sockets;

namespace Aufruf.Tests.Edge;

/// <summary>A port in the network that sends back every byte, as a modem or a wrong service does.</summary>
internal sealed class EchoPort : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _echoing;

    public EchoPort()
    {
        _listener.Start();
        _echoing = EchoAsync();
    }

    public string Target => $"tcp:{_listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _echoing;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task EchoAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await client.GetStream().CopyToAsync(client.GetStream(), _end.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The agent has closed it, or the test ends.
            }
        }
    }
}
