using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Connectors;

/// <summary>Asks clamd whether a file holds a virus: INSTREAM over TCP or a Unix socket. Without Hub:Clamd every file is good.</summary>
/// <remarks>The protocol is three lines. Source: clamd(8), commands zINSTREAM and its replies.</remarks>
internal sealed class VirusScanner(IOptions<HubOptions> hub, TimeProvider clock, ILogger<VirusScanner> log) : IHealthCheck
{
    private const string UnixPrefix = "unix:";
    private const int ChunkBytes = 64 * 1024, LongestReply = 4 * 1024;

    // A file of 10 MiB takes clamd some seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Trouble? _trouble;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(_trouble is { } trouble ? [trouble] : []);

    public async Task<ScanResult> ScanAsync(ReadOnlyMemory<byte> content)
    {
        if (hub.Value.Clamd is not { Length: > 0 } address)
        {
            return ScanResult.Clean;
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var reply = await AskAsync(address, content, patience.Token);
            var isClean = reply.EndsWith(" OK", StringComparison.Ordinal);
            if (isClean || reply.EndsWith(" FOUND", StringComparison.Ordinal))
            {
                _trouble = null;
                return isClean ? ScanResult.Clean : ScanResult.Infected;
            }

            Say($"It answered '{reply}'.");
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            Say(error.Message);
        }

        return ScanResult.Unknown;
    }

    /// <summary>Once, until it answers again.</summary>
    private void Say(string reason)
    {
        if (_trouble is null)
        {
            _trouble = new($"The virus scanner does not answer: uploaded files wait for it. {reason}", clock.GetUtcNow());
            HubLog.ScannerAway(log, reason);
        }
    }

    private static async Task<string> AskAsync(string address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var socket = address.StartsWith(UnixPrefix, StringComparison.Ordinal)
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await (address.StartsWith(UnixPrefix, StringComparison.Ordinal)
            ? socket.ConnectAsync(new UnixDomainSocketEndPoint(address[UnixPrefix.Length..]), cancellationToken)
            : socket.ConnectAsync(address[..address.LastIndexOf(':')], int.Parse(address[(address.LastIndexOf(':') + 1)..],
                System.Globalization.CultureInfo.InvariantCulture), cancellationToken));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
        var size = new byte[sizeof(int)];
        for (var at = 0; at < content.Length; at += ChunkBytes)
        {
            var chunk = content.Slice(at, Math.Min(ChunkBytes, content.Length - at));
            BinaryPrimitives.WriteInt32BigEndian(size, chunk.Length);
            await stream.WriteAsync(size, cancellationToken);
            await stream.WriteAsync(chunk, cancellationToken);
        }

        await stream.WriteAsync(new byte[sizeof(int)], cancellationToken);
        var reply = new byte[LongestReply];
        var read = 0;
        for (int more; read < reply.Length && (more = await stream.ReadAsync(reply.AsMemory(read), cancellationToken)) > 0;)
        {
            read += more;
            if (reply.AsSpan(0, read).Contains((byte)0))
            {
                break;
            }
        }

        return Encoding.ASCII.GetString(reply, 0, read).TrimEnd('\0', '\n', ' ');
    }
}

/// <summary>Unknown: the scanner does not answer.</summary>
internal enum ScanResult { Clean, Infected, Unknown }
