using System.Text.Json.Nodes;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Push;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The fleet says of each device and screen what it is, where it is and what is wrong with it; every hub says the same.</summary>
public sealed class FleetTests(TwoHubs hubs) : IClassFixture<TwoHubs>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_printer_tells_its_version_paper_clock_and_address_to_both_hubs()
    {
        await using var printer = await RawDevice.ConnectAsync(hubs.Second, "printer-1");
        await printer.SayAsync(Topics.State, new(1, DevicePresence.Ready, hubs.Second.Clock.GetUtcNow().AddMinutes(5),
            PrinterCondition.NearEnd, "1.4.0"), ProtocolJson.Default.DeviceState);
        foreach (var hub in new[] { hubs.First, hubs.Second })
        {
            await hub.UntilAsync(async () => await MemberAsync(hub, "printer-1") is { } known && (string?)known["paper"] == "near-end"
                && (string?)known["version"] == "1.4.0" && (string?)known["state"] == "ready" && known["address"] is not null
                && known["aheadSeconds"]!.GetValue<double>() is > 250 and < 350, "The hub knows the printer", seconds: 10);
            Assert.Equal(["clock-wrong", "paper-low"], await TroublesAsync(hub, "printer-1"));
        }
    }

    [Fact]
    public async Task A_kiosk_at_one_hub_is_seen_at_the_other_and_missed_there_when_it_is_gone()
    {
        await using var kiosk = Screen(hubs.Second, $"kiosk?kiosk={TestHub.Kiosk}&screen=x1", hubs.Second.KioskToken);
        await kiosk.StartAsync(Now);
        await kiosk.InvokeAsync("Here", ScreenTools.Build, hubs.Second.Clock.GetUtcNow(), Now);
        await hubs.First.UntilAsync(async () => await MemberAsync(hubs.First, "foyer") is { } known && (string?)known["state"] == "ready"
            && (string?)known["kind"] == "kiosk" && known["address"] is not null, "The first hub knows the kiosk", seconds: 10);
        await kiosk.StopAsync(Now);
        await hubs.First.UntilAsync(async () => (await TroublesAsync(hubs.First, "foyer")).SequenceEqual(["silent"]),
            "The first hub misses the kiosk", seconds: 10);
    }

    [Fact]
    public async Task A_desk_is_listed_while_it_is_open_and_an_older_build_of_a_board_is_a_trouble()
    {
        var hub = hubs.First;
        await using var board = Screen(hub, $"board?board={TestHub.Board}&screen=x2", hub.DisplayToken);
        await board.StartAsync(Now);
        await board.InvokeAsync("Here", "an-older-one", hub.Clock.GetUtcNow(), Now);
        Assert.Contains("old-build", await TroublesAsync(hub, "halle"));
        await using (await DeskWatcher.ConnectAsync(hub, TestHub.Area, "3", hub.ClerkToken))
        {
            Assert.Equal("desk", (string?)(await MemberAsync(hub, "erdgeschoss/3"))?["kind"]);
        }

        await hub.UntilAsync(async () => await MemberAsync(hub, "erdgeschoss/3") is null, "The closed desk is gone", seconds: 10);
    }

    [Fact]
    public async Task A_screen_cannot_fill_the_hubs_memory_with_words_about_itself()
    {
        var hub = hubs.First;
        await using var board = Screen(hub, $"board?board={TestHub.Board}&screen=x3", hub.DisplayToken);
        await board.StartAsync(Now);
        await board.InvokeAsync("Here", new string('x', 41), DateTimeOffset.MaxValue, Now);
        Assert.DoesNotContain("xxxx", (await ReadAsync(hub)).ToJsonString(), StringComparison.Ordinal);
    }

    private static HubConnection Screen(TestHub hub, string path, string token) => new HubConnectionBuilder()
        .WithUrl(new Uri(hub.Address, $"/live/{path}"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();

    private static async Task<JsonNode> ReadAsync(TestHub hub) =>
        JsonNode.Parse(await hub.Clerk.GetStringAsync($"/api/v1/offices/{TestHub.Office}/fleet", Now))!;

    private static async Task<JsonNode?> MemberAsync(TestHub hub, string id) =>
        (await ReadAsync(hub))["members"]!.AsArray().FirstOrDefault(member => (string?)member!["id"] == id);

    private static async Task<string[]> TroublesAsync(TestHub hub, string id) =>
        [.. (await ReadAsync(hub))["troubles"]!.AsArray().Where(trouble => (string?)trouble!["id"] == id)
            .Select(trouble => (string)trouble!["kind"]!).Order(StringComparer.Ordinal)];
}
