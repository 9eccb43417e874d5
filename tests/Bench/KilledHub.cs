using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Aufruf.Proxy;

namespace Aufruf.Bench;

/// <summary>Clerks call and boards show, through the proxy, while the hub with all queues gets kill -9.</summary>
/// <param name="FirstCall">Seconds from the kill until each area has answered a call made after it: the last area counts.</param>
/// <param name="LongestSilence">The longest time in which a board heard nothing, in seconds.</param>
internal sealed record KilledHub(double FirstCall, double LongestSilence)
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5), Afterwards = TimeSpan.FromSeconds(5), OneTry = TimeSpan.FromSeconds(4);

    // A call of each area every 50 ms for the time of a slow failure detection.
    private const string Tickets = "1200";

    public static async Task<KilledHub> MeasureAsync(ThrowawayPostgres postgres, params string[] options)
    {
        await using var cluster = await BenchCluster.StartAsync(postgres, hubs: 2, Tickets, options);
        var port = int.Parse(PressToBoard.Port(), CultureInfo.InvariantCulture);
        await using var proxy = HubProxy.Build(port, [.. cluster.Https.Split(',').Select(http => $"http://localhost:{http}")]);
        await proxy.StartAsync();
        var address = new Uri($"http://localhost:{port.ToString(CultureInfo.InvariantCulture)}");
        var boards = Enumerable.Range(0, BenchOffice.Areas).Select(area =>
            new LastingBoard(new Uri(address, $"/live/board?board={BenchOffice.Key}.board-{area}"), cluster.DisplayToken)).ToList();
        using var end = new CancellationTokenSource();
        var first = new double[BenchOffice.Areas];
        var killed = long.MaxValue;
        var clerks = Enumerable.Range(0, BenchOffice.Areas).Select(area => Task.Run(() => CallAsync(area))).ToList();
        await Task.Delay(Warm);

        Volatile.Write(ref killed, Stopwatch.GetTimestamp());
        cluster.Hubs[0].Kill();
        while (first.Any(seconds => seconds == 0))
        {
            await Task.Delay(20);
            await Task.WhenAll(clerks.Where(clerk => clerk.IsFaulted));
        }

        await Task.Delay(Afterwards);
        var until = Stopwatch.GetTimestamp();
        await end.CancelAsync();
        await Task.WhenAll(clerks);
        var silence = boards.Max(board => board.LongestSilence(killed, until));
        foreach (var board in boards)
        {
            await board.DisposeAsync();
        }

        return new(first.Max(), silence);

        async Task CallAsync(int area)
        {
            using var clerk = new HttpClient { BaseAddress = address, Timeout = OneTry };
            clerk.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.ClerkTokens[area]);
            while (!end.IsCancellationRequested)
            {
                var (request, begun) = (Guid.CreateVersion7(), Stopwatch.GetTimestamp());
                while (!await IsCalledAsync(clerk, area, request))
                {
                    await Task.Delay(20);
                }

                if (first[area] == 0 && begun > Volatile.Read(ref killed))
                {
                    first[area] = Stopwatch.GetElapsedTime(killed).TotalSeconds;
                }

                await Task.Delay(50);
            }
        }
    }

    private static async Task<bool> IsCalledAsync(HttpClient clerk, int area, Guid request)
    {
        try
        {
            using var answer = await clerk.PostAsJsonAsync($"/api/v1/areas/{BenchOffice.Key}.area-{area}/counters/c-{area}-0/call-next",
                new { requestId = request, became = "served" });
            return answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
                ? false
                : answer.IsSuccessStatusCode ? true
                : throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
