using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>Altered tokens, malformed requests and limits, tried at a real hub. PermissionTests tries every permission.</summary>
public partial class GuardedApiTests(GuardedHub guarded)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_that_was_altered_or_made_up_opens_nothing()
    {
        var hub = await guarded.HubAsync();
        var token = hub.ClerkToken;
        string[] bad =
        [
            token[..^1], token + "A", token.ToUpperInvariant(), token.Replace("first-clerk", "first-display", StringComparison.Ordinal),
            $"{TestHub.Office}~box-3~{hub.DevicePassword("box-3")}", $"{GuardedHub.OtherOffice}~{token.Split('~', 2)[1]}",
                $"fremd~{token.Split('~', 2)[1]}", "~~", "a~b",
                new string('x', 5000),
        ];
        foreach (var wrong in bad)
        {
            using var client = new HttpClient { BaseAddress = hub.Address };
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + wrong);
            using var answer = await client.GetAsync("/api/v1/offices", Now);
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden,
                $"'{wrong[..Math.Min(20, wrong.Length)]}' was answered {answer.StatusCode}.");
        }

        using var inTheAddress = await hub.Anybody.GetAsync($"/api/v1/offices?access_token={Uri.EscapeDataString(token)}", Now);
        // Addresses end up in logs; only live connections may bear tokens there.
        Assert.Equal(HttpStatusCode.Unauthorized, inTheAddress.StatusCode);
    }

    [Fact]
    public async Task A_token_of_one_office_does_not_enter_another()
    {
        var hub = await guarded.HubAsync();
        using (var own = await guarded.OtherClerk.GetAsync("/api/v1/offices", Now))
        {
            var offices = await own.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Now);
            Assert.Equal([GuardedHub.OtherOffice], offices.EnumerateArray().Select(o => o.GetProperty("key").GetString()));
        }

        Assert.Equal(HttpStatusCode.NotFound,
            await KnockAsync(hub.Clerk, HttpMethod.Post, $"/api/v1/areas/{GuardedHub.OtherOffice}.halle/counters/1/call-next"));
    }

    [Fact]
    public async Task An_office_added_while_the_hub_runs_shows_its_first_tokens_and_no_others_again()
    {
        var hub = await guarded.HubAsync();
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains($"#token={GuardedHub.OtherOffice}~first-kiosk~",
            StringComparison.Ordinal)), "The new office's tokens are shown", seconds: 10);
        Assert.Single(hub.Words.Split('\n'), line => line.Contains($"{TestHub.Office}~first-kiosk~", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_answer_to_a_browser_carries_the_safety_headers()
    {
        var hub = await guarded.HubAsync();
        foreach (var path in (string[])["/board/", "/desk/", "/kiosk/", "/health/live", "/api/v1/offices", "/no/such/page",
            "/t/a.b.c.2026-01-01/x"])
        {
            using var answer = await hub.Anybody.GetAsync(path, Now);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Other_verbs_and_too_large_bodies_are_refused_in_order()
    {
        var hub = await guarded.HubAsync();
        foreach (var (method, path) in await DoorsAsync(hub))
        {
            var other = method == HttpMethod.Post ? HttpMethod.Put : HttpMethod.Delete;
            Assert.Equal(HttpStatusCode.MethodNotAllowed, await KnockAsync(hub.Clerk, other, path));
        }

        var large = JsonContent.Create(new { requestId = Guid.CreateVersion7(), service = new string('a', 70_000), language = "de" });
        using var answer = await hub.AtKiosk.PostAsync($"/api/v1/kiosks/{TestHub.Kiosk}/tickets", large, Now);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    /// <summary>As a browser does: it reads no answer before all is sent.</summary>
    [Theory]
    [InlineData("/case/no-such/form/proof", 17, "413")]
    [InlineData("/case/no-such/form/proof", 40, "413")]
    [InlineData("/staff/alsdorf/cases/new/no-such/form/proof", 12, "302")]
    [InlineData("/api/v1/mail/returned", 2, "401")]
    public async Task A_client_that_sends_all_of_a_large_body_first_still_hears_the_answer(string address, int megabytes, string status)
    {
        var hub = await guarded.HubAsync();
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(hub.Address.Host, hub.Address.Port, Now);
        await using var line = client.GetStream();
        var body = new byte[megabytes * 1024 * 1024];
        await line.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST {address} HTTP/1.1\r\nHost: {hub.Address.Authority}\r\n"
            + $"Accept: text/html\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: {body.Length}\r\n\r\n"), Now);
        for (var sent = 0; sent < body.Length; sent += 1024 * 1024)
        {
            await line.WriteAsync(body.AsMemory(sent, 1024 * 1024), Now);
            await Task.Delay(20, Now);
        }

        using var reader = new StreamReader(line);
        Assert.Equal($"HTTP/1.1 {status}", (await reader.ReadLineAsync(Now))![..12]);
    }

    [Fact]
    public async Task A_page_takes_no_other_body_than_a_form()
    {
        var hub = await guarded.HubAsync();
        const string Page = "/a/alsdorf.rathaus.buergerservice.2026-11-23/no-such/earlier";
        using var other = await hub.Anybody.PostAsync(Page, JsonContent.Create(new { form = "x" }), Now);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, other.StatusCode);
        using var empty = await hub.Anybody.PostAsync(Page, null, Now);
        Assert.Equal(HttpStatusCode.NotFound, empty.StatusCode); // As an empty form.
    }

    [Theory]
    [InlineData("counters/3/return", """{"requestId":"ID","way":"sideways"}""")]
    [InlineData("counters/3/return", """{"requestId":"ID","way":"after","after":"two"}""")]
    [InlineData("counters/3/presence", """{"requestId":"ID","presence":"asleep"}""")]
    [InlineData("counters/3/call", """{"requestId":"ID","ticket":"A001"}""")]
    [InlineData("counters/3/finish", """{"requestId":"ID","given":[{"service":"ausweis"}]}""")]
    [InlineData("counters/3/explode", """{"requestId":"ID"}""")]
    [InlineData("counters/3/open", """{"requestId":"ID","queue":"somewhere"}""")]
    [InlineData("counters/3/open", """{"requestId":"ID","queue":"fremd.amt.halle.2026-11-23"}""")]
    [InlineData("counters/3/open", "{}")]
    [InlineData("counters/3/open", "[")]
    [InlineData("tickets", """{"requestId":"ID","service":null,"language":"de"}""")]
    [InlineData("tickets/not-an-id/cancel", """{"requestId":"ID"}""")]
    public async Task A_malformed_request_is_answered_400(string door, string body)
    {
        var hub = await guarded.HubAsync();
        using var content = new StringContent(body.Replace("ID", Guid.NewGuid().ToString(), StringComparison.Ordinal),
            System.Text.Encoding.UTF8, "application/json");
        using var answer = await hub.Clerk.PostAsync($"/api/v1/areas/{TestHub.Area}/{door}", content, Now);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task The_description_of_the_API_names_every_action_and_every_id_as_text()
    {
        var hub = await guarded.HubAsync();
        var document = await hub.Anybody.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Now);
        var actions = document.GetProperty("paths").GetProperty("/api/v1/areas/{area}/counters/{counter}/{action}").GetProperty("post")
            .GetProperty("parameters").EnumerateArray()
            .Single(p => p.GetProperty("name").GetString() == "action").GetProperty("schema").GetProperty("enum").EnumerateArray()
                .Select(a => a.GetString());
        Assert.Superset(new HashSet<string?>(["call-next", "park", "emergency-accept"]), actions.ToHashSet());
        Assert.Contains("to take a ticket needs a kiosk token", document.GetProperty("info").GetProperty("description").GetString(),
            StringComparison.Ordinal);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Contains("string", schemas.GetProperty("CounterId").GetProperty("type").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(500, schemas.GetProperty("TicketRequest").GetProperty("properties").GetProperty("remark").GetProperty("maxLength")
            .GetInt32());
    }

    [Fact]
    public async Task A_kiosk_gives_tickets_at_a_limited_rate_that_strangers_cannot_use_up()
    {
        await using var hub = await TestHub.StartAsync(options: "--Hub:KioskTicketsPerMinute=100");
        var door = $"/api/v1/kiosks/{TestHub.Kiosk}/tickets";
        var strangers = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => KnockAsync(hub.Anybody, HttpMethod.Post, door)));
        Assert.All(strangers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer));
        Assert.Equal(HttpStatusCode.Forbidden, await KnockAsync(hub.Clerk, HttpMethod.Post, door));

        await File.WriteAllTextAsync(Path.Combine(hub.Offices, "fremd.json"), TestOffice.WithCounters(3, "fremd"), Now);
        await hub.UntilAsync(() => Task.FromResult(hub.Services.GetRequiredService<OfficeDirectory>().Find(GuardedHub.OtherOffice)
            is not null), "the other office is there");
        using var elsewhere = hub.As((await hub.Services.GetRequiredService<CredentialIssuer>().IssueAsync(
            GuardedHub.OtherOffice, CredentialKind.Kiosk, "elsewhere")).Token);
        var others = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => KnockAsync(elsewhere, HttpMethod.Post, door)));
        Assert.All(others, answer => Assert.True(answer is HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests, $"{answer}"));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => hub.TakeAsync())); // A hundred citizens at once.
        using var tooMany = await hub.AtKiosk.PostAsJsonAsync(door,
            new { requestId = Guid.CreateVersion7(), service = "ausweis", language = "en" }, Now);
        var problem = await tooMany.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal((HttpStatusCode.TooManyRequests, "too-many"), (tooMany.StatusCode, problem.GetProperty("reason").GetString()));
        Assert.Contains("try again", problem.GetProperty("texts").GetProperty("en").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticket_codes_cannot_be_guessed_and_no_secret_stands_in_the_log()
    {
        var hub = await guarded.HubAsync();
        var codes = new List<string>();
        for (var n = 0; n < 8; n++)
        {
            var taken = await hub.TakeAsync();
            codes.Add(taken.StatusPath.Split('/')[^1]);
            using var page = await hub.Anybody.GetAsync(taken.StatusPath, Now);
            using var altered = await hub.Anybody.GetAsync(taken.StatusPath[..^1] + (taken.StatusPath[^1] == '0' ? '1' : '0'), Now);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (page.StatusCode, altered.StatusCode));
        }

        Assert.All(codes, code => Assert.Matches("^[0-9a-hjkmnp-tv-z]{16}$", code));
        Assert.Equal(codes.Count, codes.Select(c => c[..8]).Distinct().Count());
        var log = string.Join('\n', hub.Words.Split('\n').Where(line => !line.Contains("#token=", StringComparison.Ordinal)));
        Assert.All([.. codes, hub.ClerkToken.Split('~')[2], hub.DisplayToken.Split('~')[2], guarded.OtherToken.Split('~')[2],
            hub.DevicePassword("box-3")],
            secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_metrics_are_read_from_this_machine_without_a_token()
    {
        var hub = await guarded.HubAsync(); // From elsewhere they need what only loopback has; a test cannot come from elsewhere.
        Assert.Contains("aufruf_waiting", await hub.Anybody.GetStringAsync("/metrics", Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_made_up_by_a_stranger_is_not_found_and_not_kept()
    {
        var hub = await guarded.HubAsync();
        var longName = new string('a', 3000);
        Assert.Equal(HttpStatusCode.NotFound,
            await KnockAsync(hub.Anybody, HttpMethod.Get, $"/api/v1/tickets/{longName}.b.c.2026-11-23/abc/qr.svg"));
        Assert.Equal(
            HttpStatusCode.NotFound, await KnockAsync(hub.Anybody, HttpMethod.Get, $"/api/v1/tickets/{longName}.b.c.2026-11-23/abc"));
        Assert.Equal(HttpStatusCode.NotFound, await KnockAsync(hub.AtKiosk, HttpMethod.Post, $"/api/v1/kiosks/{longName}/tickets"));
    }

    private static async Task<HttpStatusCode> KnockAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = method == HttpMethod.Get ? null
            : path.EndsWith("/tickets", StringComparison.Ordinal)
                ? JsonContent.Create(new { requestId = Guid.CreateVersion7(), service = "no-such", language = "de" })
            : JsonContent.Create(new { requestId = Guid.CreateVersion7() });
        using var answer = await client.SendAsync(request, Now);
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_good_token_at_another_office_is_not_permitted_and_an_unknown_one_is_not_signed_in()
    {
        var hub = await guarded.HubAsync();
        var desk = $"/live/desk/negotiate?negotiateVersion=1&area={TestHub.Area}&counter=3";
        using var stranger = hub.As("fremd~first-clerk~guessed");
        using var other = await guarded.OtherClerk.PostAsync(desk, content: null, Now);
        using var unknown = await stranger.PostAsync(desk, content: null, Now);
        using var own = await hub.Clerk.PostAsync(desk, content: null, Now);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.OK),
            (other.StatusCode, unknown.StatusCode, own.StatusCode));
    }

    private static async Task<IReadOnlyList<(HttpMethod Method, string Path)>> DoorsAsync(TestHub hub)
    {
        var document = await hub.Anybody.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Now);
        return [.. from path in document.GetProperty("paths").EnumerateObject()
                   from verb in path.Value.EnumerateObject()
                   select (HttpMethod.Parse(verb.Name), Filled(path.Name))];
    }

    private static string Filled(string path) => Parameter().Replace(path, m => m.Groups[1].Value switch
    {
        "area" => TestHub.Area,
        "counter" => "3",
        "action" => "call-next",
        "office" => TestHub.Office,
        "kiosk" => TestHub.Kiosk,
        "queue" => $"{TestHub.Area}.2026-11-23",
        _ => "nothing",
    });

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
