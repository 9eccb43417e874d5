using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace Aufruf.Bench;

/// <summary>A board that connects again with the pauses of displays/shared/live.ts, and notes when it hears something.</summary>
internal sealed class LastingBoard : IAsyncDisposable
{
    private static readonly int[] PausesMs = [0, 250, 500, 1000, 1500];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly CancellationTokenSource _end = new();
    private readonly List<long> _heard = [], _snapshots = [];
    private readonly Task _living;

    public LastingBoard(Uri address, string token) => _living = Task.Run(() => LiveAsync(address, token));

    /// <summary>The longest time in which it heard nothing, in seconds: neither a change nor a heartbeat.</summary>
    public double LongestSilence(long from, long to)
    {
        lock (_heard)
        {
            long[] moments = [from, .. _heard.Where(at => at > from && at < to), to];
            return moments.Zip(moments.Skip(1), (a, b) => Stopwatch.GetElapsedTime(a, b).TotalSeconds).Max();
        }
    }

    /// <summary>When it got the first whole picture after a moment, in seconds from it; null: it has none yet.</summary>
    public double? SnapshotAfter(long from)
    {
        lock (_heard)
        {
            var first = _snapshots.FirstOrDefault(at => at > from);
            return first > 0 ? Stopwatch.GetElapsedTime(from, first).TotalSeconds : null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _living;
        _end.Dispose();
    }

    private async Task LiveAsync(Uri address, string token)
    {
        var cookies = new CookieContainer(); // As in a browser: the proxy keeps it on one hub.
        for (var failures = 0; !_end.IsCancellationRequested;)
        {
            var isUp = await ConnectAsync(address, token, cookies);
            failures = isUp ? 0 : failures + 1;
            await Task.Delay(PausesMs[Math.Min(failures, PausesMs.Length - 1)], _end.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One connection, from its first try to its end.</summary>
    /// <returns>False: it did not come about.</returns>
    private async Task<bool> ConnectAsync(Uri address, string token, CookieContainer cookies)
    {
        await using var connection = new HubConnectionBuilder().WithUrl(address, o =>
        {
            o.AccessTokenProvider = () => Task.FromResult<string?>(token);
            o.Cookies = cookies;
        }).Build();
        var closed = new TaskCompletionSource();
        connection.Closed += _ => Task.FromResult(closed.TrySetResult());
        foreach (var message in (string[])["Snapshot", "Changed", "Heartbeat"])
        {
            connection.On<JsonElement>(message, _ => Hear(message == "Snapshot"));
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        patience.CancelAfter(Patience);
        try
        {
            await connection.StartAsync(patience.Token);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException
            or System.Net.WebSockets.WebSocketException or InvalidOperationException)
        {
            return false;
        }

        await closed.Task.WaitAsync(_end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    private void Hear(bool isSnapshot)
    {
        lock (_heard)
        {
            _heard.Add(Stopwatch.GetTimestamp());
            if (isSnapshot)
            {
                _snapshots.Add(_heard[^1]);
            }
        }
    }
}
