using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aufruf.Tests.Running;

/// <summary>Gives each port once in a run. Its range is below the ports that the system gives to outgoing connections.</summary>
/// <remarks>A run holds the first port of each block it uses, so that runs side by side use different blocks.</remarks>
internal static class Ports
{
    private const int First = 20_000, Block = 200, Blocks = 49;

    private static readonly Lock Gate = new();
    private static readonly List<TcpListener> Held = [];
    private static int _next, _end;

    public static int Next()
    {
        lock (Gate)
        {
            while (true)
            {
                if (_next == _end)
                {
                    TakeBlock();
                }

                if (TryListen(_next++) is { } free)
                {
                    free.Dispose();
                    return _next - 1;
                }
            }
        }
    }

    private static void TakeBlock()
    {
        for (var block = First; block < First + (Blocks * Block); block += Block)
        {
            if (TryListen(block) is { } held)
            {
                Held.Add(held);
                (_next, _end) = (block + 1, block + Block);
                return;
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"No free block of ports from {First} to {First + (Blocks * Block) - 1}."));
    }

    private static TcpListener? TryListen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
