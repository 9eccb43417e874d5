using System.Diagnostics;
using System.Text.Json.Nodes;
using Aufruf.Hub.Push;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Browser;

/// <summary>A board that shows nothing current is known within a minute, in log, health and at the desk.</summary>
public sealed class FrozenBoardTests
{
    [Fact]
    public async Task A_frozen_a_closed_and_a_never_connected_board_are_known_within_a_minute()
    {
        Chromium.Require("/usr/bin/chromium");
        var office = JsonNode.Parse(await File.ReadAllTextAsync(TestHub.DemoOffice, TestContext.Current.CancellationToken))!;
        var boards = office["areas"]![0]!["boards"]!.AsArray();
        foreach (var id in (string[])["stumm", "zu", "nie"])
        {
            var board = boards[0]!.DeepClone();
            board["id"] = id;
            boards.Add(board);
        }

        await using var hub = await TestHub.StartAsync(office.ToJsonString());
        await using var left = new OwnChromium(AddressOf(hub, "halle"));
        await using var right = new OwnChromium(AddressOf(hub, "halle")); // Two screens show one board.
        await using var pages = new OwnChromium(AddressOf(hub, "stumm"));
        var closed = new OwnChromium(AddressOf(hub, "zu"));
        var area = hub.Services.GetRequiredService<LiveAreas>().Of(TestHub.Area);
        await hub.UntilAsync(() => Task.FromResult(area.Connected.Count() == 4), "The boards are connected");
        await using var desk = await DeskWatcher.ConnectAsync(hub, TestHub.Area, "3", hub.ClerkToken);
        Assert.Empty(await hub.TroublesAsync("boards"));

        left.Freeze();
        pages.FreezePages();
        await closed.DisposeAsync();
        var frozen = Stopwatch.StartNew();
        foreach (var (name, why) in ((string, string)[])[($"{TestHub.Board} (1 of 2 screens)", "frozen, closed or cut off"),
            ("alsdorf.rathaus.stumm", "frozen, closed or cut off"), ("alsdorf.rathaus.zu", "frozen, closed or cut off"),
            ("alsdorf.rathaus.nie", "never connected")])
        {
            await hub.UntilTroubleAsync("boards", $"Board {name} does not answer: it", seconds: 60 - frozen.Elapsed.TotalSeconds);
            Assert.Contains(hub.Words.Split('\n'), line => line.Contains($"Board {name} has not answered for", StringComparison.Ordinal)
                && line.Contains(why, StringComparison.Ordinal));
        }

        await desk.UntilAsync(d => d["silentBoards"]!.AsArray().Select(board => $"{board!["id"]} {board["silent"]}/{board["screens"]}")
            .SequenceEqual(["halle 1/2", "stumm 1/1", "zu 1/1", "nie 1/1"]), "the silent boards");
        Assert.InRange(frozen.Elapsed.TotalSeconds, 30, 60);

        left.Wake();
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains($"Board {TestHub.Board} answers again", StringComparison.Ordinal)),
            "The board that woke up answers", seconds: 30);
    }

    private static Uri AddressOf(TestHub hub, string board) =>
        new(hub.Address, $"/board/?board={TestHub.Office}.{board}#token={hub.DisplayToken}");
}
