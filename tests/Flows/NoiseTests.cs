using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;
using MQTTnet;

namespace Aufruf.Tests.Flows;

/// <summary>The hub withstands malformed messages and requests: it does not end, and its memory does not grow.</summary>
public class NoiseTests(NoisyHub noisy) : IClassFixture<NoisyHub>
{
    private static readonly int Messages = Proof.Times(check: 2_000, full: 10_000);
    private const int Devices = NoisyHub.Devices;
    private const int WarmUp = 1_500;
    private const long Growth = 80L * 1024 * 1024;

    private readonly HubProcess _hub = noisy.Hub;

    [Fact]
    public async Task Malformed_device_messages_neither_end_nor_swell_the_hub()
    {
        await SendNoiseAsync(_hub, seed: 1, WarmUp);
        var before = Memory(_hub);

        await SendNoiseAsync(_hub, seed: 2, Messages);

        await _hub.UntilAsync(() => Task.FromResult(Memory(_hub) < before + Growth), "Memory settles", seconds: 20);
        Assert.True(await _hub.IsReadyAsync());
        Assert.DoesNotContain("failed unexpectedly", _hub.Words, StringComparison.Ordinal);
        await using var box = await RawDevice.ConnectAsync(_hub, "knopf-1", "probe.amt");
        Assert.Equal("nobody-waiting", (await box.AskAsync(box.Press())).Reason);
    }

    [Fact]
    public async Task Malformed_requests_are_all_refused_with_less_than_500()
    {
        await RequestNoiseAsync(_hub, seed: 1, WarmUp);
        var before = Memory(_hub);

        var answers = await RequestNoiseAsync(_hub, seed: 2, Messages);

        Assert.True(answers.Values.Sum() > Messages * 0.9, $"Too few were answered at all: {answers.Values.Sum()}.");
        Assert.InRange(
            answers.Keys.Count(code => code is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized), 3, 3);
        await _hub.UntilAsync(() => Task.FromResult(Memory(_hub) < before + Growth), "Memory settles", seconds: 20);
        Assert.True(await _hub.IsReadyAsync());
        await _hub.TakeAsync();
        await using var box = await RawDevice.ConnectAsync(_hub, "box-3");
        Assert.Equal(EventOutcome.Accepted, (await box.AskAsync(box.Press())).Outcome);
    }

    [Fact]
    public async Task A_header_that_claims_200_megabytes_ends_the_connection_and_costs_no_memory()
    {
        var before = Memory(_hub);
        for (var n = 0; n < 20; n++)
        {
            using var socket = new TcpClient("127.0.0.1", _hub.Mqtt) { ReceiveTimeout = 60_000 };
            var stream = socket.GetStream();
            byte[] header = [n % 2 == 0 ? (byte)0x10 : (byte)0x30, 0x80, 0x80, 0x80, 0x64]; // 100 << 21: 200 MiB.
            await stream.WriteAsync(header, TestContext.Current.CancellationToken);
            Assert.Equal(0, await ReadToEndAsync(stream));
        }

        Assert.InRange(Memory(_hub) - before, long.MinValue, 40L * 1024 * 1024);
        Assert.True(await _hub.IsReadyAsync());
    }

    private static async Task SendNoiseAsync(HubProcess hub, int seed, int messages)
    {
        await Task.WhenAll(Enumerable.Range(1, Devices).Select(async n =>
        {
            await using var device = await RawDevice.ConnectAsync(hub, $"knopf-{n}", "probe.amt");
            var random = new Random(seed * 100 + n);
            var good = JsonSerializer.SerializeToUtf8Bytes(device.Press(), ProtocolJson.Default.DeviceEvent);
            string[] channels = ["evt", "evt", "evt", "evt", "cmd/res", "state", "face", "cmd", "evt/ack",
                "EVT", "evt/", "x/y/z"];
            for (var i = 0; i < messages / Devices; i++)
            {
                var code = await device.PublishAsync(Topics.Device(device.Office, device.Device, channels[random.Next(channels.Length)]),
                    Noise.Payload(random, good), retain: random.Next(4) == 0);
                Assert.True(code
                    is MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers
                    or MqttClientPublishReasonCode.NotAuthorized, $"Message {i} of seed {seed}: {code}.");
            }

            Assert.True(device.IsConnected);
        }));
    }

    private static async Task<ConcurrentDictionary<HttpStatusCode, int>> RequestNoiseAsync(HubProcess hub, int seed, int requests)
    {
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 8, AllowAutoRedirect = false })
        {
            BaseAddress = hub.Address
        };
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, stop) =>
        {
            var random = new Random((seed * 1_000_000) + n);
            using var request = new HttpRequestMessage(Noise.Method(random), Noise.Address(random, hub));
            if (request.Method != HttpMethod.Get || random.Next(10) == 0)
            {
                request.Content = new ByteArrayContent(Noise.Payload(
                    random, Encoding.UTF8.GetBytes($$"""{"requestId":"{{Guid.CreateVersion7()}}","service":"ausweis","language":"de"}""")));
                request.Content.Headers.ContentType = random.Next(8) == 0 ? null
                    : new MediaTypeHeaderValue(random.Next(8) == 0 ? "text/plain" : "application/json");
            }

            foreach (var (name, value) in Noise.Headers(random, hub))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            try
            {
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                Assert.True((int)answer.StatusCode < 500,
                    $"{request.Method} {request.RequestUri} (seed {seed}, request {n}) was answered {answer.StatusCode}.");
                answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
            }
            catch (HttpRequestException)
            {
                // The hub may close the connection when a request is no HTTP. The calling test asserts that the hub goes on.
            }
        });
        return answers;
    }

    private static long Memory(HubProcess hub)
    {
        using var process = Process.GetProcessById(hub.ProcessId);
        return process.WorkingSet64;
    }

    private static async Task<int> ReadToEndAsync(NetworkStream stream)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            return await stream.ReadAsync(new byte[16], patience.Token);
        }
        catch (IOException)
        {
            return 0; // Reset instead of closed: gone is gone.
        }
    }
}

/// <summary>A process whose memory is its own, with two offices and no limits on how much is sent.</summary>
public sealed class NoisyHub : IAsyncLifetime
{
    public const int Devices = 4;

    private HubProcess? _hub;

    internal HubProcess Hub => _hub ?? throw new InvalidOperationException("The hub was not started.");

    public async ValueTask InitializeAsync()
    {
        _hub = await HubProcess.StartAsync(options: ["--Hub:MqttMessagesPerSecond=100000", "--Hub:KioskTicketsPerMinute=10000"]);
        await File.WriteAllTextAsync(Path.Combine(_hub.Offices, "probe.json"), TestOffice.WithCounters(Devices));
        await _hub.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(_hub.Data, "edge", $"knopf-{Devices}", "password"))),
            "The second office has its device passwords");
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
