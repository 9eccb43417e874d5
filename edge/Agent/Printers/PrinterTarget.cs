using System.Net.Sockets;

namespace Aufruf.Edge;

/// <summary>Where a printer is plugged in.</summary>
public abstract record PrinterTarget
{
    private PrinterTarget() { }

    /// <summary>A printer in the network; it talks to one computer at a time.</summary>
    public sealed record Tcp(string Host, int Port) : PrinterTarget
    {
        public override string ToString() => $"tcp:{Host}:{Port}";

        public override async Task<Stream> OpenAsync(CancellationToken stop)
        {
            var client = new TcpClient { NoDelay = true };
            try
            {
                await client.ConnectAsync(Host, Port, stop);
                return client.GetStream();
            }
            catch
            {
                client.Dispose();
                throw;
            }
        }
    }

    /// <summary>A printer at the USB port, by Linux' usblp driver: written to and read from like a file.</summary>
    public sealed record Usb(string Device) : PrinterTarget
    {
        public override string ToString() => $"usb:{Device}";

        // No buffer: a status byte must be seen when it comes, not when 4096 have come.
        public override Task<Stream> OpenAsync(CancellationToken stop) =>
            Task.FromResult<Stream>(new FileStream(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0));
    }

    /// <exception cref="IOException">Not plugged in. <see cref="SocketException"/>: not reachable.</exception>
    public abstract Task<Stream> OpenAsync(CancellationToken stop);

    /// <exception cref="OptionsException">Neither form.</exception>
    public static PrinterTarget Parse(string text)
    {
        if (text.StartsWith("usb:/", StringComparison.Ordinal))
        {
            return new Usb(text[4..]);
        }

        if (text.StartsWith("tcp:", StringComparison.Ordinal))
        {
            var (host, port) = EdgeOptions.HostAndPort("--printer", text[4..]);
            return new Tcp(host, port);
        }

        throw new OptionsException($"--printer {text} is neither tcp:HOST:PORT nor usb:/dev/usb/lp0.");
    }
}
