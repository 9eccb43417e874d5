using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aufruf.Tests.Running;

/// <summary>Speaks clamd's protocol as clamd does, and finds the test virus of the EICAR. It can be away.</summary>
internal sealed class FakeClamd : IDisposable
{
    /// <summary>The test virus, in two parts: no scanner shall find it in this file.</summary>
    public const string Eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*";

    private static readonly byte[] Command = Encoding.ASCII.GetBytes("zINSTREAM\0");

    private readonly int _port = Ports.Next();
    private TcpListener? _listener;

    public string Address => $"127.0.0.1:{_port}";

    /// <summary>The sizes of all files that it has seen.</summary>
    public List<int> Seen { get; } = [];

    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _ = ServeAsync(_listener);
    }

    public void Stop()
    {
        _listener?.Dispose();
        _listener = null;
    }

    public void Dispose() => Stop();

    private async Task ServeAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // It is away.
        }
    }

    private async Task AnswerAsync(TcpClient accepted)
    {
        using var client = accepted;
        await using var stream = client.GetStream();
        var reply = await ScanAsync(stream);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{reply}\0"));
    }

    private async Task<string> ScanAsync(NetworkStream stream)
    {
        var command = new byte[Command.Length];
        await stream.ReadExactlyAsync(command);
        if (!command.AsSpan().SequenceEqual(Command))
        {
            return "UNKNOWN COMMAND";
        }

        using var whole = new MemoryStream();
        for (var size = new byte[4]; ;)
        {
            await stream.ReadExactlyAsync(size);
            var chunk = new byte[BinaryPrimitives.ReadInt32BigEndian(size)];
            if (chunk.Length == 0)
            {
                break;
            }

            await stream.ReadExactlyAsync(chunk);
            whole.Write(chunk);
        }

        Seen.Add((int)whole.Length);
        return Encoding.Latin1.GetString(whole.ToArray()).Contains(Eicar, StringComparison.Ordinal)
            ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
    }
}
