using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;
using MQTTnet;

namespace Aufruf.Tests.Flows;

/// <summary>The load that a client without a token, or a device with one, can cause.</summary>
public class FloodTests(GuardedHub guarded)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/kiosks/alsdorf.rathaus.foyer/tickets", "application/json; charset=bogus", "{}")]
    [InlineData("/api/v1/kiosks/alsdorf.rathaus.foyer/tickets", "application/json; charset=utf-16", "{}")]
    [InlineData("/api/v1/kiosks/alsdorf.rathaus.foyer/tickets", "application/json; charset=", "{}")]
    [InlineData("/api/v1/kiosks/alsdorf.rathaus.foyer/tickets", "nonsense", "{}")]
    [InlineData("/api/v1/kiosks/alsdorf.rathaus.foyer/tickets", "application/json", "{\"service\":\"\\ud800\"")]
    [InlineData("/api/v1/tickets/a.b.c.2026-01-01/x/cancel", "application/json; charset=bogus", "{}")]
    [InlineData("/staff/sign-in", "application/x-www-form-urlencoded; charset=bogus", "token=x")]
    [InlineData("/staff/sign-in", "multipart/form-data", "token=x")]
    [InlineData("/staff/sign-in", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"tok")]
    [InlineData("/t/a.b.c.2026-01-01/x", "multipart/form-data; boundary=b", "--b\r\n")]
    [InlineData("/live/ticket/negotiate?negotiateVersion=99", "text/plain; charset=bogus", "x")]
    public async Task A_body_that_the_client_broke_is_its_fault_and_no_stack_trace(string path, string type, string body)
    {
        var hub = await guarded.HubAsync();
        var before = hub.Words.Length;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await hub.AtKiosk.PostAsync(path, content, Now);
        Assert.InRange((int)answer.StatusCode, 400, 499);
        IsSafe(answer);
        Assert.DoesNotContain("   at ", hub.Words[before..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_error_answer_carries_the_safety_headers_and_a_sentence()
    {
        var hub = await guarded.HubAsync();
        foreach (var (path, status) in ((string, int)[])
            [("/no/such", 404), ("/api/v1/offices", 401), ("/metrics", 200), ("/live/desk", 401)])
        {
            using var answer = await hub.Anybody.GetAsync(path, Now);
            Assert.Equal(status, (int)answer.StatusCode);
            IsSafe(answer);
            if (status != 200)
            {
                var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Now)).RootElement;
                Assert.NotEmpty(problem.GetProperty("texts").GetProperty("de").GetString()!);
            }
        }

        using var reader = new HttpClient { BaseAddress = hub.Address };
        reader.DefaultRequestHeaders.Add("Accept", "text/html,*/*;q=0.8");
        using var page = await reader.GetAsync("/no/such", Now);
        Assert.Equal((404, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Das gibt es hier nicht.", await page.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_strangers_send_the_log_stays_short()
    {
        await using var hub = await TestHub.StartAsync();
        var before = hub.Words.Length;
        await Task.WhenAll(Enumerable.Range(0, 300).Select(async n =>
        {
            foreach (var path in (string[])["/live/ticket/negotiate?negotiateVersion=1&queue=x&code=q", $"/no/{n}", "/staff/sign-in",
                "/api/v1/offices", $"/t/{TestHub.Area}.2026-01-01/{n}", "/live/desk/negotiate"])
            {
                using var request = new HttpRequestMessage(n % 2 == 0 ? HttpMethod.Get : HttpMethod.Post, path);
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + (n % 3 == 0 ? "~~" : $"{TestHub.Office}~anna~{n}"));
                request.Headers.TryAddWithoutValidation("Cookie", "aufruf-form=CfDJ8nonsense; aufruf-staff=CfDJ8nonsense");
                request.Content = n % 2 == 0 ? null : new StringContent("x=\ud83d", Encoding.UTF8, "application/x-www-form-urlencoded");
                using var answer = await hub.Anybody.SendAsync(request, Now);
                Assert.InRange((int)answer.StatusCode, 200, 499);
            }
        }));
        await WrongTicketsAsync(hub, 100);
        await using (var box = await RawDevice.ConnectAsync(hub, "box-3"))
        {
            for (var n = 0; n < 90; n++)
            {
                await box.PublishAsync("aufruf/v1/alsdorf.rathaus/dev/printer-1/evt", "{}"u8.ToArray());
                var state = new DeviceState(1, n % 2 == 0 ? DevicePresence.Ready : DevicePresence.Lost, null, null);
                await box.SayAsync(Topics.State, state, ProtocolJson.Default.DeviceState);
                var failed = new CommandResult(1, Guid.NewGuid(), CommandOutcome.Failed, "paper\u001b[2J-out",
                    TimeProvider.System.GetUtcNow());
                await box.SayAsync(Topics.CommandResult, failed, ProtocolJson.Default.CommandResult);
            }
        }

        using (var garbage = new TcpClient("127.0.0.1", hub.Mqtt))
        {
            await garbage.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"), Now);
        }

        var words = hub.Words[before..];
        Assert.InRange(words.Length, 0, 20_000);
        Assert.DoesNotContain("   at ", words, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Snapshot")]
    [InlineData("NoSuchMethod")]
    [InlineData("Alive")]
    public async Task A_screen_that_sends_in_a_loop_is_closed_and_another_goes_on(string method)
    {
        var hub = await guarded.HubAsync();
        await using var loop = Board(hub);
        var closed = new TaskCompletionSource();
        loop.Closed += _ => Task.FromResult(closed.TrySetResult());
        await loop.StartAsync(Now);
        await using var other = Board(hub);
        await other.StartAsync(Now);
        for (var n = 0; n < 100_000 && !closed.Task.IsCompleted; n++)
        {
            try
            {
                await (method == "Alive" ? loop.SendAsync(method, "queue", 1L, Now) : loop.SendAsync(method, Now));
            }
            catch (Exception error) when (error is InvalidOperationException or OperationCanceledException)
            {
                break; // Closed.
            }
        }

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20), Now);
        await other.SendAsync("Snapshot", Now);
        Assert.Equal(HubConnectionState.Connected, other.State);
    }

    [Fact]
    public async Task A_stranger_opens_a_limited_number_of_live_connections_a_minute()
    {
        await using var hub = await TestHub.StartAsync();
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 610; n++)
        {
            using var answer = await hub.Anybody.PostAsync("/live/ticket/negotiate?negotiateVersion=1&queue=x&code=q", null, Now);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal((600, 10), (answers.Count(a => a is HttpStatusCode.OK), answers.Count(a => a is HttpStatusCode.TooManyRequests)));
    }

    [Fact]
    public async Task Two_devices_with_one_name_do_not_fight_all_day()
    {
        await using var hub = await TestHub.StartAsync();
        var devices = new Stack<RawDevice>();
        MqttClientConnectResultCode told;
        do
        {
            var next = RawDevice.Stranger(hub, "box-3", hub.DevicePassword("box-3"));
            told = await next.TryConnectAsync();
            if (told is MqttClientConnectResultCode.Success && devices.TryPeek(out var before))
            {
                await hub.UntilAsync(() => Task.FromResult(!before.IsConnected), "A take-over");
            }

            devices.Push(next);
        }
        while (told is MqttClientConnectResultCode.Success && devices.Count < 40);

        Assert.Equal(MqttClientConnectResultCode.ConnectionRateExceeded, told);
        Assert.Equal([false, true, false], devices.Take(3).Select(device => device.IsConnected)); // One of them works on.
        Assert.Single(hub.Words.Split('\n'),
            line => line.Contains("two devices with the name alsdorf.rathaus/box-3", StringComparison.Ordinal));
        await using var desk = await DeskWatcher.ConnectAsync(hub, TestHub.Area, "3", hub.ClerkToken);
        await desk.UntilAsync(d => d["devices"]!.AsArray().Any(device => (string?)device!["presence"] == "twice"),
            "the name of the device");
        foreach (var device in devices)
        {
            await device.DisposeAsync();
        }
    }

    private static HubConnection Board(TestHub hub) => new HubConnectionBuilder()
        .WithUrl(new Uri(hub.Address, $"/live/board?board={TestHub.Board}"),
            o => o.AccessTokenProvider = () => Task.FromResult<string?>(hub.DisplayToken)).Build();

    private static async Task WrongTicketsAsync(TestHub hub, int count)
    {
        for (var n = 0; n < count; n++)
        {
            await using var stranger = new HubConnectionBuilder()
                .WithUrl(new Uri(hub.Address, $"/live/ticket?queue={TestHub.Area}.2026-01-01&code=q{n}"),
                    Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets, o => o.SkipNegotiation = true).Build();
            try
            {
                await stranger.StartAsync(Now);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or InvalidOperationException
                or System.Net.WebSockets.WebSocketException or OperationCanceledException)
            {
                // Refused or cut, as it should be.
            }
        }
    }

    private static void IsSafe(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains($"connect-src 'self' ws://{answer.RequestMessage!.RequestUri!.Authority};", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("ws: ", policy, StringComparison.Ordinal);
    }
}
