using System.Diagnostics;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>Bodies that are refused, from clients that are slow, go away, or send another request on the same line.</summary>
public sealed class RefusedBodyTests(GuardedHub guarded)
{
    private const string Form = "application/x-www-form-urlencoded", Files = "multipart/form-data; boundary=x";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/services", Form, "405")]
    [InlineData("POST", "/barrier", "text/plain", "415")]
    [InlineData("POST", "/case/no-such/form/proof", "text/plain", "415")]
    [InlineData("PUT", "/barrier", Form, "405")]
    [InlineData("DELETE", "/barrier", "text/plain", "405")]
    [InlineData("POST", "/staff/alsdorf/people", Form, "302")]
    [InlineData("POST", "/api/v1/offices", "application/json", "405")]
    [InlineData("POST", "/api/v1/kiosks/alsdorf.rathaus.foyer/tickets", "application/json", "401")]
    [InlineData("POST", "/live/board/negotiate?negotiateVersion=1", "text/plain", "401")]
    [InlineData("POST", "/live/ticket?id=no-such", "text/plain", "404")]
    [InlineData("GET", "/health/live", "text/plain", "200")]
    [InlineData("HEAD", "/barrier", Form, "200")]
    [InlineData("GET", "/css/base.css", Form, "200")]
    public async Task A_line_whose_request_was_refused_answers_the_next_one_or_is_closed_in_order(string verb, string address, string type,
        string status)
    {
        var hub = await guarded.HubAsync();
        foreach (var isChunked in (bool[])[false, true])
        {
            var before = hub.Words.Length;
            await using var line = await RawLine.ToAsync(hub.Address);
            await line.SendAsync(verb, address, type, "a=" + new string('a', 30_000), isChunked);
            var (first, closes) = await line.HearAsync(verb);
            Assert.Equal(status, first);
            if (closes)
            {
                Assert.Equal("", await line.RestAsync());
            }
            else
            {
                await line.SendAsync("GET", "/health/live");
                Assert.Equal("200", (await line.HearAsync("GET")).Status);
            }

            AssertQuiet(hub, before);
        }
    }

    [Theory]
    [InlineData(Form, "a=%zz&=&&b", "400")]
    [InlineData(Form, "LONG=1", "400")]
    [InlineData(Form, "MANY", "400")]
    [InlineData(Files, "no boundary at all", "400")]
    [InlineData(Files, "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhalf", "400")]
    [InlineData(Files, "--x\r\nnonsense\r\n\r\n\r\n--x--\r\n", "400")]
    [InlineData("multipart/form-data", "--x--", "400")]
    [InlineData("multipart/form-data; boundary=\"\"", "--x--", "400")]
    [InlineData("multipart/form-data; boundary=x; charset=utf-7", "--x--", "415")]
    [InlineData("", "a=b", "415")]
    public async Task A_broken_form_is_the_clients_fault(string type, string body, string status)
    {
        var hub = await guarded.HubAsync();
        var before = hub.Words.Length;
        body = body.Replace("LONG", new string('k', 5000), StringComparison.Ordinal)
            .Replace("MANY", string.Join('&', Enumerable.Range(0, 3000).Select(n => $"a{n}=1")), StringComparison.Ordinal);
        await using var line = await RawLine.ToAsync(hub.Address);
        await line.SendAsync("POST", "/barrier", type, body);
        Assert.Equal(status, (await line.HearAsync("POST")).Status);
        await Task.Delay(100, Now);
        AssertQuiet(hub, before);
    }

    [Fact]
    public async Task A_client_that_asks_first_hears_the_answer_before_it_sends()
    {
        var hub = await guarded.HubAsync();
        var before = hub.Words.Length;
        await using var line = await RawLine.ToAsync(hub.Address);
        await line.WriteAsync("POST /case/no-such/form/proof HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
            + $"Content-Type: {Files}\r\nContent-Length: 30000000\r\n\r\n");
        Assert.Equal("413", (await line.HearAsync("POST")).Status);
        AssertQuiet(hub, before);
    }

    [Fact]
    public async Task Clients_that_go_away_in_the_middle_of_a_body_leave_no_line_in_the_log()
    {
        var hub = await guarded.HubAsync();
        var before = hub.Words.Length;
        foreach (var (address, type) in ((string, string)[])[("/no/such/page", Form), ("/barrier", Form), ("/barrier", "text/plain"),
            ("/case/no-such/form/proof", Files), ("/live/ticket?id=no-such", "text/plain"),
            ("/api/v1/payments/no-such", "application/json")])
        {
            foreach (var isRude in (bool[])[false, true])
            {
                await using var line = await RawLine.ToAsync(hub.Address);
                await line.WriteAsync($"POST {address} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: 3000000\r\n\r\n"
                    + "--x\r\nhalf");
                await Task.Delay(50, Now);
                line.End(isRude);
            }
        }

        await Task.Delay(500, Now);
        AssertQuiet(hub, before);
        using var answer = await hub.Anybody.GetAsync("/health/live", Now);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_hub_stops_at_once_though_clients_still_send_bodies_that_it_refused()
    {
        await using var hub = await TestHub.StartAsync();
        var lines = new List<RawLine>();
        for (var n = 0; n < 50; n++)
        {
            var line = await RawLine.ToAsync(hub.Address);
            lines.Add(line);
            await line.WriteAsync("POST /barrier HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 30000000\r\n\r\nhalf");
            Assert.Equal("415", (await line.HearAsync("POST")).Status);
        }

        var began = Stopwatch.StartNew();
        await hub.StopAsync();
        Assert.InRange(began.Elapsed.TotalSeconds, 0, 10);
        foreach (var line in lines)
        {
            await line.DisposeAsync();
        }
    }

    private static void AssertQuiet(TestHub hub, int before)
    {
        var words = hub.Words[before..];
        Assert.False(words.Contains("fail", StringComparison.OrdinalIgnoreCase) || words.Contains("Exception", StringComparison.Ordinal)
            || words.Contains("unhandled", StringComparison.OrdinalIgnoreCase), words);
    }
}
