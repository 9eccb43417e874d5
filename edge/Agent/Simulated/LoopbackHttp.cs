using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>The little HTTP that the page of a virtual device needs, on 127.0.0.1 only: one request per connection, no bodies.</summary>
/// <remarks>Not HttpListener: on Linux its start fails when a browser is already knocking, and a page left open knocks all the time
/// (.NET 10, ArgumentNullException in HttpEndPointListener.ProcessAccept; seen in a third of restarts).</remarks>
public sealed class LoopbackHttp : IDisposable
{
    // A browser opens six; the rest are forgotten tabs, which wait.
    private const int Connections = 60;
    private const int LongestHead = 8192;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener;
    private readonly ILogger _log;

    /// <exception cref="SocketException">The port is taken.</exception>
    public LoopbackHttp(int port, ILogger log)
    {
        _log = log;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Serves until stopped.</summary>
    public async Task RunAsync(Func<HttpExchange, CancellationToken, Task> answer, TimeProvider time, CancellationToken stop)
    {
        using var free = new SemaphoreSlim(Connections);
        try
        {
            while (true)
            {
                await free.WaitAsync(stop);
                var caller = await _listener.AcceptTcpClientAsync(stop);
                _ = ServeAsync(caller);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped; open streams end by the same token.
        }

        async Task ServeAsync(TcpClient caller)
        {
            using (caller)
            {
                try
                {
                    using var patience = new CancellationTokenSource(Patience, time);
                    using var asking = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
                    if (await HttpExchange.ReadAsync(caller.GetStream(), LongestHead, asking.Token) is { } exchange)
                    {
                        await answer(exchange, stop);
                    }
                }
                catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
                {
                    Log.PageGone(_log, e.Message);
                }
            }

            if (!stop.IsCancellationRequested)
            {
                free.Release();
            }
        }
    }
}

/// <summary>One question and its answer.</summary>
public sealed class HttpExchange
{
    private const string Always = "Connection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
        + "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'\r\n";

    private readonly Stream _stream;
    private readonly Dictionary<string, string> _headers;

    private HttpExchange(Stream stream, string method, string path, Dictionary<string, string> headers) =>
        (_stream, Method, Path, _headers) = (stream, method, path, headers);

    public string Method { get; }

    /// <summary>Without the query.</summary>
    public string Path { get; }

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>Null for what is no HTTP, or a head that never ends.</summary>
    internal static async Task<HttpExchange?> ReadAsync(Stream stream, int longest, CancellationToken stop)
    {
        var head = new byte[longest];
        var length = 0;
        while (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            if (length == longest || await stream.ReadAsync(head.AsMemory(length), stop) is not (var read and > 0))
            {
                return null;
            }

            length += read;
        }

        var lines = Encoding.ASCII.GetString(head, 0, length).Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1).TakeWhile(l => l.Length > 0))
        {
            var (name, value) = line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? (line[..colon], line[(colon + 1)..].Trim()) : (line, "");
            if (!headers.TryAdd(name, value))
            {
                return null; // two Hosts or two Origins: someone is playing
            }
        }

        return lines[0].Split(' ') is [var method, var target, "HTTP/1.1" or "HTTP/1.0"]
            ? new HttpExchange(stream, method, target.Split('?')[0], headers)
            : null;
    }

    public Task SendAsync(HttpStatusCode status, string type = "text/plain; charset=utf-8", byte[]? body = null) =>
        WriteAsync($"HTTP/1.1 {(int)status} {status}\r\nContent-Type: {type}\r\nContent-Length: {body?.Length ?? 0}\r\n{Always}\r\n", body ?? [], default);

    /// <summary>Begins an answer that ends with the connection.</summary>
    public Task BeginEventsAsync(CancellationToken stop) =>
        WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{Always}\r\n", [], stop);

    public async Task SendEventAsync(byte[] data, CancellationToken stop) =>
        await _stream.WriteAsync((byte[])[.. "data: "u8, .. data, .. "\n\n"u8], stop);

    private async Task WriteAsync(string head, byte[] body, CancellationToken stop) =>
        await _stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body], stop);
}
