using System.Net.Sockets;

namespace Aufruf.Edge;

/// <summary>The port of a printer: "tcp:host:port" or "usb:/dev/aufruf/printer".</summary>
public abstract record PrinterTarget
{
    private PrinterTarget() { }

    /// <exception cref="IOException">Not plugged in. <see cref="SocketException"/>: not reachable.</exception>
    public abstract Task<Stream> OpenAsync(CancellationToken stop);

    /// <summary>", and cupsd runs here and may hold it"; empty when no such program can.</summary>
    internal virtual string Rivals => "";

    /// <exception cref="SetupException">Neither form.</exception>
    public static PrinterTarget Parse(string text)
    {
        if (text.StartsWith("usb:/", StringComparison.Ordinal))
        {
            return new Usb(text[4..]);
        }

        var (host, port) = text.StartsWith("tcp:", StringComparison.Ordinal)
            ? EdgeOptions.HostAndPort("--printer", text[4..])
            : throw new SetupException($"--printer {text} is neither tcp:HOST:PORT nor usb:/dev/aufruf/printer.");
        return new Tcp(host, port);
    }

    /// <summary>A printer in the network; it talks to one computer at a time.</summary>
    public sealed record Tcp(string Host, int Port) : PrinterTarget
    {
        public override string ToString() => $"tcp:{Host}:{Port}";

        public override async Task<Stream> OpenAsync(CancellationToken stop)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(Host, Port, stop);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>A printer at the USB port, by Linux' usblp driver: written to and read from like a file.</summary>
    public sealed record Usb(string Device) : PrinterTarget
    {
        public override string ToString() => $"usb:{Device}";

        internal override string Rivals => PrinterRivals.Words();

        // Off this thread: the kernel may take its time for a printer that is in trouble.
        public override Task<Stream> OpenAsync(CancellationToken stop) => Task.Run<Stream>(() => CharacterDevice.Open(Device), stop);
    }
}
