using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Aufruf.Tests.Running;

/// <summary>One connection, spoken by hand.</summary>
internal sealed class RawLine(TcpClient client) : IAsyncDisposable
{
    private readonly StreamReader _reader = new(client.GetStream(), Encoding.Latin1);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static TimeSpan Patience => TimeSpan.FromSeconds(10);

    public static async Task<RawLine> ToAsync(Uri hub)
    {
        var client = new TcpClient();
        await client.ConnectAsync(hub.Host, hub.Port, Now);
        return new(client);
    }

    public async Task WriteAsync(string text) => await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Now);

    public Task SendAsync(string verb, string address, string? type = null, string body = "", bool isChunked = false) =>
        WriteAsync($"{verb} {address} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n" + (type is null ? "\r\n"
            : $"Content-Type: {type}\r\n" + (isChunked
                ? $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n"
                : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n{body}"))));

    /// <summary>Reads one answer to its end.</summary>
    public async Task<(string Status, bool Closes)> HearAsync(string verb)
    {
        var first = await ReadLineAsync();
        var headers = new List<string>();
        while (await ReadLineAsync() is { Length: > 0 } header)
        {
            headers.Add(header.ToUpperInvariant());
        }

        var length = headers.Find(header => header.StartsWith("CONTENT-LENGTH:", StringComparison.Ordinal));
        if (verb == "HEAD" || first.Contains(" 304 ", StringComparison.Ordinal))
        {
            length = null;
        }
        else if (headers.Contains("TRANSFER-ENCODING: CHUNKED"))
        {
            while (int.Parse(await ReadLineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var count)
            {
                await SkipAsync(count + 2);
            }

            await ReadLineAsync();
        }

        await SkipAsync(length is null ? 0 : int.Parse(length[15..], CultureInfo.InvariantCulture));
        return (first[9..12], headers.Contains("CONNECTION: CLOSE"));
    }

    public async Task<string> RestAsync() => await _reader.ReadToEndAsync(Now).WaitAsync(Patience, Now);

    /// <param name="isRude">With a reset, as a machine whose network changes.</param>
    public void End(bool isRude)
    {
        client.LingerState = new(isRude, 0);
        client.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        client.Dispose();
        return default;
    }

    private async Task<string> ReadLineAsync() =>
        await _reader.ReadLineAsync(Now).AsTask().WaitAsync(Patience, Now)
        ?? throw new IOException("The hub closed the line.");

    private async Task SkipAsync(int count)
    {
        if (count == 0)
        {
            return; // A reader waits for a sign even where none is asked for.
        }

        var buffer = new char[count];
        Assert.Equal(count, await _reader.ReadBlockAsync(buffer, Now).AsTask().WaitAsync(Patience, Now));
    }
}
