using System.Net;
using System.Net.Sockets;

namespace Aufruf.Tests.Running;

/// <summary>A wire to a port of this machine that may fall silent: nothing arrives, and nothing is refused.</summary>
internal sealed class SilentWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly int _to;
    private readonly Task _accepts;
    private volatile bool _isSilent;

    public SilentWire(int to)
    {
        _to = to;
        _listener.Start();
        _accepts = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool IsSilent
    {
        get => _isSilent;
        set => _isSilent = value;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _accepts.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = CarryAsync(await _listener.AcceptTcpClientAsync(_ended.Token));
        }
    }

    private async Task CarryAsync(TcpClient from)
    {
        using var to = new TcpClient();
        using (from)
        {
            try
            {
                await to.ConnectAsync(IPAddress.Loopback, _to, _ended.Token);
                await Task.WhenAny(PassAsync(from.GetStream(), to.GetStream()), PassAsync(to.GetStream(), from.GetStream()));
                while (IsSilent)
                {
                    await Task.Delay(20, _ended.Token); // A line that is cut carries no close message.
                }
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // One of the two ended.
            }
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _ended.Token) is > 0 and var count)
        {
            while (IsSilent)
            {
                await Task.Delay(20, _ended.Token);
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _ended.Token);
        }
    }
}
