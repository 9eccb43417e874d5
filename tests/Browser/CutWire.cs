using System.Net;
using System.Net.Sockets;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>A cable to the hub that a test can cut and mend: while cut, open connections end and new ones are refused.</summary>
internal sealed class CutWire : IAsyncDisposable
{
    private readonly int _to;
    private readonly List<TcpClient> _open = [];
    private readonly Lock _gate = new();
    private TcpListener _listener;
    private Task _accepting;

    public CutWire(int to)
    {
        (_to, Port) = (to, Ports.Next());
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public int Port { get; }

    public Uri Address => new($"http://localhost:{Port}");

    public async Task CutAsync()
    {
        _listener.Stop();
        await _accepting;
        lock (_gate)
        {
            _open.ForEach(end => end.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        _listener.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync();
                _ = CarryAsync(near);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using var _ = near;
        lock (_gate)
        {
            _open.AddRange(near, far);
        }

        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _to);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two ends is gone, and the other goes with it.
        }
    }
}
