using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace Aufruf.Tests.Flows;

/// <summary>Unauthenticated clients attack, five minutes in ./run endure. A clerk and a kiosk are served meanwhile.</summary>
public class AttackTests(ITestOutputHelper output)
{
    private const int LogBytesPerMinute = 60_000;
    private const double MayGrowMegabytes = 150;

    private static readonly string? Seconds = Environment.GetEnvironmentVariable("AUFRUF_ATTACK_SECONDS");

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(int.Parse(Seconds ?? "10", CultureInfo.InvariantCulture));

    // In a check other tests run beside it.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(Seconds is null ? 50 : 0);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Under_attack_log_and_memory_stay_bounded_and_clerk_and_kiosk_are_served()
    {
        await using var hub = await HubProcess.StartAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Now);
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        await MeasureAsync(hub, box, TimeSpan.FromSeconds(5)); // Warm.
        var attack = new Attack(hub);
        var attackers = attack.Start(end.Token);
        await MeasureAsync(hub, box, TimeSpan.FromSeconds(5)); // All caches of the attacked parts are filled now.
        var (memory, log, began) = (Memory(hub), hub.Words.Length, Stopwatch.StartNew());
        var presses = await MeasureAsync(hub, box, Length);
        var (after, minutes) = (Memory(hub), began.Elapsed.TotalMinutes);
        var perMinute = (hub.Words.Length - log) / Math.Max(1, minutes);
        await end.CancelAsync();
        await attackers;

        presses.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Attack of {minutes:0.0} min: {attack.Tries:N0} tries; log {perMinute:0} bytes a minute; memory {memory:0} -> {after:0} MB; "
            + $"{presses.Count} presses, p50 {presses[presses.Count / 2]:0} ms, p99 {presses[presses.Count * 99 / 100]:0} ms"));
        Assert.All(attack.Counts, way => Assert.True(way.Value > 0, $"Nobody tried {way.Key}."));
        Assert.InRange(perMinute, 0, LogBytesPerMinute);
        Assert.InRange(after - memory, double.MinValue, MayGrowMegabytes);
        Assert.DoesNotContain("   at ", hub.Words[log..], StringComparison.Ordinal);
        Assert.InRange(presses[presses.Count / 2], 0, 1000);
    }

    /// <summary>A true kiosk gives tickets and a true box calls them, one press after another; the time of each press.</summary>
    private static async Task<List<double>> MeasureAsync(TestHub hub, RawDevice box, TimeSpan length)
    {
        var presses = new List<double>();
        for (var began = Stopwatch.StartNew(); began.Elapsed < length;)
        {
            using var taken = await hub.AtKiosk.PostAsync($"/api/v1/kiosks/{TestHub.Kiosk}/tickets",
                System.Net.Http.Json.JsonContent.Create(new { requestId = Guid.CreateVersion7(), service = "ausweis", language = "de" }),
                Now);
            Assert.True(taken.StatusCode is HttpStatusCode.Created, $"A true kiosk got {taken.StatusCode}.");
            var press = Stopwatch.StartNew();
            await box.AskAsync(box.Press());
            presses.Add(press.Elapsed.TotalMilliseconds);
            using (var finished = await hub.ActAsync("3", "finish"))
            {
                Assert.True((int)finished.StatusCode < 500, $"A true clerk got {finished.StatusCode}.");
            }

            await Task.Delay(1600, Now); // A kiosk gives at most sixty tickets a minute, and a hand is slower than 1.5 s.
        }

        return presses;
    }

    private static double Memory(HubProcess hub)
    {
        using var process = Process.GetProcessById(hub.ProcessId);
        return process.WorkingSet64 / 1e6;
    }

    /// <summary>All ways of section 3 at once, each by two clients without a pause.</summary>
    private sealed class Attack(TestHub hub)
    {
        private static readonly byte[] GarbagePacket = [0x10, 0xFF, 0xFF, 0xFF, 0x7F, 0x00];

        private const string Tickets = $"/api/v1/kiosks/{TestHub.Kiosk}/tickets";

        public ConcurrentDictionary<string, long> Counts { get; } = new();

        public long Tries => Counts.Values.Sum();

        public Task Start(CancellationToken end) => Task.WhenAll(new (string Name, Func<int, Task> Try)[]
        {
            ("wrong codes", n => TicketAsync($"/live/ticket?queue={TestHub.Area}.2026-01-01&code=q{n}", end)),
            ("unknown queues", n => TicketAsync($"/live/ticket?queue=x{n}&code=q", end)),
            ("unknown bearers", n => SendAsync(HttpMethod.Get, "/api/v1/offices", end, bearer: $"{TestHub.Office}~anna~{n}")),
            ("bearers of unknown offices", n => SendAsync(HttpMethod.Get, "/live/desk/negotiate", end, bearer: $"x{n}~anna~{n}")),
            ("unknown paths", n => SendAsync(HttpMethod.Get, $"/no/such/{n}", end)),
            ("health", _ => SendAsync(HttpMethod.Get, "/health/ready", end)),
            ("bogus charsets", _ => SendAsync(HttpMethod.Post, Tickets, end, "application/json; charset=bogus")),
            ("tickets without a token", _ => SendAsync(HttpMethod.Post, Tickets, end, "application/json")),
            ("wrong sign-ins", n => SendAsync(HttpMethod.Post, "/staff/sign-in", end, "application/x-www-form-urlencoded", $"token={n}")),
            ("wrong passwords", n => DeviceAsync("box-3", $"wrong-{n}")),
            ("unknown devices", n => DeviceAsync($"box-{n}", "x")),
            ("garbage at the broker", _ => GarbageAsync(end)),
            ("forbidden topics", _ => ForbiddenAsync(end)),
            ("snapshots in a loop", _ => SnapshotsAsync(end)),
        }.SelectMany(way => Enumerable.Range(0, 2).Select(_ => RepeatAsync(way.Name, way.Try, end))));

        private async Task RepeatAsync(string name, Func<int, Task> attempt, CancellationToken end)
        {
            await Task.Yield();
            for (var n = 0; !end.IsCancellationRequested; n++)
            {
                try
                {
                    await attempt(n);
                }
                catch (Exception error) when (error is not OutOfMemoryException)
                {
                    // Refused or cut, as it should be.
                }

                Counts.AddOrUpdate(name, 1, (_, count) => count + 1);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }

        private async Task SendAsync(HttpMethod method, string path, CancellationToken end, string? type = null, string body = "{}",
            string? bearer = null)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.TryAddWithoutValidation("Authorization", bearer is null ? null : $"Bearer {bearer}");
            if (type is not null)
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            using var answer = await hub.Anybody.SendAsync(request, end);
        }

        private async Task TicketAsync(string path, CancellationToken end)
        {
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(new UriBuilder(new Uri(hub.Address, path)) { Scheme = "ws" }.Uri, end);
            await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, end);
            await socket.ReceiveAsync(new byte[1000], end);
        }

        private async Task DeviceAsync(string device, string password)
        {
            await using var stranger = RawDevice.Stranger(hub, device, password);
            await stranger.TryConnectAsync();
        }

        private async Task GarbageAsync(CancellationToken end)
        {
            using var client = new System.Net.Sockets.TcpClient();
            await client.ConnectAsync("127.0.0.1", hub.Mqtt, end);
            await client.GetStream().WriteAsync(GarbagePacket, end);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
            patience.CancelAfter(1000);
            await client.GetStream().ReadExactlyAsync(new byte[1], patience.Token);
        }

        /// <summary>A device with a right password, as from a stolen card.</summary>
        private async Task ForbiddenAsync(CancellationToken end)
        {
            await using var device = await RawDevice.ConnectAsync(hub, "printer-1");
            while (!end.IsCancellationRequested)
            {
                await device.PublishAsync("aufruf/v1/alsdorf.rathaus/dev/box-3/evt", "{}"u8.ToArray());
                await Task.Delay(Pause / 10, end);
                Counts.AddOrUpdate("forbidden topics", 1, (_, count) => count + 1);
            }
        }

        private async Task SnapshotsAsync(CancellationToken end)
        {
            await using var screen = new HubConnectionBuilder().WithUrl(new Uri(hub.Address, $"/live/board?board={TestHub.Board}"),
                o => o.AccessTokenProvider = () => Task.FromResult<string?>(hub.DisplayToken)).Build();
            await screen.StartAsync(end);
            while (!end.IsCancellationRequested)
            {
                await screen.SendAsync("Snapshot", end);
                await Task.Delay(Pause / 10, end);
                Counts.AddOrUpdate("snapshots in a loop", 1, (_, count) => count + 1);
            }
        }
    }
}
