using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;
using MQTTnet;

namespace Aufruf.Tests.Flows;

/// <summary>Whatever strangers, broken firmware and curious people send: the hub neither falls nor swells.</summary>
public class NoiseTests
{
    private const int Messages = 10_000;
    private const int Devices = 4;
    private const int WarmUp = 1_500;
    private const long Growth = 80L * 1024 * 1024;

    [Fact]
    public async Task Ten_thousand_malformed_device_messages_neither_end_nor_swell_the_hub()
    {
        await using var hub = await HubProcess.StartAsync(TestOffice.WithCounters(Devices), arguments: ["--Hub:MqttMessagesPerSecond=100000"]);
        await SendNoiseAsync(hub, seed: 1, WarmUp);
        var before = Memory(hub);

        await SendNoiseAsync(hub, seed: 2, Messages);

        await hub.UntilAsync(() => Task.FromResult(Memory(hub) < before + Growth), "Memory settles", seconds: 20);
        Assert.True(await hub.IsReadyAsync());
        Assert.DoesNotContain("failed unexpectedly", hub.Words, StringComparison.Ordinal);
        await using var box = await RawDevice.ConnectAsync(hub, "knopf-1", "probe.amt");
        Assert.Equal("nobody-waiting", (await box.AskAsync(box.Press())).Reason);
    }

    [Fact]
    public async Task Ten_thousand_malformed_requests_are_all_refused_with_less_than_500()
    {
        await using var hub = await HubProcess.StartAsync(arguments: ["--Hub:KioskTicketsPerMinute=10000"]);
        await RequestNoiseAsync(hub, seed: 1, WarmUp);
        var before = Memory(hub);

        var answers = await RequestNoiseAsync(hub, seed: 2, Messages);

        Assert.True(answers.Values.Sum() > Messages * 0.9, $"Too few were answered at all: {answers.Values.Sum()}.");
        Assert.InRange(answers.Keys.Count(code => code is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized), 3, 3);
        await hub.UntilAsync(() => Task.FromResult(Memory(hub) < before + Growth), "Memory settles", seconds: 20);
        Assert.True(await hub.IsReadyAsync());
        await hub.TakeAsync();
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        Assert.Equal(EventOutcome.Accepted, (await box.AskAsync(box.Press())).Outcome);
    }

    private static async Task SendNoiseAsync(HubProcess hub, int seed, int messages)
    {
        await Task.WhenAll(Enumerable.Range(1, Devices).Select(async n =>
        {
            await using var device = await RawDevice.ConnectAsync(hub, $"knopf-{n}", "probe.amt");
            var random = new Random(seed * 100 + n);
            var good = JsonSerializer.SerializeToUtf8Bytes(device.Press(), ProtocolJson.Default.DeviceEvent);
            string[] channels = ["evt", "evt", "evt", "evt", "cmd/res", "state", "desc", "health", "cfg/rev", "face", "cmd", "evt/ack", "EVT", "evt/", "x/y/z"];
            for (var i = 0; i < messages / Devices; i++)
            {
                var code = await device.PublishAsync(Topics.Device(device.Office, device.Device, channels[random.Next(channels.Length)]), Noise.Payload(random, good), retain: random.Next(4) == 0);
                Assert.True(code is MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers or MqttClientPublishReasonCode.NotAuthorized, $"Message {i} of seed {seed}: {code}.");
            }

            Assert.True(device.IsConnected);
        }));
    }

    private static async Task<ConcurrentDictionary<HttpStatusCode, int>> RequestNoiseAsync(HubProcess hub, int seed, int requests)
    {
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 8, AllowAutoRedirect = false }) { BaseAddress = hub.Address };
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, stop) =>
        {
            var random = new Random((seed * 1_000_000) + n);
            using var request = new HttpRequestMessage(Noise.Method(random), Noise.Address(random, hub));
            if (request.Method != HttpMethod.Get || random.Next(10) == 0)
            {
                request.Content = new ByteArrayContent(Noise.Payload(random, Encoding.UTF8.GetBytes($$"""{"requestId":"{{Guid.CreateVersion7()}}","service":"ausweis","language":"de"}""")));
                request.Content.Headers.ContentType = random.Next(8) == 0 ? null : new MediaTypeHeaderValue(random.Next(8) == 0 ? "text/plain" : "application/json");
            }

            foreach (var (name, value) in Noise.Headers(random, hub))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            try
            {
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                Assert.True((int)answer.StatusCode < 500, $"{request.Method} {request.RequestUri} (seed {seed}, request {n}) was answered {answer.StatusCode}.");
                answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
            }
            catch (HttpRequestException)
            {
                // The hub may hang up on what is no HTTP any more; that it goes on is asserted by whoever called.
            }
        });
        return answers;
    }

    private static long Memory(HubProcess hub)
    {
        using var process = Process.GetProcessById(hub.ProcessId);
        return process.WorkingSet64;
    }
}
