using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using CredentialCache = Aufruf.Hub.Identity.CredentialCache;

namespace Aufruf.Tests.Flows;

/// <summary>A screen gets its own credential by a short code: once, for a quarter of an hour, and not by guessing.</summary>
public sealed class PairingTests
{
    private const string Credentials = $"/api/v1/offices/{TestHub.Office}/credentials";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_opens_one_screen_once_and_the_journal_says_who_gave_it()
    {
        await using var hub = await TestHub.StartAsync();
        var code = await OfferAsync(hub, "kiosk.foyer");
        var paired = await PairAsync(hub, $" {code[..4].ToLowerInvariant()}-{code[4..]} ", HttpStatusCode.OK);
        Assert.Equal(("kiosk", TestHub.Kiosk), ((string?)paired["kind"], (string?)paired["screen"]));
        using var kiosk = hub.As((string)paired["token"]!);
        using var taken = await kiosk.PostAsJsonAsync($"/api/v1/kiosks/{TestHub.Kiosk}/tickets",
            new { requestId = Guid.CreateVersion7(), service = "ausweis", language = "de" }, Now);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);

        Assert.Equal("pairing-gone", (string?)(await PairAsync(hub, code, HttpStatusCode.NotFound))["reason"]);
        var log = await hub.Services.GetRequiredService<IAccessBook>().SearchAsync("alsdorf",
            new(DateOnly.MinValue, DateOnly.MaxValue, "first-clerk", "pairing-offered", 10), Now);
        Assert.Equal("kiosk.foyer", Assert.Single(log.Rows).Subject);
        Assert.Empty(log.Faults);
    }

    [Fact]
    public async Task A_code_is_over_after_a_quarter_of_an_hour_and_a_new_one_ends_the_old_one()
    {
        await using var hub = await TestHub.StartAsync();
        var first = await OfferAsync(hub, "board.halle");
        var second = await OfferAsync(hub, "board.halle");
        await PairAsync(hub, first, HttpStatusCode.NotFound);
        hub.Clock.Skipped += TimeSpan.FromMinutes(15);
        await PairAsync(hub, second, HttpStatusCode.NotFound);
        Assert.NotNull(await OfferAsync(hub, "board.halle"));
    }

    [Fact]
    public async Task A_thousand_guesses_open_nothing_and_are_soon_refused()
    {
        await using var hub = await TestHub.StartAsync();
        await OfferAsync(hub, "board.halle");
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 1000; n++)
        {
            using var answer = await hub.Anybody.PostAsJsonAsync("/api/v1/pair", new { code = $"AAAA{2222 + (n % 7777)}" }, Now);
            answers.Add(answer.StatusCode);
        }

        Assert.DoesNotContain(HttpStatusCode.OK, answers);
        Assert.InRange(answers.Count(status => status is HttpStatusCode.NotFound), 1, 40);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Fact]
    public async Task A_board_has_a_second_screen_and_each_is_locked_out_alone()
    {
        await using var hub = await TestHub.StartAsync();
        var first = (string)(await PairAsync(hub, await OfferAsync(hub, "board.halle"), HttpStatusCode.OK))["token"]!;
        var second = (string)(await PairAsync(hub, await OfferAsync(hub, "board.halle.2"), HttpStatusCode.OK))["token"]!;
        using var revoked = await hub.Clerk.PostAsync($"{Credentials}/board.halle/revoke", null, Now);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        foreach (var (token, expected) in new[] { (first, HttpStatusCode.Unauthorized), (second, HttpStatusCode.OK) })
        {
            using var screen = hub.As(token);
            using var answer = await screen.PostAsync($"/live/board/negotiate?negotiateVersion=1&board={TestHub.Board}", null, Now);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_paired_kiosk_gives_no_ticket_at_another_kiosk_and_a_box_is_paired_like_a_screen()
    {
        var office = JsonNode.Parse(await File.ReadAllTextAsync(TestHub.DemoOffice, Now))!;
        var other = office["kiosks"]!.AsArray()[0]!.DeepClone();
        other["id"] = "eingang";
        office["kiosks"]!.AsArray().Add(other);
        await using var hub = await TestHub.StartAsync(office.ToJsonString());
        var paired = await PairAsync(hub, await OfferAsync(hub, "kiosk.eingang"), HttpStatusCode.OK);
        using var kiosk = hub.As((string)paired["token"]!);
        using var taken = await kiosk.PostAsJsonAsync($"/api/v1/kiosks/{TestHub.Kiosk}/tickets",
            new { requestId = Guid.CreateVersion7(), service = "ausweis", language = "de" }, Now);
        Assert.Equal(HttpStatusCode.NotFound, taken.StatusCode);

        var box = await PairAsync(hub, await OfferAsync(hub, "box-3"), HttpStatusCode.OK);
        await using var device = RawDevice.Stranger(hub, "box-3", (string)box["token"]!);
        await device.ConnectAgainAsync();
        Assert.True(device.IsConnected);
    }

    [Fact]
    public async Task Two_screens_that_type_one_code_at_once_get_one_credential()
    {
        await using var hub = await TestHub.StartAsync();
        var code = await OfferAsync(hub, "board.halle");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var answer = await hub.Anybody.PostAsJsonAsync("/api/v1/pair", new { code }, Now);
            return answer.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(CredentialKind.Display,
            hub.Services.GetRequiredService<CredentialCache>().Of(TestHub.Office).ByHolder["board.halle"].Kind);
    }

    private static async Task<string> OfferAsync(TestHub hub, string holder)
    {
        using var answer = await hub.Clerk.PostAsync($"{Credentials}/{holder}/code", null, Now);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now))!;
        Assert.True(answer.IsSuccessStatusCode, body.ToJsonString());
        var code = (string)body["code"]!;
        Assert.Matches("^[2-9A-HJKMNP-TV-Z]{8}$", code);
        return code;
    }

    private static async Task<JsonNode> PairAsync(TestHub hub, string code, HttpStatusCode expected)
    {
        using var answer = await hub.Anybody.PostAsJsonAsync("/api/v1/pair", new { code }, Now);
        Assert.Equal(expected, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now))!;
    }
}
